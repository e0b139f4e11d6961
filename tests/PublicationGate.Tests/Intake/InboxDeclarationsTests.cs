using System.Runtime.Versioning;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Intake;

[Platform("Linux,MacOsX", Reason = "paths with slashes")]
[UnsupportedOSPlatform("windows")]
public class InboxDeclarationsTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xDA, 1, 2, 3, 0xFF, 0xD9];

    private readonly SteppedTime time = new();
    private TemporaryFolder folder = null!;
    private Inbox inbox = null!;

    [SetUp]
    public void Open()
    {
        folder = new TemporaryFolder().Write("in/2026-11-20 groep 6 schoolreis/a.jpg", Photo);
        inbox = new(new InboxOptions { Folders = [folder["in"]], PollingOnly = true }, FolderNames.Default, time, (_, _) => Task.FromResult<IReadOnlyCollection<ReadyFile>>([]));
    }

    [TearDown]
    public void Close()
    {
        inbox.Dispose();
        folder.Dispose();
    }

    [Test]
    public void The_name_of_a_folder_declares_group_and_activity()
    {
        var declared = Declared();
        Assert.That((declared.Declaration.Group, declared.Declaration.Activity, declared.Date), Is.EqualTo(("groep 6", "schoolreis", new DateOnly(2026, 11, 20))));
        Assert.That(declared.Declaration.People, Is.Null, "a group alone declares all of it");
        Assert.That(declared.Version, Is.EqualTo(declared.Declaration.Sha256));
    }

    [Test]
    public void The_name_of_the_inbox_itself_and_of_folders_above_it_declare_nothing()
    {
        folder.Write("2026-11-20 groep 7 zwemmen/groep 8 film/a.jpg", Photo);
        using var other = new Inbox(new InboxOptions { Folders = [folder["2026-11-20 groep 7 zwemmen/groep 8 film"]] }, FolderNames.Default, time, (_, _) => Task.FromResult<IReadOnlyCollection<ReadyFile>>([]));
        Assert.That(other.DeclarationsOf(other.Folders[0], [folder["2026-11-20 groep 7 zwemmen/groep 8 film/a.jpg"]]).Single(), Is.EqualTo(EffectiveDeclaration.Nothing with { Date = null }).Using<EffectiveDeclaration>((a, b) => a.Version == b.Version && a.Date == b.Date));
    }

    [Test]
    public void A_file_in_the_folder_wins_over_its_name_key_by_key()
    {
        folder.Text("in/album.yaml", "channel: app\nactivity: van buiten").Text("in/2026-11-20 groep 6 schoolreis/album.yaml", "activity: Naar het bos");
        var declared = Declared().Declaration;
        Assert.That((declared.Channel, declared.Group, declared.Activity), Is.EqualTo(("app", "groep 6", "Naar het bos")));
    }

    [TestCase("people: none", null, true)]
    [TestCase("people: [Sanne]", "groep 6", false)]
    [TestCase("group: groep 7", "groep 7", false)]
    public void Who_a_file_says_is_in_the_photo_is_who_is_in_it(string album, string? group, bool nobody)
    {
        folder.Text("in/2026-11-20 groep 6 schoolreis/album.yaml", album);
        var declared = Declared().Declaration;
        Assert.That((declared.Group, declared.NobodyRecognisable), Is.EqualTo((group, nobody)));
    }

    [Test]
    public void Screening_by_hand_does_not_read_names_of_folders() =>
        Assert.That(FolderScan.Of([folder["in"]]).Photos.Single().Declaration.Sha256, Is.EqualTo(new Declaration().Sha256));

    [Test]
    public void Mistakes_are_told_to_the_photos_they_concern_only()
    {
        folder.Write("in/goed/b.jpg", Photo).Write("in/goed/c.jpg", Photo).Text("in/2026-11-20 groep 6 schoolreis/album.yaml", "kanaal: app").Text("in/goed/c.yaml", "kanaal: app");
        var declared = inbox.DeclarationsOf(folder["in"], [PhotoPath, folder["in/goed/b.jpg"], folder["in/goed/c.jpg"]]);

        Assert.That(declared.Select(photo => photo.Errors.Count), Is.EqualTo(new[] { 1, 0, 1 }));
        Assert.That(declared[0].Version, Is.Not.EqualTo(declared[0].Declaration.Sha256));
        Assert.That(declared[0].Errors[0].In("nl"), Does.StartWith("2026-11-20 groep 6 schoolreis/album.yaml:1: "));
    }

    [Test]
    public async Task A_photo_waits_for_a_declaration_that_is_being_written()
    {
        await inbox.LookAsync(default);
        time.Advance(4);
        folder.Text("in/album.yaml", "channel: app");
        time.Advance(56);
        Assert.That(await ReadyAsync(0), Is.Empty, "the photo is still, the declaration is not yet");
        var ready = (await ReadyAsync(5)).Single();
        Assert.That(ready.Declared.Declaration.Channel, Is.EqualTo("app"));
    }

    [Test]
    public async Task Tells_of_declarations_that_come_change_or_go_once_they_stand_still()
    {
        Assert.That(await NewsAsync(0), Is.EqualTo(new[] { "in" }), "at start: nobody knows what changed before");
        Assert.That(await NewsAsync(60), Is.Empty);

        folder.Text("in/2026-11-20 groep 6 schoolreis/a.yaml", "people: none");
        Assert.That(await NewsAsync(60), Is.Empty);
        Assert.That(await NewsAsync(5), Is.EqualTo(new[] { "2026-11-20 groep 6 schoolreis" }));
        Assert.That(await NewsAsync(600), Is.Empty);

        folder.Text("album.yaml", "channel: app");
        await NewsAsync(60);
        Assert.That(await NewsAsync(5), Is.EqualTo(new[] { "in" }), "above the inbox");

        File.Delete(folder["in/2026-11-20 groep 6 schoolreis/a.yaml"]);
        await NewsAsync(60);
        Assert.That(await NewsAsync(5), Is.EqualTo(new[] { "2026-11-20 groep 6 schoolreis" }));
    }

    [Test]
    public void A_photo_that_was_moved_away_still_has_its_declaration()
    {
        folder.Text("in/2026-11-20 groep 6 schoolreis/a.jpg.yaml", "people: [Sanne]");
        var before = Declared().Version;
        File.Delete(PhotoPath);
        Assert.That(Declared().Version, Is.EqualTo(before));
    }

    private string PhotoPath => folder["in/2026-11-20 groep 6 schoolreis/a.jpg"];

    private EffectiveDeclaration Declared() => inbox.DeclarationsOf(folder["in"], [PhotoPath]).Single();

    private async Task<List<ReadyFile>> ReadyAsync(double afterSeconds)
    {
        time.Advance(afterSeconds);
        return [.. (await inbox.LookAsync(default)).OfType<ReadyFile>()];
    }

    private async Task<string[]> NewsAsync(double afterSeconds)
    {
        time.Advance(afterSeconds);
        return [.. (await inbox.LookAsync(default)).OfType<DeclarationsChanged>().Select(news => Path.GetFileName(news.Folder))];
    }
}
