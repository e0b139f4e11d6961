using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>What scripts rely on: exit codes, JSON lines, order, declarations and channels.</summary>
public class ScreenCommandTests
{
    private const string NotAPhoto = "This is no photo.";
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate();

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [TestCase("none", 0, "approved")]
    [TestCase("[Fenna]", 1, "held")]
    [TestCase("[Nobody Knows]", 1, "held")]
    public void Exits_with_0_only_when_all_is_approved(string people, int exitCode, string outcome)
    {
        gate.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", $"people: {people}");
        var run = gate.Run("screen", "a.jpg", "--json", "--register", Repository.Register);
        Assert.That((run.ExitCode, run.Verdict.Outcome()), Is.EqualTo((exitCode, outcome)));
    }

    [Test]
    public void Writes_json_lines_with_exactly_the_keys_of_the_contract()
    {
        gate.Photo(Photos.FourFaces, "a.jpg").Photo(Photos.Doubtful, "b.jpg").Text("c.jpg", NotAPhoto);
        var run = gate.Run("screen", ".", "--json", "--verbose");
        Assert.That(run.Verdicts, Has.Count.EqualTo(3));
        foreach (var verdict in run.Verdicts)
        {
            Assert.That(Keys(verdict), Is.EqualTo("id,file,sha256,outcome,channel,faces,findings,elapsedMs"));
            Assert.That(Keys(verdict["faces"]!), Is.EqualTo("count,doubtful,boxes"));
            Assert.That(verdict["faces"]!["boxes"]!.AsArray().Select(box => Keys(box!)), Has.All.EqualTo("x,y,width,height,score"));
            Assert.That(verdict["findings"]!.AsArray().Select(finding => Keys(finding!)), Is.Not.Empty.And.All.EqualTo("rule,clause,outcome,reason"));
            Assert.That(verdict["findings"]!.AsArray().Select(finding => Keys(finding!["reason"]!)), Has.All.EqualTo("nl,en"));
        }
    }

    [Test]
    public void Counts_no_faces_rather_than_zero_where_it_could_not_look()
    {
        gate.Text("c.jpg", NotAPhoto);
        var faces = gate.Run("screen", "c.jpg", "--json").Verdict["faces"]!;
        Assert.That((faces["count"], faces["doubtful"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
    }

    [Test]
    public void Keeps_the_order_of_names_however_long_each_photo_takes()
    {
        gate.Photo(Photos.FourFaces, "a.jpg", "c.jpg", "e/a.jpg").Photo(Photos.Nobody, "b.jpg", "d.jpg", "f.jpg").Text("g.jpg", NotAPhoto);
        string[] order = ["./a.jpg", "./b.jpg", "./c.jpg", "./d.jpg", "./e/a.jpg", "./f.jpg", "./g.jpg"];
        for (var run = 0; run < 3; run++)
        {
            Assert.That(gate.Run("screen", ".", "--json").Verdicts.Select(VerdictJson.FileName), Is.EqualTo(order));
        }
    }

    [Test]
    public void Gives_a_broken_photo_a_verdict_and_goes_on()
    {
        var whole = File.ReadAllBytes(Repository.Sample(Photos.OneFace));
        gate.Photo(Photos.Nobody, "z.jpg").Text("album.yaml", "people: none").Text("empty.jpg", "").Text("text.jpg", NotAPhoto);
        File.WriteAllBytes(gate["cut off.jpg"], whole[..(whole.Length / 2)]);
        File.CreateSymbolicLink(gate["link.jpg"], gate["z.jpg"]);

        var run = gate.Run("screen", ".", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Verdicts.ToDictionary(VerdictJson.FileName, VerdictJson.Outcome), Is.EqualTo(new Dictionary<string, string>
        {
            ["./cut off.jpg"] = "held", ["./empty.jpg"] = "held", ["./link.jpg"] = "held", ["./text.jpg"] = "held", ["./z.jpg"] = "approved",
        }));
    }

    [Test]
    public void Rejects_for_a_channel_that_the_school_has_shut()
    {
        gate.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none\nchannel: website");
        var verdict = gate.Run("screen", "a.jpg", "--json", "--channel", "facebook").Verdict;
        Assert.That((verdict.Outcome(), (string?)verdict["channel"]), Is.EqualTo(("rejected", "facebook")));
        Assert.That(verdict.Rules(), Is.EqualTo(new[] { "channel-is-open" }));
    }

    [Test]
    public void Lets_a_declaration_on_the_command_line_win()
    {
        gate.Photo(Photos.Nobody, "a.jpg").Text("album.yaml", "people: [Fenna]").Text("elsewhere/none.yaml", "people: none\nchannel: app");
        var run = gate.Run("screen", "a.jpg", "--json", "--declaration", "elsewhere/none.yaml");
        Assert.That((run.ExitCode, (string?)run.Verdict["channel"]), Is.EqualTo((0, "app")));
    }

    [Test]
    public void Prints_a_table_and_a_summary_in_the_language_that_was_asked_for()
    {
        gate.Photo(Photos.Nobody, "a.jpg", "b.jpg").Text("a.yaml", "people: none");
        var dutch = gate.Run("screen", ".");
        var english = gate.Run("screen", ".", "--language", "en");
        Assert.Multiple(() =>
        {
            Assert.That(dutch.Out, Does.Contain("goedgekeurd").And.Contain("Er is niet opgegeven").And.Contain("2 foto's beoordeeld: 1 goedgekeurd, 1 aangehouden, 0 afgekeurd."));
            Assert.That(english.Out, Does.Contain("approved").And.Contain("It was not declared").And.Contain("2 photos screened: 1 approved, 1 held, 0 rejected."));
            Assert.That(english.Out, Does.Not.Contain("goedgekeurd"));
            Assert.That(dutch.Error + english.Error, Is.Empty);
        });
    }

    [Test]
    public void Prints_names_as_they_are_whatever_they_hold()
    {
        string[] names = ["-voorop.jpg", "[red]rood.jpg", "met spatie.jpg", "één 日本 🎈.jpg"];
        gate.Photo(Photos.Nobody, names);
        var table = gate.Run("screen", ".");
        Assert.That(names.Where(name => !table.Out.Contains(name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(gate.Run("screen", "--json", "--", "-voorop.jpg", "[red]rood.jpg", "met spatie.jpg", "één 日本 🎈.jpg").Verdicts.Select(VerdictJson.FileName), Is.EqualTo(names));
    }

    [Test]
    public void Lets_no_name_send_orders_to_the_terminal_or_break_a_line()
    {
        gate.Photo(Photos.Nobody, "weg\u001b[2Jgewist\nregel.jpg");
        var run = gate.Run("screen", ".");
        Assert.That(run.Out, Does.Contain("weg�[2Jgewist�regel.jpg").And.Not.Contain("\u001b"));

        var mistaken = gate.Text("weg\u001b[2Jgewist\nregel.yaml", "chanel: app").Run("screen", ".");
        Assert.That(mistaken.ErrorLines[0], Does.StartWith("./weg�[2Jgewist�regel.yaml:1: chanel: "));
        Assert.That(mistaken.Error, Does.Not.Contain("\u001b"));
    }

    [Test]
    public void Logs_to_standard_error_only_and_no_surname_of_the_register()
    {
        var run = gate.RunIn(Repository.Root, "screen", "samples", "--json", "--verbose");
        var surnames = File.ReadLines(Path.Combine(Repository.Register, "pupils.csv")).Concat(File.ReadLines(Path.Combine(Repository.Register, "staff.csv")))
            .Select(line => line.Split(',')[3]).Where(surname => surname != "surname").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(run.Verdicts, Is.Not.Empty);
            Assert.That(run.Error, Does.Contain("ScreenSubmission done"));
            Assert.That(surnames.Where(surname => run.Error.Contains(surname, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        });
    }

    private static string Keys(JsonNode node) => string.Join(',', node.AsObject().Select(field => field.Key));
}
