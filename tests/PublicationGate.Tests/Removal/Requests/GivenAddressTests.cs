using PublicationGate.Removal.Requests;

namespace PublicationGate.Tests.Removal.Requests;

/// <summary>Addresses as people copy them.</summary>
public class GivenAddressTests
{
    private const string Remembered = "https://school.example/wp-content/uploads/2026/11/sportdag.jpg";

    [TestCase("https://school.example/wp-content/uploads/2026/11/sportdag.jpg")]
    [TestCase("  http://www.School.example/wp-content/uploads/2026/11/sportdag.jpg?w=300&ssl=1#top ")]
    [TestCase("school.example/wp-content/uploads/2026/11/sportdag-300x200.jpg")]
    [TestCase("<https://school.example/wp-content/uploads/2026/11/sportdag-scaled.jpg>")]
    [TestCase("https://school.example:443/wp-content/uploads/2026/11/sportdag-rotated-1024x768.jpg")]
    [TestCase("https://i0.wp.com/school.example/wp-content/uploads/2026/11/sportdag.jpg?resize=300%2C200")]
    [TestCase("https://school.example/wp-content/uploads/2026/11/sportdag%2Ejpg")]
    public void The_same_picture_is_known_by_any_of_its_addresses(string written) =>
        Assert.That(GivenAddress.Read(written)!.IsSame(GivenAddress.Read(Remembered)), Is.True);

    [TestCase("https://elders.example/wp-content/uploads/2026/11/sportdag.jpg")]
    [TestCase("https://school.example/wp-content/uploads/2026/10/sportdag.jpg")]
    [TestCase("https://school.example/wp-content/uploads/2026/11/sportdag-2.jpg")]
    [TestCase("https://school.example/")]
    [TestCase("http://school.example:8080/wp-content/uploads/2026/11/sportdag.jpg")]
    public void Another_is_not(string written) => Assert.That(GivenAddress.Read(written)!.IsSame(GivenAddress.Read(Remembered)), Is.False);

    [TestCase("")]
    [TestCase("de foto van de sportdag")]
    [TestCase("ftp://school.example/x.jpg")]
    [TestCase("javascript:alert(1)")]
    [TestCase("file:///etc/passwd")]
    [TestCase("https://\u00e9-\u05d0.nl/foto.jpg")]
    public void What_is_no_address_is_none(string written) => Assert.That(GivenAddress.Read(written), Is.Null);

    [Test]
    public void Ids_of_releases_stand_in_names_of_files_and_pages()
    {
        const string Id = "0192f0a1b2c3d4e5f60718293a4b5c6d";
        Assert.That(GivenAddress.ReleasesIn($"https://school.example/foto-2026-11-22-{Id}-300x200.jpg"), Is.EqualTo(new[] { Id }));
        Assert.That(GivenAddress.ReleasesIn($"https://school.example/gate-{Id.ToUpperInvariant()}/"), Is.EqualTo(new[] { Id }));
        Assert.That(GivenAddress.ReleasesIn($"https://school.example/{Id}a/{Id[1..]}"), Is.Empty);
    }

    [Test]
    public void A_second_file_of_one_name_is_the_same_copy()
    {
        Assert.That(GivenAddress.CopiesNamed("sportdag-2026-11-22-1"), Is.EqualTo(new[] { "sportdag-2026-11-22-1" }));
        Assert.That(GivenAddress.CopiesNamed("sportdag-2026-11-22-1-2"), Is.EqualTo(new[] { "sportdag-2026-11-22-1-2", "sportdag-2026-11-22-1" }));
        Assert.That(GivenAddress.CopiesNamed("sportdag"), Is.Empty);
    }

    [Test]
    public void Numbers_of_posts_are_read_from_the_query() => Assert.That(GivenAddress.Read("https://school.example/?p=12&x=13&attachment_id=14")!.Numbers, Is.EqualTo(new[] { "12", "14" }));
}
