using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Imaging;
using PublicationGate.Publishing;
using PublicationGate.Removal;
using PublicationGate.Removal.Requests;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal.Requests;

/// <summary>What families send: real photographs as they come back from a website or a telephone.</summary>
public class FoundByLikenessTests
{
    private static readonly (string Name, Func<byte[], byte[]> Apply)[] Ways =
    [
        ("as it is", photo => photo),
        ("small and much compressed", photo => Copy(photo, 400, 40)),
        ("thumbnail", photo => Copy(photo, 200, 70)),
        ("a tenth cut off the left and the top", photo => Changed(photo, image => Area(image, image.Width / 20, image.Height / 20))),
        ("a tenth cut off the right", photo => Changed(photo, image => Area(image, 0, 0, image.Width * 9 / 10, image.Height))),
        ("screenshot", photo => Changed(photo, Screenshot)),
    ];

    [Test]
    public async Task A_copy_finds_its_own_release_and_no_other()
    {
        await using var gate = await RemovalGate.OpenAsync(DatabaseKind.Sqlite);
        var photos = Directory.GetFiles(TestFiles.InRepository("node_modules/soft-ui-design-system/assets/img"), "*.jpg").Order().Select(File.ReadAllBytes).ToList();
        var (releases, known) = (new Dictionary<string, byte[]>(), new List<PictureHash>());
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            foreach (var photo in photos)
            {
                var (id, hash) = (Submission.NewId(gate.Gate.Time.Now), HashOf(photo));
                // Drawings and walls are known by their bytes only; some of the photographs are there in two sizes.
                if (hash is null || new PictureHashIndex([.. known]).Find(hash).Count > 0)
                {
                    continue;
                }

                releases.Add(id, photo);
                known.Add(hash);
                db.Releases.Add(new Release { Id = id, SubmissionId = id, VerdictId = id, ContentSha256 = id + id, Channel = "website", ReleasedAt = gate.Gate.Time.Now });
                db.ReleasedPictures.Add(new ReleasedPicture { ReleaseId = id, PictureHash = hash });
            }

            await db.SaveChangesAsync();
        }

        Assert.That(releases, Has.Count.GreaterThan(15));
        await using var scope = gate.Gate.Services.CreateAsyncScope();
        var published = scope.ServiceProvider.GetRequiredService<PublishedMatches>();
        foreach (var (id, photo) in releases)
        {
            foreach (var (name, apply) in Ways)
            {
                var found = await published.FindAsync(null, new string('e', 64), HashOf(apply(photo)), default);
                Assert.That(found.SelectMany(picture => picture.Releases).Select(release => release.Id), Is.EqualTo(new[] { id }), name);
            }
        }
    }

    private static PictureHash? HashOf(byte[] photo)
    {
        using var pixels = Photos.Decoder.DecodeFrames(photo, Photos.Decoder.ReadHeader(photo), 1024, () => { }).First();
        return PictureHash.Of(pixels);
    }

    private static byte[] Copy(byte[] photo, int longSide, int quality) => CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = longSide, Quality = quality, Format = CopyFormat.Jpeg }).Bytes.ToArray();

    private static unsafe byte[] Changed(byte[] photo, Func<VipsImage, VipsImage> change)
    {
        using var pixels = Photos.Decoder.DecodeFrames(photo, Photos.Decoder.ReadHeader(photo), 1024, () => { }).First();
        fixed (byte* start = pixels.Bytes)
        {
            using var image = VipsImage.FromPixels((nint)start, pixels.Width, pixels.Height);
            using var changed = change(image);
            using var copy = changed.ToPixels();
            return CleanCopy.Of(copy, new() { Quality = 70, Format = CopyFormat.Jpeg }, mayBeADrawing: false).Bytes.ToArray();
        }
    }

    private static VipsImage Area(VipsImage image, int left, int top) => Area(image, left, top, image.Width - left, image.Height - top);

    private static VipsImage Area(VipsImage image, int left, int top, int width, int height) =>
        VipsOperation.Named("extract_area").With("input", image).With("left", Number(left)).With("top", Number(top)).With("width", Number(width)).With("height", Number(height)).Run();

    // A telephone's: black above and below.
    private static VipsImage Screenshot(VipsImage image) =>
        VipsOperation.Named("embed").With("in", image).With("x", "0").With("y", Number(image.Width)).With("width", Number(image.Width)).With("height", Number(image.Height + (2 * image.Width))).With("extend", "black").Run();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
