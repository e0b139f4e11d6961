using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

public class ConcealmentTests
{
    private static readonly CleanCopyOptions Lossless = new() { Format = CopyFormat.Png, LongSide = 20_000 };

    private static readonly ConcealedRegion[] Regions =
    [
        new(ConcealedKind.Face, 150, 120, 60, 80),
        new(ConcealedKind.Face, 190, 150, 50, 60),
        new(ConcealedKind.Face, -20, 380, 50, 50),
        new(ConcealedKind.Person, 300, 20, 400, 90),
        new(ConcealedKind.Person, 60.4f, 300.7f, 1.5f, 2.2f),
    ];

    private static readonly ConcealedRegion Everything = new(ConcealedKind.Person, 0, 0, 10_000, 10_000);

    /// <summary>Whatever could be computed from the one could be computed from the other: nothing of what was there is left.</summary>
    [TestCase(20_000)]
    [TestCase(200)]
    public void Photos_that_differ_only_where_they_are_concealed_give_the_same_bytes(int longSide)
    {
        using var photo = Edits.Open(TestFiles.Photo("ivana.jpg"), 600);
        using var other = Scribbled(photo, [.. Regions.Select(region => region.Shape)], seed: 7);
        Assert.That(other.Bytes.SequenceEqual(photo.Bytes), Is.False, "a test that changes nothing would say nothing");

        foreach (var format in Enum.GetValues<CopyFormat>())
        {
            var options = Lossless with { Format = format, LongSide = longSide };
            Assert.That(Copy(photo, options, Regions), Is.EqualTo(Copy(other, options, Regions)), $"{format}");
        }
    }

    [Test]
    public void Pixels_outside_stay_as_they_were_and_all_inside_are_painted()
    {
        using var photo = Edits.Open(TestFiles.Photo("ivana.jpg"), 600);
        ConcealedShape[] shapes = [.. Regions.Select(region => region.Shape)];
        var before = photo.Bytes.ToArray();

        Concealment.Apply(photo, shapes);

        var after = photo.Bytes;
        var (changedOutside, leftInside) = (0, 0);
        for (var at = 0; at < before.Length; at += 3)
        {
            var (x, y) = (at / 3 % photo.Width, at / 3 / photo.Width);
            var isSame = before.AsSpan(at, 3).SequenceEqual(after.Slice(at, 3));
            changedOutside += !isSame && !shapes.Any(shape => shape.Meets(x, y, 1, 1)) ? 1 : 0;
            leftInside += isSame && shapes.Any(shape => shape.Contains(x + 0.5f, y + 0.5f)) ? 1 : 0;
        }

        Assert.That(changedOutside, Is.Zero);
        // By chance a pixel has the colour already.
        Assert.That(leftInside, Is.LessThan(before.Length / 3 / 1000));
    }

    [Test]
    public void A_concealed_head_is_one_plain_colour_in_the_finished_file_too()
    {
        ConcealedRegion head = new(ConcealedKind.Face, 150, 120, 60, 80);
        using var photo = Edits.Open(TestFiles.Photo("ivana.jpg"), 600);
        var copy = Photos.Decode(Copy(photo, new() { Quality = 60 }, [head])).Single();

        // Away from the edge by more than a block of JPEG, whose colours take sixteen pixels.
        var inner = head.Shape with { HalfWidth = head.Shape.HalfWidth - 24, HalfHeight = head.Shape.HalfHeight - 24 };
        var inside = (from y in Enumerable.Range(0, copy.Height) from x in Enumerable.Range(0, copy.Width) where inner.Contains(x, y) select copy[x, y]).Distinct();
        Assert.That(inside.Count(), Is.EqualTo(1), "of one value nothing can be sharpened");
    }

    [Test]
    public void The_colour_comes_from_around_and_is_grey_where_nothing_is_left()
    {
        using var red = Pictures.OfBytes(100, 100, [.. Enumerable.Range(0, 100 * 100).SelectMany(_ => new byte[] { 200, 40, 40 })]);
        Assert.That(Pixel(Copy(red, Lossless, [new(ConcealedKind.Person, 40, 40, 20, 20)]), 50, 50), Is.EqualTo((164, 84, 84)));
        Assert.That(Pixel(Copy(red, Lossless, [Everything]), 50, 50), Is.EqualTo((128, 128, 128)));
        Assert.That(Pixel(Copy(red, Lossless, [Everything]), 99, 0), Is.EqualTo((128, 128, 128)));
    }

    [Test]
    public void Regions_outside_change_nothing_and_those_at_the_edge_only_what_lies_within()
    {
        using var photo = Edits.Open(TestFiles.Photo("ivana.jpg"), 300);
        ConcealedRegion[] outside = [new(ConcealedKind.Face, -500, 0, 40, 40), new(ConcealedKind.Person, 0, 5000, 40, 40), new(ConcealedKind.Face, 1e30f, 1e30f, 1e30f, 1e30f)];
        Assert.That(Copy(photo, Lossless, outside), Is.EqualTo(Copy(photo, Lossless, [])));
        Assert.That(Copy(photo, Lossless, [new(ConcealedKind.Person, -10, -10, 12, 12)]), Is.Not.EqualTo(Copy(photo, Lossless, [])));
    }

    // The box of a detector goes from the forehead to the chin; how far heads reach beyond was read off photographs, docs/performance.md.
    [TestCase(0.87f, 0.36f, 0.75f, 0.54f, TestName = "In profile")]
    [TestCase(0.47f, 0.66f, 0.70f, 0.52f, TestName = "Half turned, with glasses")]
    [TestCase(0.61f, 0.88f, 0.90f, 0.76f, TestName = "Tilted, with wide hair")]
    [TestCase(0.65f, 0.69f, 0.61f, 0.67f, TestName = "With curls and a hood")]
    [TestCase(0.60f, 0.60f, 0.90f, 0.60f, TestName = "Looking down")]
    public void Covers_the_whole_head_and_not_just_the_box(float left, float right, float above, float below)
    {
        var shape = new ConcealedRegion(ConcealedKind.Face, 60, 50, 80, 100).Shape;
        Assert.Multiple(() =>
        {
            Assert.That(shape.Contains(100 - (left * 100), 100), "left");
            Assert.That(shape.Contains(100 + (right * 100), 100), "right");
            Assert.That(shape.Contains(100, 100 - (above * 100)), "above");
            Assert.That(shape.Contains(100, 100 + (below * 100)), "below");
        });
    }

    [Test]
    public void Is_where_it_was_pointed_at_however_the_file_is_stored([Range(1, 8)] int orientation)
    {
        var photo = Pictures.WithOrientation(TestFiles.Photo("ivana.jpg"), (byte)orientation);
        var header = Photos.Decoder.ReadHeader(photo);
        ConcealedRegion corner = new(ConcealedKind.Person, 0, 0, header.Width / 4f, header.Height / 8f);

        var copy = Photos.Decode(CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = 400, Format = CopyFormat.Png }, [corner]).Bytes.ToArray()).Single();
        var plain = Photos.Decode(CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = 400, Format = CopyFormat.Png }, []).Bytes.ToArray()).Single();

        Assert.That(copy[copy.Width / 5, copy.Height / 10], Is.EqualTo(copy[0, 0]), "painted");
        Assert.That(copy[copy.Width / 2, copy.Height / 2], Is.EqualTo(plain[copy.Width / 2, copy.Height / 2]));
        Assert.That(copy[copy.Width - 1, copy.Height - 1], Is.EqualTo(plain[copy.Width - 1, copy.Height - 1]));
    }

    private static byte[] Copy(PixelImage photo, CleanCopyOptions options, ConcealedRegion[] regions) =>
        CleanCopy.Of(Photos.Decoder, photo.AsPng(), options, regions).Bytes.ToArray();

    private static (int, int, int) Pixel(byte[] file, int x, int y) => Photos.Decode(file).Single()[x, y];

    // The same photo with anything where pixels lie within one of the shapes.
    private static PixelImage Scribbled(PixelImage photo, ConcealedShape[] shapes, int seed)
    {
        var (bytes, random) = (photo.Bytes.ToArray(), new Random(seed));
        for (var at = 0; at < bytes.Length; at++)
        {
            var (x, y) = (at / 3 % photo.Width, at / 3 / photo.Width);
            bytes[at] = shapes.Any(shape => shape.Contains(x + 0.5f, y + 0.5f)) ? (byte)random.Next(256) : bytes[at];
        }

        return Pictures.OfBytes(photo.Width, photo.Height, bytes);
    }
}
