using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>Fetching, choosing and checking face models with the real program.</summary>
public class ModelsCommandTests
{
    private const string File2023 = "face_detection_yunet_2023mar.onnx";
    private static readonly string Weights = Path.GetFullPath(Path.Combine(Repository.Root, "../shared/models", File2023));
    private Gate gate = null!;

    private string Fetched => Path.Combine(gate.Data, "models", File2023);

    [SetUp]
    public void CreateFolder() => gate = new Gate();

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [TestCase("nl", "yunet (niet aanwezig)", "op te halen met: models get yunet", "retinaface (in gebruik)", "alleen niet-commercieel onderzoek")]
    [TestCase("en", "yunet (absent)", "fetch it with: models get yunet", "retinaface (in use)", "non-commercial research only")]
    public void Lists_what_there_is(string language, params string[] told)
    {
        var run = gate.Run("models", "list", "--language", language);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(told.Where(part => !Words(run.Out).Contains(part, StringComparison.Ordinal)), Is.Empty, run.Out);
    }

    [TestCase("nl", "Het gezichtsmodel 'yunet' staat in ", "In gebruik: yunet. Licentie: MIT", "yunet (in gebruik)", "yunet (in gebruik) ")]
    [TestCase("en", "The face model 'yunet' is in ", "In use: yunet. Licence: MIT", "yunet (in use)", "yunet (in use) ")]
    public void Takes_over_a_file_and_uses_it_at_once(string language, string fetched, string inUse, string listed, string checkedUp)
    {
        NeedWeights();
        var run = gate.Run("models", "get", "yunet", Weights, "--language", language);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((0, $"{fetched}{Fetched}.\n{inUse}\n")), run.Error);
        Assert.That(Words(gate.Run("models", "list", "--language", language).Out), Does.StartWith(listed).And.Contain(Fetched));
        var doctor = gate.Run("doctor", "--language", language);
        Assert.That(Words(doctor.Out), Does.Contain(checkedUp).And.Contain("yunet: MIT"));
        Assert.That(doctor.ExitCode, Is.Zero);
    }

    [Test]
    public void Says_what_both_models_do_and_under_which_licence()
    {
        NeedWeights();
        gate.Run("models", "get", "yunet", Weights);
        var run = gate.Run("models", "use", "retinaface", "--second-opinion", "yunet", "--language", "en");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("In use: retinaface. Licence: The package says MIT").And.Contain("Second opinion: yunet. Licence: MIT"));
        Assert.That(Words(gate.Run("doctor", "--language", "en").Out), Does.Contain("retinaface (in use)").And.Contain("yunet (gives a second opinion)").And.Contain("yunet: MIT"));

        Assert.That(gate.Run("models", "use", "yunet", "--language", "en").Out, Does.Not.Contain("Second"), "a model does not give a second opinion on itself");
        gate.Run("models", "use", "retinaface", "--second-opinion", "yunet");
        Assert.That(gate.Run("models", "use", "retinaface", "--language", "en").Out, Does.Contain("Second opinion: yunet"), "what is not said stays");
        Assert.That(gate.Run("models", "use", "retinaface", "--second-opinion", "none", "--language", "en").Out, Does.Not.Contain("Second"));
    }

    [Test]
    public void Counts_with_the_model_in_use()
    {
        NeedWeights();
        gate.Photo(Photos.FourFaces, "a.jpg");
        Assert.That(gate.Run("explain", Screened()).Out, Does.Contain("retinaface"));
        gate.Run("models", "get", "yunet", Weights);
        Assert.That(gate.Run("explain", Screened()).Out, Does.Contain("yunet").And.Not.Contain("retinaface"));
    }

    [TestCase(2, "There is no face model 'nobody'", "models", "get", "nobody")]
    [TestCase(2, "There is no face model 'nobody'", "models", "use", "nobody")]
    [TestCase(2, "There is no face model 'nobody'", "models", "use", "retinaface", "--second-opinion", "nobody")]
    [TestCase(2, "cannot give a second opinion on itself", "models", "use", "retinaface", "--second-opinion", "retinaface")]
    [TestCase(2, "cannot be read", "models", "get", "yunet", "missing.onnx")]
    [TestCase(2, "does not hold the weights of 'yunet'", "models", "get", "yunet", "other.onnx")]
    [TestCase(3, "is missing. Fetch it with: models get yunet", "models", "use", "yunet")]
    [TestCase(3, "is missing. Fetch it with: models get yunet", "models", "use", "retinaface", "--second-opinion", "yunet")]
    public void Refuses_in_a_sentence(int exitCode, string told, params string[] arguments)
    {
        var run = gate.Text("other.onnx", "no weights").Run([.. arguments, "--language", "en"]);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((exitCode, "")));
        Assert.That(run.ErrorLines.Single(), Does.Contain(told));
        Assert.That(Words(gate.Run("models", "list", "--language", "en").Out), Does.Contain("yunet (absent)").And.Contain("retinaface (in use)"));
    }

    [Test]
    public void Verifies_every_file_and_exits_with_3_when_one_is_damaged()
    {
        NeedWeights();
        gate.Run("models", "get", "yunet", Weights);
        var sound = gate.Run("models", "verify", "--language", "en");
        Assert.That(sound.ExitCode, Is.Zero);
        Assert.That(Words(sound.Out), Does.Match("✓ yunet sound: .*✓ retinaface sound: "));

        File.AppendAllText(Fetched, "x");
        var damaged = gate.Run("models", "verify");
        Assert.That(damaged.ExitCode, Is.EqualTo(3));
        Assert.That(Words(damaged.Out), Does.Match("✗ yunet .* is een ander bestand dan bedoeld .* Haal het op met: models get yunet ✓ retinaface in orde"));
        Assert.That(gate.Run("doctor").ExitCode, Is.EqualTo(3));

        Assert.That(gate.Run("models", "get", "yunet", Weights).ExitCode, Is.Zero);
        Assert.That(gate.Run("models", "verify").ExitCode, Is.Zero);
    }

    [Test]
    public void Fetches_over_TLS_goes_on_after_a_cut_and_does_not_fetch_twice()
    {
        NeedWeights();
        using var certificate = LocalServer.Certificate();
        var file = File.ReadAllBytes(Weights);
        using var server = new LocalServer(certificate, LocalServer.Gives(file, cutAfter: 100_000), LocalServer.Gives(file));
        using var own = Copy("yunet", manifest => manifest["download"] = server.Address.AbsoluteUri, certificate);

        var run = own.Run("models", "get", "yunet", "--language", "en");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Out, Does.EndWith("In use: yunet. Licence: MIT\n"));
        Assert.That(server.Starts, Is.EqualTo(new long[] { 0, 100_000 }));

        Assert.That(own.Run("models", "get", "yunet", "--language", "en").Out, Does.StartWith("The face model 'yunet' was there already"));
        Assert.That(server.Calls, Is.EqualTo(2));
        Assert.That(Directory.GetFiles(Path.Combine(own.Data, "models")).Select(Path.GetFileName), Is.EquivalentTo(new[] { File2023, File2023 + ".lock" }));
    }

    [TestCase("nl", "de server antwoordt met status 404. Haal het bestand zelf op en geef het: models get yunet BESTAND")]
    [TestCase("en", "the server answers with status 404. Fetch the file yourself and give it: models get yunet FILE")]
    public void Says_what_to_do_when_it_cannot_be_fetched(string language, string told)
    {
        using var certificate = LocalServer.Certificate();
        using var server = new LocalServer(certificate, LocalServer.Says("404 Not Found"));
        using var own = Copy("yunet", manifest => manifest["download"] = server.Address.AbsoluteUri, certificate);
        var run = own.Run("models", "get", "yunet", "--language", language);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((3, "")));
        Assert.That(run.ErrorLines.Single(), Does.EndWith(told));
    }

    [Test]
    public void Goes_on_after_Ctrl_C_where_it_stopped()
    {
        NeedWeights();
        using var certificate = LocalServer.Certificate();
        var file = File.ReadAllBytes(Weights);
        using var server = new LocalServer(certificate, LocalServer.Stalls(file, 100_000), LocalServer.Gives(file));
        using var own = Copy("yunet", manifest => manifest["download"] = server.Address.AbsoluteUri, certificate);
        var partial = new FileInfo(Path.Combine(own.Data, "models", File2023 + ".partial"));
        using (var running = own.Start(own.Folder, "models", "get", "yunet", "--language", "en"))
        {
            Assert.That(() => { partial.Refresh(); return partial.Exists ? partial.Length : 0; }, Is.EqualTo(100_000).After(30_000, 50));
            running.Interrupt();
            var run = running.ToEnd(TimeSpan.FromMinutes(1));
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((130, "Interrupted. The same command goes on where it stopped.\n")));
        }

        Assert.That(own.Run("models", "get", "yunet").ExitCode, Is.Zero);
        Assert.That(server.Starts, Is.EqualTo(new long[] { 0, 100_000 }));
    }

    [Test]
    public void A_manifest_that_belongs_to_another_network_stops_the_start_in_a_sentence()
    {
        using var misnamed = Copy("retinaface", manifest => manifest["outputs"]![0] = "face_rpn_cls_prob_reshape_stride64");
        AssertStops(misnamed, "the network has no input or output face_rpn_cls_prob_reshape_stride64.");
        using var swapped = Copy("retinaface", manifest => (manifest["outputs"]![0], manifest["outputs"]![1]) = ("face_rpn_bbox_pred_stride32", "face_rpn_cls_prob_reshape_stride32"));
        AssertStops(swapped, "the outputs give 32, 16, ");
        using var unnamed = Copy("retinaface", manifest => manifest["input"] = "image");
        AssertStops(unnamed, "the network has no input or output image.");
    }

    private static void AssertStops(Gate own, string told)
    {
        own.Photo(Photos.Nobody, "a.jpg");
        var screen = own.Run("screen", "a.jpg", "--json", "--language", "en");
        Assert.That((screen.ExitCode, screen.Out), Is.EqualTo((3, "")));
        Assert.That(screen.ErrorLines.Single(), Does.StartWith("The face model mnet.25_v1.onnx cannot be used: " + told));
        var verify = own.Run("models", "verify", "--language", "en");
        Assert.That(verify.ExitCode, Is.EqualTo(3));
        Assert.That(Words(verify.Out), Does.StartWith("✗ retinaface").And.Contain(told));
        Assert.That(own.Run("doctor", "--language", "en").ExitCode, Is.EqualTo(3));
    }

    // A program of its own, with a manifest changed, that trusts one more certificate.
    private Gate Copy(string model, Action<JsonNode> change, X509Certificate2? trusted = null)
    {
        var program = Directory.CreateDirectory(gate[$"program-{Guid.NewGuid()}"]).FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.ProgramFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(program, Path.GetRelativePath(Repository.ProgramFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var manifest = Path.Combine(program, "models", model + ".json");
        var json = JsonNode.Parse(File.ReadAllText(manifest))!;
        change(json);
        File.WriteAllText(manifest, json.ToJsonString());
        gate.Text("trusted.pem", trusted?.ExportCertificatePem() ?? "");
        return new Gate { Program = Path.Combine(program, "publication-gate"), TrustedCertificates = trusted is null ? null : gate["trusted.pem"] };
    }

    private string Screened() => gate.Run("screen", "a.jpg", "--json").Verdict.Id();

    private static void NeedWeights()
    {
        if (!File.Exists(Weights))
        {
            Assert.Ignore($"left out: {Weights} is not here");
        }
    }

    // Tables break lines where they are narrow.
    private static string Words(string output) => string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
