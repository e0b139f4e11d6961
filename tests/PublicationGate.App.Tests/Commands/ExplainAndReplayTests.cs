using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>A verdict can be looked up by its id, and judged again.</summary>
public class ExplainAndReplayTests
{
    private Gate gate = null!;
    private string id = null!;

    [OneTimeSetUp]
    public void ScreenAPhoto()
    {
        gate = new Gate().Photo(Photos.TwoFaces, "a.jpg").Text("a.yaml", "people: [Fenna, Daan]\nchannel: facebook\ncaption: Samen bouwen");
        id = gate.Run("screen", "a.jpg", "--json", "--register", Repository.Register).Verdict.Id();
    }

    [OneTimeTearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Shows_in_both_languages_what_a_verdict_rests_on([Values("nl", "en")] string language)
    {
        var run = gate.Run("explain", id, "--language", language);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Out, Does.Contain(id).And.Contain("a.jpg").And.Contain("Samen bouwen").And.Contain("Fenna (p601, groep 6)").And.Contain("channel-is-open"));
        Assert.That(run.Out, Does.Contain(language == "nl" ? "afgekeurd" : "rejected"));
    }

    [Test]
    public void Finds_a_verdict_by_the_eight_digits_that_the_table_shows()
    {
        Assert.That(gate.Run("explain", id[..8]).Out, Is.EqualTo(gate.Run("explain", id).Out));
        Assert.That(gate.Run("screen", "a.jpg", "--register", Repository.Register).Out, Does.Contain(id[..8]));
        Assert.That(gate.Run("explain", id[..7]).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Writes_all_the_evidence_as_json()
    {
        var evidence = JsonNode.Parse(gate.Run("explain", id, "--json").Out)!;
        Assert.That((string?)evidence["id"], Is.EqualTo(id));
        Assert.That((string?)evidence["outcome"], Is.EqualTo("rejected"));
        Assert.That(evidence["facts"]!["faces"]!["sure"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public void Judges_the_same_again_also_when_photo_and_register_are_gone()
    {
        File.Move(gate["a.jpg"], gate["moved.jpg"]);
        var run = gate.Run("replay", id);
        File.Move(gate["moved.jpg"], gate["a.jpg"]);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((0, $"{id}: opnieuw afgekeurd, om dezelfde redenen.\n")));
    }

    [Test]
    public void Gives_the_same_photo_with_the_same_declaration_the_same_id() =>
        Assert.That(gate.Run("screen", "a.jpg", "--json", "--register", Repository.Register).Verdict.Id(), Is.EqualTo(id));
}
