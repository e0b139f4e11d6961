using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Tests.Publishing.Outbox;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing;

/// <summary>What leaves is what certificates cover, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class PublishedCopiesTests(DatabaseKind kind)
{
    private ReleasedPhotos photos = null!;
    private NotingOutput output = null!;
    private OutboxDelivery delivery = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        photos = await ReleasedPhotos.OpenAsync(kind, "site");
        output = new NotingOutput();
        delivery = photos.Delivery(output);
    }

    [TearDown]
    public async Task CloseAsync() => await photos.DisposeAsync();

    [Test]
    public async Task Nothing_leaves_before_its_copy_is_there_and_then_exactly_the_bytes_that_its_certificate_covers()
    {
        photos.MakesCopies = false;
        var submission = await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That((output.Told, await photos.Queue().CountUntriedAsync(["site"], default)), Is.EqualTo((Array.Empty<string>(), 0)), "a release that can have no copy keeps nobody waiting");
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Waiting 0" }));
        using var early = new MemoryStream();
        Assert.That(await photos.Gate.Services.GetRequiredService<AlbumZip>().WriteAsync(early, submission.AlbumId, null, default), Is.Zero);

        await photos.Copies.MakeAsync(default);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        var release = (await photos.ReleasesAsync()).Single();
        await using var db = photos.Gate.Database.CreateDbContext();
        var certificate = Certificate.Read((await db.Certificates.SingleAsync()).Text!)!;
        var published = output.Published.Single().Copy;
        Assert.That((published.Sha256, Convert.ToHexStringLower(SHA256.HashData(published.Bytes.Span))), Is.EqualTo((certificate.CopySha256, release.CopySha256)));
        using var bytes = new MemoryStream();
        await photos.Gate.Services.GetRequiredService<AlbumZip>().WriteAsync(bytes, submission.AlbumId, null, default);
        using var zip = new ZipArchive(bytes);
        await using var entry = await zip.Entries.Single(one => one.Name.EndsWith(".png", StringComparison.Ordinal)).OpenAsync();
        Assert.That(Convert.ToHexStringLower(await SHA256.HashDataAsync(entry)), Is.EqualTo(certificate.CopySha256));
    }

    [Test]
    public async Task A_copy_that_was_changed_in_the_store_is_not_published()
    {
        await photos.ReleaseAsync();
        var sha256 = (await photos.ReleasesAsync()).Single().CopySha256!;
        var path = Directory.EnumerateFiles(photos.Gate.StoreFolder, sha256, SearchOption.AllDirectories).Single();
        File.Delete(path);
        await File.WriteAllBytesAsync(path, Pictures.Png(8, 8, Pictures.Grey, 8, new byte[64]));
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Told, Is.Empty);
        Assert.That((await photos.Acts.ListAsync(all: false, default)).Single().Failure, Is.EqualTo("store-Damaged"));
    }
}
