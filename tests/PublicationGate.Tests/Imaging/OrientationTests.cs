using System.Globalization;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

public class OrientationTests
{
    [Test]
    public void Each_exif_orientation_turns_the_pixels_as_it_says([Range(1, 8)] int orientation)
    {
        var photo = TestFiles.Photo("ivana.jpg");
        var stored = Photos.Decode(photo).Single();

        var turned = Photos.Decode(Pictures.WithOrientation(photo, (byte)orientation)).Single();

        Assert.That(Photos.Difference(turned, Turned(stored, orientation)), Is.LessThan(0.5));
    }

    [Test]
    public void The_header_tells_the_upright_size([Range(1, 8)] int orientation)
    {
        var stored = Photos.Decoder.ReadHeader(TestFiles.Photo("ivana.jpg"));
        var header = Photos.Decoder.ReadHeader(Pictures.WithOrientation(TestFiles.Photo("ivana.jpg"), (byte)orientation));
        var (width, height) = orientation >= 5 ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        Assert.That(header, Is.EqualTo(stored with { Width = width, Height = height, Orientation = orientation }));
        Assert.That(header.Width, Is.Not.EqualTo(header.Height), "a square photo would prove nothing");
    }

    [TestCase(0)]
    [TestCase(9)]
    [TestCase(255)]
    public void An_orientation_that_does_not_exist_is_upright(int orientation) =>
        Assert.That(Photos.Decoder.ReadHeader(Pictures.WithOrientation(TestFiles.Photo("ivana.jpg"), (byte)orientation)).Orientation, Is.EqualTo(1));

    /// <summary>One scene, stored turned or mirrored in each of the eight ways, with the orientation that undoes it.</summary>
    [Test]
    public void Pictures_stored_in_eight_ways_come_out_alike([Range(1, 8)] int orientation)
    {
        var upright = Photos.Decode(TestFiles.Photo("team-2.jpg")).Single();
        var decoded = Photos.Decode(StoredFor(orientation)).Single();
        Assert.That(Photos.Difference(decoded, upright), Is.LessThan(3));
    }

    [TestCase("MikeKovarik+exifr/test/fixtures/orientation/f1t.jpg", "MikeKovarik+exifr/test/fixtures/orientation/f2t.jpg")]
    [TestCase("MikeKovarik+exifr/test/fixtures/orientation/f1t.jpg", "MikeKovarik+exifr/test/fixtures/orientation/f6t.jpg")]
    public void Pictures_that_others_stored_turned_come_out_alike(string one, string other)
    {
        var first = Photos.Decode(File.ReadAllBytes(TestFiles.Shared("corpora/bad/" + one))).Single();
        var second = Photos.Decode(File.ReadAllBytes(TestFiles.Shared("corpora/bad/" + other))).Single();
        Assert.That(Photos.Difference(first, second), Is.LessThan(4));
    }

    /// <summary>The photo as a camera held in another way would store it: turned back by the inverse, with the orientation noted.</summary>
    internal static byte[] StoredFor(int orientation, string photo = "team-2.jpg")
    {
        var upright = Photos.Decode(TestFiles.Photo(photo), 4000).Single();
        // Turning by a quarter undoes the other quarter; every other turn undoes itself.
        var inverse = orientation switch { 6 => 8, 8 => 6, _ => orientation };
        var stored = Turned(upright, inverse);
        using var folder = new Intake.TemporaryFolder();
        using var pixels = Pictures.OfBytes(stored.Width, stored.Height, stored.Rgb);
        pixels.SaveJpeg(folder["x.jpg"]);
        return Pictures.WithOrientation(File.ReadAllBytes(folder["x.jpg"]), (byte)orientation);
    }

    /// <summary>What EXIF 2.32 says of tag 0x0112: where in the stored picture the upright pixel (x, y) lies.</summary>
    private static Photos.Frame Turned(Photos.Frame stored, int orientation)
    {
        var (width, height) = orientation >= 5 ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    8 => (height - 1 - y, x),
                    _ => throw new ArgumentOutOfRangeException(orientation.ToString(CultureInfo.InvariantCulture)),
                };
                stored.Rgb.AsSpan(((fromY * stored.Width) + fromX) * 3, 3).CopyTo(rgb.AsSpan(((y * width) + x) * 3));
            }
        }

        return new Photos.Frame(width, height, rgb);
    }
}
