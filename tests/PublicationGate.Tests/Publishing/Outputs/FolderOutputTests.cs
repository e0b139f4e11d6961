using PublicationGate.Publishing.Outputs;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Publishing.Outputs;

public class FolderOutputTests
{
    private static readonly Publication Photo = new(
        "publish_7f", "7f", "app", new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), new(new byte[] { 1, 2, 3 }, ".jpg", "image/jpeg", new string('a', 64)), new("Sportdag", "Samen rennen", "Twee kinderen"));

    private TemporaryFolder all = null!;
    private FolderOutput output = null!;

    [SetUp]
    public void Make()
    {
        all = new TemporaryFolder();
        Directory.CreateDirectory(all["out"]);
        output = new FolderOutput(new() { Name = "map", Folder = all["out"] });
    }

    [TearDown]
    public void Remove() => all.Dispose();

    [Test]
    public async Task Lays_the_copy_with_its_texts_and_takes_both_away()
    {
        var remote = await output.PublishAsync(Photo, default);
        await output.PublishAsync(Photo, default);
        Assert.That(Names(), Is.EqualTo(new[] { "app/foto-2026-11-22-7f.jpg", "app/foto-2026-11-22-7f.txt" }));
        Assert.That(File.ReadAllText(all["out/app/foto-2026-11-22-7f.txt"]), Is.EqualTo("Titel\nSportdag\n\nBijschrift\nSamen rennen\n\nAlt-tekst\nTwee kinderen\n"));
        await output.TakeDownAsync(new("takedown_7f", "publish_7f", "7f", remote), default);
        await output.TakeDownAsync(new("takedown_7f", "publish_7f", "7f", remote), default);
        Assert.That(Names(), Is.Empty);
    }

    [Test]
    public async Task Takes_away_what_an_attempt_left_that_nobody_remembers()
    {
        await output.PublishAsync(Photo, default);
        await output.PublishAsync(Photo with { ReleaseId = "8a" }, default);
        await output.TakeDownAsync(new("takedown_7f", "publish_7f", "7f", null), default);
        Assert.That(Names(), Is.EqualTo(new[] { "app/foto-2026-11-22-8a.jpg", "app/foto-2026-11-22-8a.txt" }));
    }

    [Test]
    public async Task A_folder_that_is_away_is_no_empty_folder()
    {
        Directory.Delete(all["out"]);
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => output.TakeDownAsync(new("takedown_7f", "publish_7f", "7f", null), default)))!.Code, Is.EqualTo("folder-away"));
        Assert.That(() => output.PublishAsync(Photo, default), Throws.TypeOf<OutputException>());
        Assert.That(Directory.Exists(all["out"]), Is.False);
    }

    private string[] Names() => [.. Directory.GetFiles(all["out"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(all["out"], file)).Where(file => !file.StartsWith('.')).Order()];
}
