using PublicationGate.Faces;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class ModelManifestTests
{
    private static readonly string Json = File.ReadAllText(Path.Combine(RealModel.Folder, "retinaface.json"));
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder() => folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void The_model_that_comes_with_the_gate_is_the_one_its_manifest_names()
    {
        Assert.That(RealModel.Manifest.Sha256, Does.StartWith("a4bb1e33").And.EndsWith("1744"));
        Assert.That(RealModel.Manifest.ReadWeights(RealModel.Weights), Is.Not.Empty);
        Assert.That(RealModel.Manifest.Policy.LongSide, Is.EqualTo(RealModel.Manifest.Policy.Passes.Max(pass => pass.LongSide)));
    }

    [Test]
    public void What_may_be_a_face_starts_below_what_is_one() => Assert.That(RealModel.Manifest.Policy.Doubtful, Is.Positive.And.LessThan(RealModel.Manifest.Policy.Sure));

    [Test]
    public void Another_file_is_refused_with_the_checksum_that_was_expected()
    {
        var manifest = Written(Json);
        folder.Write(manifest.File, [1, 2, 3]);
        AssertReason(() => manifest.ReadWeights(folder[manifest.File]), manifest.File, manifest.Sha256);
    }

    [Test]
    public void A_missing_model_is_refused_by_name()
    {
        var manifest = Written(Json);
        AssertReason(() => manifest.ReadWeights(folder[manifest.File]), manifest.File);
    }

    [Test]
    public void A_missing_manifest_is_refused_by_name() => AssertReason(() => ModelManifest.Read(folder["weg.json"]), "weg.json");

    [TestCase("\"doubtful\"", "\"doubtfull\"", "doubtfull", Description = "a key that does not exist")]
    [TestCase("\"sure\": 0.6,", "", "sure", Description = "a key that is missing")]
    [TestCase("\"sure\": 0.6", "\"sure\": \"high\"", "sure", Description = "a word for a number")]
    [TestCase("\"name\": \"retinaface\"", "\"name\": null", "name", Description = "nothing where a name must be")]
    [TestCase("\"longSide\": 320", "\"longSid\": 320", "longSid")]
    public void A_manifest_with_a_mistake_is_refused_with_the_mistake(string right, string wrong, string told) =>
        AssertReason(() => Written(Json.Replace(right, wrong, StringComparison.Ordinal)), "model.json", told);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    public void What_is_no_manifest_is_refused(string json) => AssertReason(() => Written(json), "model.json");

    [Test]
    public void A_manifest_without_a_pass_is_refused()
    {
        var start = Json.IndexOf('[', Json.IndexOf("\"passes\"", StringComparison.Ordinal)) + 1;
        AssertReason(() => Written(Json.Remove(start, Json.IndexOf(']', start) - start)), "model.json");
    }

    [Test]
    public void Weights_that_are_no_network_are_refused()
    {
        folder.Write("x.onnx", [0x0A, 0x05, 0x01]);
        var manifest = Written(Json) with { File = "x.onnx", Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0x0A, 0x05, 0x01])) };
        AssertReason(() => new OnnxFaceDetector(manifest, folder["x.onnx"]).Dispose(), "x.onnx");
    }

    private ModelManifest Written(string json) => ModelManifest.Read(folder.Text("model.json", json)["model.json"]);

    private static void AssertReason(Action act, params string[] told)
    {
        var reason = Assert.Throws<ModelException>(act).Reason;
        Assert.Multiple(() =>
        {
            foreach (var part in told)
            {
                Assert.That(reason.Nl, Does.Contain(part));
                Assert.That(reason.En, Does.Contain(part));
            }
        });
    }
}
