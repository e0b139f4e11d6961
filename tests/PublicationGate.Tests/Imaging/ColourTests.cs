using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

/// <summary>Whatever the file holds, what is looked at is RGB in sRGB on white, as the web shows it.</summary>
public class ColourTests
{
    [TestCase(0, 255, 255, 255)]
    [TestCase(255, 200, 40, 0)]
    [TestCase(128, 227, 147, 127)]
    public void Alpha_is_laid_on_white(byte alpha, int red, int green, int blue) =>
        AssertColour(Pictures.Png(1, 1, Pictures.Rgba, 8, [200, 40, 0, alpha]), red, green, blue, within: 2);

    [Test]
    public void Grey_with_alpha_is_laid_on_white() => AssertColour(Pictures.Png(1, 1, Pictures.GreyAlpha, 8, [0, 0]), 255, 255, 255);

    [Test]
    public void Grey_becomes_three_equal_channels() => AssertColour(Pictures.Png(1, 1, Pictures.Grey, 8, [77]), 77, 77, 77);

    [Test]
    public void One_bit_is_black_and_white() => AssertColour(Pictures.Png(8, 1, Pictures.Grey, 1, [0xFF]), 255, 255, 255);

    [Test]
    public void Sixteen_bits_become_eight() => AssertColour(Pictures.Png(1, 1, Pictures.Rgb, 16, [200, 128, 100, 0, 50, 255]), 200, 100, 50, within: 1);

    [Test]
    public void A_palette_becomes_its_colours() => AssertColour(Pictures.Png(1, 1, Pictures.Palette, 8, [1], [1, 2, 3, 90, 120, 150]), 90, 120, 150);

    [Test]
    public void The_colour_profile_is_converted()
    {
        using var folder = new Intake.TemporaryFolder();
        var bytes = Enumerable.Repeat(new byte[] { 200, 40, 40 }, 64).SelectMany(pixel => pixel).ToArray();
        Save(folder["p3.png"], bytes);
        var file = File.ReadAllBytes(folder["p3.png"]);

        Assert.That(file.AsSpan().IndexOf("iCCP"u8), Is.Positive, "the file must carry a profile for this test to say anything");
        AssertColour(file, 200, 40, 40, within: 2);

        static unsafe void Save(string path, byte[] rgb)
        {
            _ = ImageDecoder.EngineVersion;
            fixed (byte* start = rgb)
            {
                using var image = VipsImage.FromPixels((nint)start, 8, 8);
                using var srgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
                using var wide = VipsOperation.Named("icc_transform").With("in", srgb).With("input-profile", "srgb").With("output-profile", "p3").Run();
                VipsOperation.Named("pngsave").With("in", wide).With("filename", path).With("keep", "icc").RunWithoutOutput();
            }
        }
    }

    [TestCase("lovell+sharp/test/fixtures/Channel_digital_image_CMYK_color_no_profile.jpg", 1)]
    [TestCase("haraldk+TwelveMonkeys/imageio/imageio-jpeg/src/test/resources/jpeg/gray-sample.jpg", 1)]
    [TestCase("golang+image/testdata/video-001-16bit.tiff", 1)]
    [TestCase("pnggroup+libpng/contrib/testpngs/gray-16-sRGB-tRNS.png", 1)]
    [TestCase("pnggroup+libpng/contrib/testpngs/rgb-alpha-8.png", 1)]
    [TestCase("image-rs+image/tests/images/gif/anim/large-gif-anim-combine.gif", null)]
    [TestCase("image-rs+image-webp/tests/images/animated/random_lossy.webp", null)]
    [TestCase("haraldk+TwelveMonkeys/imageio/imageio-webp/src/test/resources/webp/animated-webp-supported.webp", null)]
    [TestCase("AOMediaCodec+libavif/tests/data/colors_hdr_p3.avif", 1)]
    public void Files_of_every_kind_become_rgb_frame_by_frame(string path, int? frames)
    {
        var file = File.ReadAllBytes(TestFiles.Shared("corpora/bad/" + path));
        var header = Photos.Decoder.ReadHeader(file);

        var decoded = Photos.Decode(file);

        Assert.That(decoded, Has.Count.EqualTo(header.Frames));
        Assert.That(decoded.Count, frames is { } known ? Is.EqualTo(known) : Is.GreaterThan(1));
        Assert.That(decoded.Select(frame => frame.Rgb.Length), Is.All.EqualTo(decoded[0].Width * decoded[0].Height * 3));
        Assert.That((double)decoded[0].Width / decoded[0].Height, Is.EqualTo((double)header.Width / header.Height).Within(0.02));
    }

    [Test]
    public void Each_frame_of_an_animation_is_its_own_picture()
    {
        var frames = Photos.Decode(File.ReadAllBytes(TestFiles.Shared("corpora/bad/image-rs+image-webp/tests/images/animated/random_lossless.webp")));
        Assert.That(Photos.Difference(frames[0], frames[1]), Is.GreaterThan(1));
    }

    private static void AssertColour(byte[] file, int red, int green, int blue, int within = 0)
    {
        var (r, g, b) = Photos.Decode(file).Single()[0, 0];
        Assert.Multiple(() =>
        {
            Assert.That((int)r, Is.EqualTo(red).Within(within), "red");
            Assert.That((int)g, Is.EqualTo(green).Within(within), "green");
            Assert.That((int)b, Is.EqualTo(blue).Within(within), "blue");
        });
    }
}
