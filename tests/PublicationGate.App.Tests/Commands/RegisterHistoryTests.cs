using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>The register over time: second imports, dry runs, EDEXML, answers from the desk, and looks into the past.</summary>
public class RegisterHistoryTests
{
    private const string Pupils = "key,first_name,prefix,surname,group\n";
    private const string Answers = "pupil,channel,kind,scope,answer,date,given_by\n";
    private Gate gate = null!;

    [SetUp]
    public void ImportRegister()
    {
        gate = new Gate();
        gate.Text("r/pupils.csv", Pupils + "x1,Fenna,,Hoekstra,groep 6\nx2,Daan,van der,Meulen,groep 6\n")
            .Text("r/answers.csv", Answers + "x1,website,photo,group,no,2024-09-01,g1\nx2,*,photo,group,yes,2025-09-01,g1\n")
            .Text("r/permissions.csv", "key,subject,given_by,text,date\nmuseum,work,Museum,drie foto's,2026-01-01\n");
        Assert.That(gate.Run("register", "import", "r").ExitCode, Is.Zero);
    }

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void A_dry_run_tells_what_would_change_and_changes_nothing()
    {
        gate.Text("new/pupils.csv", Pupils + "x1,Fenna,,Hoekstra,groep 7\nx3,Noor,,Bos,groep 6\n").Text("new/answers.csv", Answers + "x1,website,photo,group,yes,2026-09-01,g2\nx1,website,photo,group,no,2024-09-01,g1\n");

        var table = gate.Run("register", "import", "new", "--dry-run", "--language", "en");
        var json = JsonNode.Parse(gate.Run("register", "import", "new", "--dry-run", "--json").Out)!;
        var shown = gate.Run("register", "show").Out;

        Assert.That(table.Out, Does.Match(@"new +x3 +Noor +groep 6").And.Match(@"changed +x1 +Fenna +groep 7 +group \(groep 6 → groep 7\)").And.Match(@"left +x2 +Daan").And.Match(@"answer +x1 +the website: photo in a group, yes \(2026-09-01, g2\)"));
        Assert.That(table.Out, Does.Contain("nothing was changed. New: 1, changed: 1, left: 1, unchanged: 0. Answers to be added: 1, known already: 1.").And.Not.Contain("Hoekstra"));
        Assert.That(json.ToJsonString(), Does.Not.Contain("Hoekstra").And.Contains("\"dryRun\":true"));
        Assert.That(((string?)json["changed"]![0]!["movedFrom"], (int?)json["answers"]!["known"], (string?)json["left"]![0]!["key"]), Is.EqualTo(("groep 6", 1, "x2")));
        Assert.That(shown, Does.Match(@"groep 6 +2").And.Contain("2 antwoorden"));
    }

    [Test]
    public void Takes_over_an_EDEXML_export_and_keeps_the_answers()
    {
        gate.Text("export.xml", """
            <EDEX><school><schooljaar>2026-2027</schooljaar></school><groepen><groep key="g7"><naam>groep 7</naam></groep></groepen><leerlingen>
            <leerling key="x1"><achternaam>Hoekstra</achternaam><roepnaam>Fenna</roepnaam><groep key="g7"/><bsn>999999990</bsn></leerling>
            <leerling key="x2"><roepnaam>Daan</roepnaam><jaargroep>H</jaargroep></leerling>
            </leerlingen></EDEX>
            """);

        var dry = JsonNode.Parse(gate.Run("register", "import", "export.xml", "--dry-run", "--json").Out)!;
        var imported = gate.Run("register", "import", "export.xml");

        Assert.That(((string?)dry["changed"]![0]!["group"], (string?)dry["left"]![0]!["key"]), Is.EqualTo(("groep 7", "x2")));
        Assert.That(imported.Out, Is.EqualTo("Ingelezen: 1 leerlingen. Antwoorden en personeel staan niet in EDEXML en blijven zoals ze zijn.\nNieuw: 0, gewijzigd: 1, vertrokken: 1, ongewijzigd: 0. Antwoorden erbij: 0.\n"));
        Assert.That(gate.Run("register", "history", "x1").Out, Does.Contain("Fenna (groep 7): 1 antwoord.").And.Contain("2024-09-01"));
        Assert.That(Directory.GetFiles(gate.Data).Where(file => File.ReadAllText(file).Contains("999999990")), Is.Empty, "a citizen service number is nobody's business here");
    }

    [Test]
    public void A_broken_export_is_refused_with_its_place()
    {
        gate.Text("export.xml", "<EDEX>\n<leerlingen><leerling><roepnaam>Noor</roepnaam></leerling>\n</EDEX>");
        var run = gate.Run("register", "import", "export.xml");
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((2, "")));
        Assert.That(run.ErrorLines[0], Does.StartWith("export.xml:2:14: key: "));
        Assert.That(run.ErrorLines[1], Does.StartWith("export.xml:3:3: "));
        Assert.That(gate.Run("register", "import", "nothing.xml").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Answers_are_recorded_shown_and_asked_after_at_any_instant()
    {
        Assert.That(Show("2026-01-31"), Does.Match("Daan +x2 +ja").And.Match("Fenna +x1 +nee"));
        var no = gate.Run("register", "answer", "x2", "--channel", "website", "--kind", "photo", "--scope", "group", "--answer", "no", "--given-by", "g2", "--how", "paper", "--proof", "r/pupils.csv", "--date", "2026-02-01");
        Assert.That((no.ExitCode, no.Out), Is.EqualTo((0, "Vastgelegd voor Daan (groep 6).\n")));
        Assert.That(Show("2026-01-31"), Does.Match("Daan +x2 +ja"));
        Assert.That(Show("2026-02-01T00:00:00Z"), Does.Match("Daan +x2 +nee"));
        Assert.That(Show("2025-08-31"), Does.Match("Daan +x2 +geen antwoord"));
        Assert.That(gate.Run("register", "history", "x2").Out, Does.Contain("2 antwoorden").And.Contain("paper").And.Contain("pupils.csv").And.Match(@"de website +foto in een groep +nee +g2 \(ouder\)"));
        Assert.That(gate.Run("register", "show", "--channel", "website").Out, Does.Match("groep 6 +0 ja, 2 nee, 0 geen antwoord"));
    }

    [Test]
    public void The_text_in_force_and_lifetimes_are_those_of_the_schools_protocol()
    {
        File.WriteAllText(Path.Combine(gate.Data, "protocol.yaml"), File.ReadAllText(Path.Combine(Repository.Root, "samples/protocol.yaml")) + "\nconsent-text: \"2026\"\n");
        Assert.That(Show("2026-02-01"), Does.Match("Daan +x2 +andere tekst").And.Match("Fenna +x1 +nee"));
        gate.Run("register", "answer", "x2", "--channel", "*", "--kind", "photo", "--scope", "group", "--answer", "yes", "--given-by", "g1");
        Assert.That(gate.Run("register", "show", "--group", "groep 6").Out, Does.Match("Daan +x2 +ja"), "an answer given now is to the text that holds now");
    }

    [TestCase("register history x9")]
    [TestCase("register show --group groep-9")]
    [TestCase("register show --as-of 31-1-2026")]
    [TestCase("register answer x9 --channel * --kind photo --scope group --answer yes --given-by g")]
    [TestCase("register answer x1 --channel hyves --kind photo --scope group --answer yes --given-by g")]
    [TestCase("register answer x1 --channel * --kind photo --scope group --answer yes --given-by g --date 2999-01-01")]
    [TestCase("register answer x1 --channel * --kind photo --scope group --answer yes")]
    [TestCase("register permission add museum --subject work --given-by M --text x")]
    [TestCase("register permission add m2 --subject work --given-by M --text x --date 2026-02-01 --until 2026-01-01")]
    [TestCase("register import nowhere.xml")]
    public void What_cannot_be_is_said(string arguments)
    {
        var run = gate.Run(arguments.Split(' '));
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((2, "")));
        Assert.That(run.Error, Is.Not.Empty.And.Not.Contains("{"));
    }

    [Test]
    public void Permissions_are_put_on_file_and_listed()
    {
        Assert.That(gate.Run("register", "permission", "add", "oma", "--subject", "quote", "--given-by", "Oma Proef", "--text", "haar verhaal", "--until", "2030-01-01").Out, Is.EqualTo("Toestemming \"oma\" is vastgelegd.\n"));
        Assert.That(gate.Run("register", "permission", "list").Out, Does.Match("museum +werk +Museum +drie foto's +2026-01-01").And.Match("oma +citaat +Oma Proef +haar verhaal +.*2030-01-01"));
    }

    private string Show(string asOf) => gate.Run("register", "show", "--group", "groep 6", "--channel", "website", "--as-of", asOf).Out;
}
