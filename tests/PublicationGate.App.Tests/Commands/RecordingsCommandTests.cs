using System.Globalization;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>Registering recordings for training or to help a pupil, and what the gate then says of them.</summary>
public class RecordingsCommandTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate();

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void A_registered_photo_is_refused_elsewhere_and_stays_so_after_it_was_destroyed()
    {
        gate.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none\norigin: school-camera");
        Assert.That(gate.Run("screen", "a.jpg").ExitCode, Is.EqualTo(0));

        var added = gate.Run("recordings", "add", "a.jpg", "--purpose", "training", "--notice", Day(0), "--destroy-by", Day(10), "--made-by", "juf Ans");
        Assert.That((added.ExitCode, added.Out), Is.EqualTo((0, $"Opname 1 is geregistreerd, alleen voor scholing. Vernietig haar uiterlijk op {Day(10)}.\n")));
        Assert.That(gate.Run("screen", "a.jpg", "--json").Verdict.Rules(), Is.EqualTo(new[] { "recordings-keep-their-purpose" }));
        Assert.That(gate.Run("screen", "a.jpg", "--json", "--channel", "training").Verdict.Rules(), Does.Not.Contain("recordings-keep-their-purpose"));

        Assert.That(gate.Run("recordings", "destroyed", "1", "--proof", "gewist door de directie").ExitCode, Is.EqualTo(0));
        Assert.That(gate.Run("recordings", "destroyed", "1", "--proof", "nog eens").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("screen", "a.jpg", "--json", "--channel", "training").Verdict.Rules(), Does.Contain("recordings-keep-their-purpose"));
        Assert.That(gate.Run("recordings", "list", "--json").Out, Does.Contain("\"state\":\"destroyed\"").And.Contain("\"proof\":\"gewist door de directie\"").And.Contain("\"byPicture\":true"));
    }

    [Test]
    public void Lists_what_is_due_and_says_when_there_is_nothing()
    {
        Assert.That(gate.Run("recordings", "list").Out, Is.EqualTo("Er zijn geen opnamen geregistreerd.\n"));
        gate.Run("register", "import", Repository.Register);
        gate.Text("les.mp4", "geen foto");
        var added = gate.Run("recordings", "add", "les.mp4", "--purpose", "pupil-help", "--pupil", FirstPupil(), "--notice", Day(-1), "--destroy-by", Day(3), "--language", "en");
        Assert.That((added.ExitCode, added.Out), Is.EqualTo((0,
            $"Recording 1 is registered, for help for a pupil only. Destroy it by {Day(3)} at the latest.\nThe gate cannot read this file as a photo: only this very file is recognised, not a copy in another form.\n")));
        Assert.That(gate.Run("recordings", "list").Out, Does.Contain("les.mp4").And.Contain(FirstPupil()).And.Contain("nog 3 dagen"));
    }

    [Test]
    public void Names_every_mistake_and_registers_nothing()
    {
        gate.Text("les.mp4", "geen foto");
        var run = gate.Run("recordings", "add", "les.mp4", "--purpose", "pupil-help", "--pupil", "wie", "--notice", Day(1), "--destroy-by", Day(-1));
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((2, "")));
        Assert.That(run.ErrorLines.Select(line => line.Split(' ')[1]), Is.EqualTo(new[] { "--notice:", "--destroy-by:", "--pupil:", "fouten" }), run.Error);
        Assert.That(gate.Run("recordings", "add", "er niet.jpg", "--purpose", "training", "--notice", Day(0), "--destroy-by", Day(1)).ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("recordings", "add", "les.mp4", "--purpose", "feest", "--notice", Day(0), "--destroy-by", Day(1)).ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("recordings", "list", "--json").Out, Is.Empty);
    }

    [Test]
    public void Holds_when_there_is_a_database_that_cannot_be_opened()
    {
        gate.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none").Text("data/gate.db/in the way", "");
        var run = gate.Run("screen", "a.jpg", "--json", "--data", gate["data"], "--register", Repository.Register);
        Assert.That((run.ExitCode, run.Verdict.Outcome()), Is.EqualTo((1, "held")));
        Assert.That(run.Verdict.Rules(), Is.EqualTo(new[] { "taken-back-pictures-stay-away", "recordings-keep-their-purpose" }));
    }

    private static string Day(int fromToday) => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string FirstPupil() => File.ReadLines(Path.Combine(Repository.Register, "pupils.csv")).ElementAt(1).Split(',')[0];
}
