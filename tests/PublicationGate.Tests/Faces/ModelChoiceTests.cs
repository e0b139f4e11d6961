using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PublicationGate.Faces;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Faces;

/// <summary>Which model is in use, as models come and are chosen.</summary>
public class ModelChoiceTests
{
    private TemporaryFolder folder = null!;
    private ModelStore store = null!;

    private string InUse => string.Join(" + ", store.InUse().Select(model => model.Name));

    [SetUp]
    public void CreateModels()
    {
        folder = new();
        Describe("good", 2);
        Describe("plain", 1);
        folder.Write("program/plain.onnx", Weights("plain"));
        store = new ModelStore(folder["program"], folder["data"]);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void The_preferred_one_of_those_present_is_used()
    {
        Assert.That(InUse, Is.EqualTo("plain"));
        Bring("good");
        Assert.That(InUse, Is.EqualTo("good"));
        Assert.That(File.Exists(folder["data/use.json"]), Is.False, "preference needs no choice");
    }

    [Test]
    public void A_model_that_was_brought_is_used_also_where_another_was_chosen()
    {
        store.Use("plain", null);
        Bring("good");
        Assert.That(InUse, Is.EqualTo("good"));
    }

    [Test]
    public void A_model_that_was_brought_keeps_its_part_in_the_choice()
    {
        Bring("good");
        store.Use("plain", "good");
        Bring("good");
        Assert.That(InUse, Is.EqualTo("plain + good"));
    }

    [Test]
    public void A_model_that_is_not_there_cannot_be_chosen()
    {
        Assert.That(Assert.Throws<ModelException>(() => store.Use("good", null))!.Reason.En, Does.EndWith("Fetch it with: models get good"));
        Assert.That(Assert.Throws<ModelException>(() => store.Use("plain", "good"))!.IsMistake, Is.False);
        Assert.That(InUse, Is.EqualTo("plain"));
    }

    [Test]
    public void A_name_that_does_not_exist_or_stands_twice_is_a_mistake()
    {
        Assert.That(Assert.Throws<ModelException>(() => store.Use("nobody", null))!.IsMistake);
        Assert.That(Assert.Throws<ModelException>(() => store.Use("plain", "plain"))!.IsMistake);
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("""{"use":"gone"}""")]
    public void A_choice_that_cannot_be_used_stops_the_gate_and_says_how_to_choose_again(string json)
    {
        folder.Text("data/use.json", json);
        var thrown = Assert.Throws<ModelException>(() => store.InUse())!;
        Assert.That(thrown.Reason.En, Does.Contain("use.json").And.Contain("models use NAME --second-opinion none"));
        Assert.That(thrown.IsMistake, Is.False);
        store.Use("plain", null);
        Assert.That(InUse, Is.EqualTo("plain"));
    }

    private static byte[] Weights(string name) => System.Text.Encoding.UTF8.GetBytes(name);

    private void Bring(string name)
    {
        folder.Write($"data/{name}.onnx", Weights(name));
        store.SwitchTo(store.Named(name));
    }

    private void Describe(string name, int preference)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", "yunet.json")))!;
        (manifest["name"], manifest["preference"], manifest["file"]) = (name, preference, name + ".onnx");
        (manifest["bytes"], manifest["sha256"]) = (name.Length, Convert.ToHexStringLower(SHA256.HashData(Weights(name))));
        folder.Text($"program/{name}.json", manifest.ToJsonString());
    }
}
