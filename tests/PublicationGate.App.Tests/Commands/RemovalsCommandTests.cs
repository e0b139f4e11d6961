using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>Taking photos back at the command line, and what the gate then says of them.</summary>
public class RemovalsCommandTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate();

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void A_photo_that_was_taken_back_is_refused_until_that_is_lifted_with_a_ground()
    {
        gate.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none\norigin: school-camera");
        Assert.That(gate.Run("screen", "a.jpg").ExitCode, Is.EqualTo(0));

        var added = gate.Run("removals", "add", "a.jpg", "--ground", "Vraag van een ouder", "--for-family", "--language", "en");
        Assert.That((added.ExitCode, added.Out), Is.EqualTo((0, "Photo 1 was taken back and does not come again. Hidden at once: 0. 'removals tasks' shows what must still be taken down by hand.\n")), added.Error);
        Assert.That(gate.Run("screen", "a.jpg", "--json").Verdict.Rules(), Is.EqualTo(new[] { "taken-back-pictures-stay-away" }));
        Assert.That(gate.Run("screen", "a.jpg", "--json").Out, Does.Not.Contain("Vraag van een ouder"), "a ground may hold a name");
        Assert.That(gate.Run("removals", "list", "--json").Out, Does.Contain("\"for\":\"family\"").And.Contain("\"byPicture\":true").And.Contain("Vraag van een ouder"));

        Assert.That(gate.Run("removals", "lift", "1").ExitCode, Is.EqualTo(2), "no ground");
        Assert.That(gate.Run("removals", "lift", "1", "--ground", " ").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("removals", "lift", "1", "--ground", "Vergissing").ExitCode, Is.EqualTo(0));
        Assert.That(gate.Run("removals", "lift", "1", "--ground", "Nog eens").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("screen", "a.jpg").ExitCode, Is.EqualTo(0));
        Assert.That(gate.Run("removals", "list").Out, Does.Contain("Vergissing"));
    }

    [Test]
    public void Says_when_there_is_nothing()
    {
        Assert.That(gate.Run("removals", "list").Out, Is.EqualTo("Er zijn geen foto's teruggehaald.\n"));
        Assert.That(gate.Run("removals", "tasks").Out, Is.EqualTo("Er is niets weg te halen.\n"));
        Assert.That(gate.Run("removals", "done", "1").ExitCode, Is.EqualTo(2));
        var missing = gate.Run("removals", "add", "er-niet.jpg", "--ground", "x");
        Assert.That((missing.ExitCode, missing.Error), Is.EqualTo((2, missing.Error)));
        Assert.That(missing.Error, Does.Contain("er-niet.jpg"));
    }
}
