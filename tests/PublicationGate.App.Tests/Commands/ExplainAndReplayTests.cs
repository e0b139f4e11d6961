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
    public void Says_clause_by_clause_what_was_asked_found_and_would_help()
    {
        var run = gate.Run("explain", id, "--language", "en");
        Assert.That(run.Out.ReplaceLineEndings(" "), Does.Contain("P2 Asked: ").And.Contain("Found (channel-is-open, rejected): ")
            .And.Contain("What helps: The school opens Facebook in the protocol file, with the agreement").And.Contain("Approved when").And.Contain("Also looked at, nothing to object to: P3, P4"));
    }

    [Test]
    public void Gives_the_explanation_to_programs_beside_the_evidence()
    {
        var explanation = JsonNode.Parse(gate.Run("explain", id, "--json").Out)!["explanation"]!;
        var finding = explanation["clauses"]![0]!["findings"]![0]!;
        Assert.That(((string?)explanation["clauses"]![0]!["clause"], (string?)finding["rule"], (string?)finding["outcome"]), Is.EqualTo(("P2", "channel-is-open", "rejected")));
        Assert.That((string?)explanation["clauses"]![0]!["asked"]!["nl"], Is.Not.Empty);
        Assert.That(finding["waysOut"]!.AsArray(), Is.Not.Empty);
        Assert.That(explanation["approvedWhen"]!.AsArray().Select(way => (string?)way![0]!["en"]), Has.Some.Contains("Post the photo on: "));
    }

    [Test]
    public void Replays_everything_that_is_stored()
    {
        Assert.That(gate.Run("replay", "--all"), Has.Property("Out").EqualTo("1 van 1 oordelen komen er tot op de bit hetzelfde uit.\n").And.Property("ExitCode").Zero);
        Assert.That(gate.Run("replay", "--all", "--json").Out, Is.EqualTo("{\"replayed\":1,\"same\":1,\"different\":[]}\n"));
        Assert.That(gate.Run("replay", id, "--json").Out, Is.EqualTo($"{{\"id\":\"{id}\",\"same\":true}}\n"));
    }

    [Test]
    public void Says_what_another_protocol_would_change()
    {
        gate.Text("open.yaml", """
            school: De Proef
            minimum-group: 2
            dominant-face: { times-next: 4, share: 0.02, times-sharper: 3 }
            channels:
              facebook: { audience: public, open: yes, agreement: { by: Ans, on: 2026-09-01, text: gelezen } }
            """);
        var (people, one, programs) = (gate.Run("replay", "--with", "open.yaml"), gate.Run("replay", id, "--with", "open.yaml"), gate.Run("replay", "--with", "open.yaml", "--json"));
        Assert.Multiple(() =>
        {
            Assert.That((people.ExitCode, one.Out), Is.EqualTo((1, people.Out)));
            Assert.That(people.Out, Does.Contain(id[..8]).And.Contain("a.jpg").And.Contain("1 van 1 oordelen zouden veranderen"));
            Assert.That(programs.Verdict.Id(), Is.EqualTo(id));
            Assert.That((string?)programs.Verdict["before"]!["outcome"], Is.EqualTo("rejected"));
        });
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
