using System.Runtime.Versioning;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

[Platform("Linux,MacOsX", Reason = "paths with slashes and links as Unix has them")]
[UnsupportedOSPlatform("windows")]
public class PhotoDeclarationsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder() => folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Lays_the_nearest_over_the_farther_key_by_key()
    {
        folder.Photo("a/b/x.jpg", "a/b/y.jpg").Text("album.yml", "channel: app\nalt: buiten\ncaption: buiten")
            .Text("a/b/album.json", "{\"alt\": \"binnen\"}").Text("a/b/x.yaml", "caption: zelf").Text("hand.yaml", "{alt: hand}");
        File.Move(folder["hand.yaml"], folder["hand"]);

        var (own, shared, won) = (folder.Declared("a/b/x.jpg"), folder.Declared("a/b/y.jpg"), folder.Declared("a/b/x.jpg", "hand"));
        Assert.Multiple(() =>
        {
            Assert.That((own.Channel, own.Alt, own.Caption), Is.EqualTo(("app", "binnen", "zelf")));
            Assert.That((shared.Channel, shared.Alt, shared.Caption), Is.EqualTo(("app", "binnen", "buiten")));
            Assert.That((won.Channel, won.Alt, won.Caption), Is.EqualTo(("app", "hand", "zelf")));
        });
    }

    [Test]
    public void Gives_a_photo_the_same_declaration_however_it_is_named()
    {
        folder.Photo("a/b/x.jpg").Text("album.yaml", "alt: buiten").Text("a/b/x.jpg.yml", "caption: zelf");
        foreach (var named in new[] { folder.Path, folder["a"], folder["a/b"], folder["a/b/x.jpg"] })
        {
            var found = FolderScan.Of([named]).Photos.Single().Declaration;
            Assert.That((found.Alt, found.Caption), Is.EqualTo(("buiten", "zelf")), named);
        }
    }

    [TestCase("x.yaml")]
    [TestCase("x.yml")]
    [TestCase("x.json")]
    [TestCase("x.jpg.yaml")]
    [TestCase("x.jpg.yml")]
    [TestCase("x.jpg.json")]
    public void Finds_a_photos_own_file_under_each_name(string name) =>
        Assert.That(folder.Photo("x.jpg", "y.jpg").Text(name, "{\"alt\": \"zelf\"}").Declared("x.jpg").Alt, Is.EqualTo("zelf"));

    [TestCase("people: [Sanne, Noor]", "alt: x", "Groep 6", "Sanne Noor", false, "Bram")]
    [TestCase("people: [Sanne, Noor]", "people: Bram", "Groep 6", "Bram", false, "")]
    [TestCase("people: [Sanne, Noor]", "people: none", null, "", true, "")]
    [TestCase("people: [Sanne, Noor]", "people: none\ngroup: Groep 7", "Groep 7", "", true, "")]
    [TestCase("people: [Sanne, Noor]", "group: Groep 7", "Groep 7", null, false, "")]
    [TestCase("people: none", "group: Groep 7", "Groep 7", null, false, "")]
    [TestCase("people: none", "people: Bram", "Groep 6", "Bram", false, "")]
    [TestCase("alt: x", "absent: Noor", "Groep 6", null, false, "Noor")]
    [TestCase("alt: x", "group: Groep 7\nabsent: Noor", "Groep 7", null, false, "Noor")]
    public void Does_not_mix_what_two_files_say_of_who_is_in_it(string outer, string inner, string? group, string? people, bool nobody, string absent)
    {
        var read = folder.Photo("x.jpg").Text("album.yaml", "group: Groep 6\nabsent: Bram\n" + outer).Text("x.yaml", inner).Declared("x.jpg");

        Assert.Multiple(() =>
        {
            Assert.That(read.Group, Is.EqualTo(group));
            Assert.That(read.People is null ? null : string.Join(' ', read.People), Is.EqualTo(people));
            Assert.That(read.NobodyRecognisable, Is.EqualTo(nobody));
            Assert.That(string.Join(' ', read.Absent), Is.EqualTo(absent));
        });
    }

    [Test]
    public void Lets_an_inner_number_of_adults_replace_outer_names()
    {
        var read = folder.Photo("x.jpg").Text("album.yaml", "adults: [Juf Anna, Meester Jan]").Text("x.yaml", "adults: 1").Declared("x.jpg");
        Assert.That((read.AdultCount, read.AdultNames.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Refuses_two_files_for_the_same_thing()
    {
        folder.Photo("x.jpg").Text("x.yaml", "alt: a").Text("x.jpg.yaml", "alt: b").Text("album.yaml", "alt: c").Text("album.json", "{}");
        Assert.That(folder.Errors(), Is.EqualTo(new[]
        {
            "album.json: This file and 'album.yaml' declare the same thing. Merge them into one file.",
            "x.yaml: This file and 'x.jpg.yaml' declare the same thing. Merge them into one file.",
        }));
    }

    [Test]
    public void Refuses_a_name_that_fits_two_photos_until_it_is_written_in_full()
    {
        folder.Photo("x.jpg", "x.png").Text("x.yaml", "alt: a");
        Assert.That(folder.Errors(), Is.EqualTo(new[] { "x.yaml: This may belong to any of these: x.jpg, x.png. Name the file in full, for example 'x.jpg.yaml'." }));

        File.Move(folder["x.yaml"], folder["x.png.yaml"]);
        Assert.That((folder.Declared("x.jpg").Alt, folder.Declared("x.png").Alt), Is.EqualTo(((string?)null, "a")));
    }

    [Test]
    public void Refuses_a_declaration_without_a_photo_but_not_other_files()
    {
        folder.Photo("uitje.jpg").Text("uitjes.yaml", "people: none").Text("Album.yaml", "alt: [").Text("kapot.yaml", "a: b: c").Text("package.json", "{\"name\": \"x\"}")
            .Text("protocol.yaml", "channel: x").Text("expected.json", "{\"group\": 1}").Text("lijst.json", "[\"people\"]").Text("sub/leeg.yaml", "");
        Assert.That(folder.Errors(), Is.EqualTo(new[]
        {
            "uitjes.yaml: There is no photo named 'uitjes' in this folder. Name this file after its photo, or album.yaml for the whole folder.",
        }));
        Assert.That(FolderScan.Of([folder["uitje.jpg"]]).Photos, Has.Count.EqualTo(1), "one photo does not answer for its neighbours' files");
    }

    [Test]
    public void Collects_the_mistakes_of_all_files_each_once()
    {
        folder.Photo("a.jpg", "b.jpg", "c/d.jpg").Text("album.yaml", "chanel: app\norigin: x").Text("c/d.yaml", "alt: [a]").Text("b.yaml", "people: []");
        Assert.That(folder.Errors().Select(error => error.Split(": ")[0]), Is.EqualTo(new[] { "album.yaml:1", "album.yaml:2", "b.yaml:1", "c/d.yaml:1" }));
    }

    [Test]
    public void Refuses_a_link_or_nothing_for_a_declaration()
    {
        folder.Photo("x.jpg").Text("elders", "alt: a").Pipe("sub.yaml");
        File.CreateSymbolicLink(folder["album.yaml"], folder["elders"]);
        Assert.That(folder.Errors().Single(), Does.StartWith("album.yaml: This is a link"));

        var thrown = Assert.Throws<InputErrorsException>(() => FolderScan.Of([], folder["weg.yaml"]));
        Assert.That(thrown.Errors.Single().In("nl"), Does.EndWith("weg.yaml: Dit bestaat niet. Kijk de naam en de map na."));
    }

    [TestCase("album.yaml")]
    [TestCase("x.yaml")]
    public void Refuses_a_declaration_that_cannot_be_read(string name)
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "root may read everything");
        folder.Photo("x.jpg").Text(name, "alt: a");
        File.SetUnixFileMode(folder[name], UnixFileMode.None);
        Assert.That(folder.Errors().Single(), Does.StartWith(name + ": The file cannot be read."));
    }

    [Test]
    public void Hashes_what_is_declared_not_how_it_was_written()
    {
        folder.Photo("a.jpg", "b.jpg", "c.jpg").Text("a.yaml", "people: [Sanne, Noor]\nalt: x").Text("b.json", "{\"alt\": \"x\", \"people\": [\"Noor\", \"Sanne\"]}").Text("c.yaml", "alt: x");
        var (a, b, c) = (folder.Declared("a.jpg").Sha256, folder.Declared("b.jpg").Sha256, folder.Declared("c.jpg").Sha256);
        Assert.That(a, Is.EqualTo(b).And.Not.EqualTo(c).And.Match("^[0-9a-f]{64}$"));
        Assert.That(new Declaration().Sha256, Is.Not.EqualTo(new Declaration { People = [], NobodyRecognisable = true }.Sha256));
    }
}
