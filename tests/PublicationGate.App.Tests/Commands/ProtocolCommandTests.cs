using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>Which protocol holds, and that a file with mistakes never takes the place of a good one.</summary>
public class ProtocolCommandTests
{
    private const string Open = """
        school: De Proef
        minimum-group: 2
        dominant-face: { times-next: 4, share: 0.02, times-sharper: 3 }
        channels:
          website: { audience: public, open: yes }

        """;

    private const string Shut = """
        school: De Dichte Proef
        minimum-group: 3
        dominant-face: { times-next: 4, share: 0.02, times-sharper: 3 }
        channels:
          website: { audience: public, open: no }

        """;

    private Gate gate = null!;

    private string OwnFile => Path.Combine(gate.Data, "protocol.yaml");

    [SetUp]
    public void CreateFolder()
    {
        gate = new Gate().Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none").Text("open.yaml", Open).Text("shut.yaml", Shut).Text("wrong.yaml", Open.Replace("minimum-group: 2", "minimum-group: 1"));
        Directory.CreateDirectory(gate.Data);
    }

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void The_last_good_one_of_the_data_folder_stays_in_force()
    {
        File.WriteAllText(OwnFile, Shut);
        Assert.That(Screen().ExitCode, Is.EqualTo(1), "shut");

        File.WriteAllText(OwnFile, Open.Replace("minimum-group: 2", "minimum-group: 1"));
        var run = Screen();
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), "still shut");
            Assert.That(run.Verdict.Rules(), Is.EqualTo(new[] { "channel-is-open" }));
            Assert.That(run.Error, Does.Contain("protocol.yaml:2:16: minimum-group: ").And.Contain("Het laatste goede protocol blijft gelden"));
        });

        File.WriteAllText(OwnFile, Open);
        Assert.That((Screen().ExitCode, Screen().Error), Is.EqualTo((0, "")), "mended");
    }

    [Test]
    public void A_file_with_mistakes_is_wrong_usage_where_none_was_ever_good()
    {
        File.WriteAllText(OwnFile, "school: De Proef");
        var run = Screen();
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.Contain("protocol.yaml:1:1: channels: "));
    }

    [Test]
    public void Use_puts_a_good_file_in_force_and_refuses_another_whole()
    {
        Assert.That(gate.Run("protocol", "use", "shut.yaml").Out, Does.StartWith("In werking: De Dichte Proef, versie "));
        Assert.That(Screen().ExitCode, Is.EqualTo(1));

        var refused = gate.Run("protocol", "use", "wrong.yaml");
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((2, "")));
        Assert.That(refused.Error, Does.StartWith("wrong.yaml:2:16: minimum-group: "));
        Assert.That(gate.Run("protocol", "show").Out, Does.Contain("De Dichte Proef").And.Contain("'protocol use'"));

        Assert.That(gate.Run("protocol", "use", "open.yaml").ExitCode, Is.Zero);
        Assert.That(Screen().ExitCode, Is.Zero);
        Assert.That(gate.Run("screen", "a.jpg", "--json", "--protocol", "shut.yaml").ExitCode, Is.EqualTo(1), "for one run");
        Assert.That(Screen().ExitCode, Is.Zero);
    }

    [Test]
    public void What_was_put_in_force_by_hand_holds_until_the_data_folder_changes()
    {
        File.WriteAllText(OwnFile, Open);
        var used = gate.Run("protocol", "use", "shut.yaml");
        Assert.That((used.ExitCode, used.Error), Is.EqualTo((0, $"{OwnFile} zegt iets anders en geldt niet meer, totdat het wordt gewijzigd.\n")));
        Assert.That(Screen().ExitCode, Is.EqualTo(1));
        File.AppendAllText(OwnFile, "# nagekeken\n");
        Assert.That(gate.Run("protocol", "show").Error, Does.Contain("gaat gelden zodra"));
        Assert.That(Screen().ExitCode, Is.Zero);
    }

    [Test]
    public void Check_tells_mistakes_and_else_what_would_change()
    {
        Assert.That(Directory.GetFiles(gate.Data), Is.Empty);
        Assert.That(gate.Run("protocol", "check", "open.yaml").Out, Does.Match("^open.yaml: geen fouten\\. Versie [0-9a-f]{8}\\.\n$"));
        Assert.That(Directory.GetFiles(gate.Data), Is.Empty, "looking makes no database");

        gate.Run("protocol", "use", "open.yaml");
        Screen();
        var check = gate.Run("protocol", "check", "shut.yaml", "--language", "en");
        Assert.Multiple(() =>
        {
            Assert.That(check.ExitCode, Is.Zero);
            Assert.That(check.Out, Does.Contain("  channels.website.open: yes → no\n").And.Contain("  minimum-group: 2 → 3\n").And.Contain("1 of 1 verdicts would change: 1 stricter, 0 milder"));
            Assert.That(gate.Run("protocol", "check", "open.yaml").Out, Does.Contain("Het verschilt in niets"));
            Assert.That(gate.Run("protocol", "check", "wrong.yaml").ExitCode, Is.EqualTo(2));
        });
    }

    [TestCase("nl", "iedereen kan het zien", "ingebouwde", "P4 regel")]
    [TestCase("en", "everyone can see it", "built-in", "P4 rule")]
    public void Shows_channels_and_clauses_in_plain_words(string language, params string[] said)
    {
        var run = gate.Run("protocol", "show", "--language", language);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Out, Does.Contain(said[0]).And.Contain(said[1]).And.Contain(said[2]).And.Contain("instagram").And.Contain("S7"));
    }

    [Test]
    public void Document_writes_the_page_that_stands_in_docs()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/protocol.md"));
        Assert.That(gate.Run("protocol", "document").Out, Is.EqualTo(page));
        Assert.That(gate.Run("protocol", "document", "page.md").Out, Is.Empty);
        Assert.That(File.ReadAllText(gate["page.md"]), Is.EqualTo(page));
    }

    private GateRun Screen() => gate.Run("screen", "a.jpg", "--json");
}
