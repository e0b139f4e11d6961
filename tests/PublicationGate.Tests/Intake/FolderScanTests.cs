using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

[Platform("Linux,MacOsX", Reason = "links, pipes and rights as Unix has them")]
[UnsupportedOSPlatform("windows")]
public class FolderScanTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder() => folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Screens_every_file_in_a_folder_except_companions()
    {
        folder.Photo("b.jpg", "a.JPG", "sub/deep/c", ".hidden.jpg", ".thumbs/x.jpg", "Thumbs.db", "DESKTOP.INI")
            .Text("film.mp4", "?").Text("evil.html", "<p>").Text("README.md", "BM is a school").Text("lijst.CSV", "a,b").Text("package.json", "{}");

        Assert.That(folder.Found(), Is.EqualTo(new[] { "a.JPG", "b.jpg", "evil.html", "film.mp4", "sub/deep/c" }));
        Assert.That(FolderScan.Of([folder.Path]).Skipped, Is.EqualTo(7));
    }

    [Test]
    public void Screens_an_image_under_a_companions_name(
        [Values("photo.txt", "photo.yaml", "album.yaml", "photo.JSON", "x.csv", "x.md")] string name,
        [Values("FFD8FF", "89504E470D0A1A0A", "474946383961", "524946460000000057454250", "49492A00", "4D4D002A", "0000001C66747970", "424D4600000000000000")] string start)
    {
        folder.Write(name, Convert.FromHexString(start));
        Assert.That(folder.Found(), Is.EqualTo(new[] { name }));
    }

    [Test]
    public void Screens_a_companion_that_is_named_itself()
    {
        folder.Text("album.yaml", "caption: Uitje").Text(".x.txt", "x");
        var found = FolderScan.Of([folder["album.yaml"], folder[".x.txt"]]).Photos;
        Assert.That(found.Select(photo => photo.ShownPath), Is.EqualTo(new[] { folder[".x.txt"], folder["album.yaml"] }));
    }

    [Test]
    public void Lists_links_and_pipes_but_never_follows_them()
    {
        folder.Photo("echt/a.jpg").Pipe("pijp.jpg").Pipe("pijp.txt");
        File.CreateSymbolicLink(folder["link.jpg"], folder["echt/a.jpg"]);
        File.CreateSymbolicLink(folder["weg.jpg"], folder["nergens"]);
        Directory.CreateSymbolicLink(folder["rond"], folder.Path);

        Assert.That(folder.Found(), Is.EqualTo(new[] { "echt/a.jpg", "link.jpg", "pijp.jpg", "pijp.txt", "rond", "weg.jpg" }));
        Assert.That(FolderScan.Of([folder["rond"] + "/"]).Photos, Has.Count.EqualTo(1), "a slash at the end follows no link");
    }

    [Test]
    public void Leaves_out_a_register_but_screens_a_folder_of_that_name_without_pupils()
    {
        folder.Text("register/pupils.csv", "key").Photo("register/a.jpg", "b/register/c.jpg");
        Assert.That(folder.Found(), Is.EqualTo(new[] { "b/register/c.jpg" }));
    }

    [Test]
    public void Finds_each_photo_once_however_often_it_is_named()
    {
        folder.Photo("a/x.jpg", "a/y.jpg");
        var found = FolderScan.Of([folder["a/y.jpg"], folder["a"], folder.Path, folder["a/../a/x.jpg"]]).Photos;
        Assert.That(found.Select(photo => photo.Path), Is.EqualTo(new[] { folder["a/x.jpg"], folder["a/y.jpg"] }));
    }

    [Test]
    public void Shows_paths_as_they_were_given()
    {
        folder.Photo("a/x.jpg");
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Path);
        Assert.That(FolderScan.Of([relative + "/"]).Photos.Single().ShownPath, Is.EqualTo(relative + "/a/x.jpg"));
    }

    [Test]
    public void Refuses_a_path_that_does_not_exist()
    {
        folder.Photo("a.jpg");
        var thrown = Assert.Throws<InputErrorsException>(() => FolderScan.Of([folder["a.jpg"], folder["b.jpg"], ""]));
        Assert.That(thrown.Errors.Select(error => error.File), Is.EqualTo(new[] { "", folder["b.jpg"] }));
    }

    [Test]
    public void Refuses_a_folder_that_cannot_be_read()
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "root may read everything");
        folder.Photo("dicht/a.jpg", "b.jpg");
        File.SetUnixFileMode(folder["dicht"], UnixFileMode.None);
        try
        {
            Assert.That(folder.Errors(), Has.Exactly(1).StartsWith("dicht: "));
        }
        finally
        {
            File.SetUnixFileMode(folder["dicht"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    public void Finds_the_same_in_the_same_order_in_whatever_order_files_were_made() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll<int>(FindsTheSameWhenShuffledBy));

    private static void FindsTheSameWhenShuffledBy(int seed)
    {
        string[] names = ["a.jpg", "B.jpg", "a/z.jpg", "a-b/y.jpg", "é.jpg", "a.png", "10.jpg", "9.jpg", "c/d/e.jpg", "x.txt"];
        var shuffled = names.ToArray();
        new Random(seed).Shuffle(shuffled);
        using var ordered = new TemporaryFolder().Photo(names);
        using var mixed = new TemporaryFolder().Photo(shuffled);

        Assert.That(mixed.Found(), Is.EqualTo(ordered.Found()));
        Assert.That(mixed.Found(), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }
}
