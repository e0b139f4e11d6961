using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>Mistakes of people get a sentence with file and line, exit code 2, and nothing on standard output.</summary>
public class WrongUsageTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate().Photo(Photos.Nobody, "a.jpg");

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [TestCase("", "")]
    [TestCase("screen", "PATH")]
    [TestCase("scren a.jpg", "scren")]
    [TestCase("screen a.jpg --channel krant", "krant")]
    [TestCase("screen a.jpg --language de", "de")]
    [TestCase("screen a.jpg --no-such-option", "")]
    [TestCase("screen nowhere.jpg", "nowhere.jpg: Dit bestaat niet.")]
    [TestCase("screen nowhere.jpg --language en", "nowhere.jpg: This does not exist.")]
    [TestCase("screen a.jpg --declaration nowhere.yaml", "nowhere.yaml: ")]
    [TestCase("screen a.jpg --register nowhere", "nowhere")]
    [TestCase("screen a.jpg --protocol nowhere.yaml", "nowhere.yaml: ")]
    [TestCase("register", "")]
    [TestCase("register import nowhere", "nowhere")]
    [TestCase("explain 0123456789abcdef", "0123456789abcdef")]
    [TestCase("replay 0123456789abcdef", "0123456789abcdef")]
    [TestCase("replay", "--all")]
    [TestCase("replay 0123456789abcdef --all", "--all")]
    [TestCase("replay --with nowhere.yaml", "nowhere.yaml: ")]
    [TestCase("protocol", "")]
    [TestCase("protocol check nowhere.yaml", "nowhere.yaml: ")]
    [TestCase("protocol use nowhere.yaml", "nowhere.yaml: ")]
    public void Says_in_words_what_is_wrong_and_exits_with_2(string line, string sentence)
    {
        var run = gate.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Is.Not.Empty.And.Contain(sentence));
        Assert.That(run.Out, Is.Empty);
    }

    [Test]
    public void Names_file_line_and_key_of_every_mistake_at_once()
    {
        gate.Photo(Photos.Nobody, "b.jpg").Text("a.yaml", "caption: Uitje\nchanel: website\n").Text("album.yaml", "channel: krant\n").Text("b.jpg.yaml", "caption: a\ncaption: b\n");
        var run = gate.Run("screen", ".", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Out, Is.Empty);
            Assert.That(run.ErrorLines, Has.Length.EqualTo(4));
            Assert.That(run.ErrorLines[0], Does.StartWith("./a.yaml:2: chanel: ").And.Contain("'channel'"));
            Assert.That(run.ErrorLines[1], Does.StartWith("./album.yaml:1: channel: 'krant'"));
            Assert.That(run.ErrorLines[2], Does.StartWith("./b.jpg.yaml:2: caption: "));
            Assert.That(run.ErrorLines[3], Does.StartWith("3 fouten"));
            Assert.That(Directory.Exists(gate.Data), Is.False, "nothing is written");
        });
    }

    [Test]
    public void Names_every_mistake_in_a_protocol_file()
    {
        var run = gate.Text("p.yaml", "school: De Wegwijzer\nminimum-group: veel\nminimumgroep: 2\n").Run("screen", "a.jpg", "--protocol", "p.yaml");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("p.yaml:2:16: minimum-group: ").And.Contain("p.yaml:3:1: minimumgroep: "));
    }

    [Test]
    public void Names_the_mistakes_in_a_register_that_a_run_brings()
    {
        var run = gate.Text("r/pupils.csv", "key\n1\n").Run("screen", "a.jpg", "--register", "r");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.Contain("r/pupils.csv:1: surname: "));
    }

    [Test]
    public void Helps_in_the_language_that_was_asked_for()
    {
        var (dutch, english) = (gate.Run("--help"), gate.Run("screen", "--help", "--language", "en"));
        Assert.That((dutch.ExitCode, english.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(dutch.Out, Does.Contain("Het register van leerlingen"));
        Assert.That(english.Out, Does.Contain("Screens photos and folders").And.Contain("--overlay"));
    }
}
