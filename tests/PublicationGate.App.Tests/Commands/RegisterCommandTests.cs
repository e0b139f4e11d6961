using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>Importing and showing the register, and which register a run goes by.</summary>
public class RegisterCommandTests
{
    private const string OnlyFenna = "key,first_name,prefix,surname,group\nx1,Fenna,,Hoekstra,groep 6\n";
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate();

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Imports_a_register_and_shows_counts_but_no_names()
    {
        Assert.That(gate.Run("register", "show", "--language", "en").Out, Does.StartWith("No register has been imported yet."));

        var imported = gate.Run("register", "import", Repository.Register);
        var shown = gate.Run("register", "show");

        Assert.That((imported.ExitCode, shown.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(imported.Out, Is.EqualTo("Ingelezen: 31 leerlingen, 113 antwoorden, 6 personeelsleden.\n"));
        Assert.That(shown.Out, Does.Match(@"groep 6 +10").And.Match(@"groep 7 +9").And.Match(@"groep 8 +12").And.Contain("113 antwoorden, 6 personeelsleden."));
        Assert.That(shown.Out, Does.Not.Contain("Fenna").And.Not.Contain("Hoekstra"));
    }

    [Test]
    public void Names_all_mistakes_and_imports_nothing_when_one_is_wrong()
    {
        gate.Run("register", "import", Repository.Register);
        var before = gate.Run("register", "show").Out;
        gate.Text("r/pupils.csv", OnlyFenna + "x1,Daan,,Smit,groep 6\n,Noor,,Bos,groep 7\n")
            .Text("r/answers.csv", "pupil,channel,kind,scope,answer,date,given_by\nx9,website,photo,group,yes,2024-09-01,g\nx1,krant,photo,group,misschien,31-3-2024,g\n");

        var run = gate.Run("register", "import", "r");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Out, Is.Empty);
        string[] mistakes = ["r/pupils.csv:3:1: key: ", "r/pupils.csv:4:1: key: ", "r/answers.csv:2:1: pupil: ", "r/answers.csv:3:4: channel: ", "r/answers.csv:3:22: answer: ", "r/answers.csv:3:32: date: "];
        Assert.That(mistakes.Where(mistake => !run.ErrorLines.Any(line => line.StartsWith(mistake, StringComparison.Ordinal))), Is.Empty, run.Error);
        Assert.That(run.ErrorLines[^1], Does.StartWith("6 fouten"));
        Assert.That(gate.Run("register", "show").Out, Is.EqualTo(before));
    }

    [Test]
    public void Goes_by_the_register_of_a_screened_folder_only_while_the_school_has_none()
    {
        gate.Photo(Photos.OneFace, "album/a.jpg").Text("album/a.yaml", "people: [Fenna]").Text("album/register/pupils.csv", OnlyFenna).Text("album/register/answers.csv",
            "pupil,channel,kind,scope,answer,date,given_by\nx1,*,photo,group,yes,2024-09-01,g\nx1,*,photo,individual,yes,2024-09-01,g\n");

        var first = gate.Run("screen", "album", "--json", "--channel", "app");
        Assert.That((first.ExitCode, first.Error), Is.EqualTo((0, "Er is nog geen register ingelezen; voor deze keer geldt album/register.\n")));

        gate.Text("school/pupils.csv", OnlyFenna).Run("register", "import", "school");
        var second = gate.Run("screen", "album", "--json", "--channel", "app");
        Assert.That((second.ExitCode, second.Verdict.Outcome()), Is.EqualTo((1, "rejected")), "photos must not bring their own consent");
        Assert.That(second.Error, Does.Contain("Het register van de school geldt, niet album/register."));

        var chosen = gate.Run("screen", "album", "--json", "--channel", "app", "--register", "album/register");
        Assert.That((chosen.ExitCode, chosen.Error), Is.EqualTo((0, "")));
    }

    [Test]
    public void Leaves_the_imported_register_alone_when_a_run_brings_one()
    {
        gate.Run("register", "import", Repository.Register);
        var before = gate.Run("register", "show").Out;
        gate.Photo(Photos.Nobody, "a.jpg").Text("r/pupils.csv", OnlyFenna).Run("screen", "a.jpg", "--register", "r");
        Assert.That(gate.Run("register", "show").Out, Is.EqualTo(before));
    }
}
