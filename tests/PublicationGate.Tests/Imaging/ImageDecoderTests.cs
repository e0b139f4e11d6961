using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

public class ImageDecoderTests
{
    [Test]
    public async Task A_jpeg_is_a_jpeg_whatever_its_name()
    {
        using var folder = new Intake.TemporaryFolder();
        folder.Write("klas.png", TestFiles.Photo("team-1.jpg"));
        using var file = await MediaFile.ReadAsync(folder["klas.png"], "klas.png", new(), default);

        var header = Photos.Decoder.ReadHeader(file.Content);

        Assert.That(header.Format, Is.EqualTo(ImageFormat.Jpeg));
        Assert.That(Photos.Decode(file.Content.ToArray()), Has.Count.EqualTo(1));
    }

    [TestCase(20_000, 1)]
    [TestCase(1, 20_000)]
    [TestCase(10_000, 10_000)]
    public void A_header_within_the_limits_is_read(int width, int height)
    {
        var header = Photos.Decoder.ReadHeader(Pictures.PngWithoutPixels(width, height));
        Assert.That(header, Is.EqualTo(new ImageHeader(ImageFormat.Png, width, height, 1, null)));
    }

    [TestCase(20_001, 1)]
    [TestCase(1, 20_001)]
    [TestCase(10_001, 10_000)]
    [TestCase(20_000, 20_000)]
    [TestCase(int.MaxValue, int.MaxValue)]
    public void What_is_larger_is_refused_by_its_header_alone(int width, int height)
    {
        var refused = Assert.Throws<UnreadableImageException>(() => Photos.Decoder.ReadHeader(Pictures.PngWithoutPixels(width, height)));
        Assert.That(refused.Problem, width == int.MaxValue ? Is.EqualTo(ImageProblem.Damaged).Or.EqualTo(ImageProblem.TooManyPixels) : Is.EqualTo(ImageProblem.TooManyPixels));
    }

    [TestCase(100)]
    public void As_many_frames_as_allowed_are_all_decoded(int frames) =>
        Assert.That(Photos.Decode(Pictures.Gif(2, 2, frames)), Has.Count.EqualTo(frames));

    [Test]
    public void One_frame_more_is_too_many() =>
        Assert.That(Photos.ProblemOf(Pictures.Gif(2, 2, 101)), Is.EqualTo(ImageProblem.TooManyFrames));

    [TestCase(4, null)]
    [TestCase(5, ImageProblem.TooManyPixels)]
    public void The_pixels_of_all_frames_count_together(int frames, ImageProblem? problem)
    {
        var file = Pictures.Gif(5000, 5000, frames, wholeScreen: true);
        if (problem is null)
        {
            Assert.That(Photos.Decoder.ReadHeader(file).Frames, Is.EqualTo(frames));
        }
        else
        {
            Assert.That(Photos.ProblemOf(file), Is.EqualTo(problem));
        }
    }

    [TestCase(0.30)]
    [TestCase(0.60)]
    [TestCase(0.95)]
    public void A_jpeg_that_is_cut_off_never_decodes(double share)
    {
        var whole = TestFiles.Photo("toa-heftiba.jpg");
        Assert.That(Photos.ProblemOf(whole[..(int)(whole.Length * share)]), Is.EqualTo(ImageProblem.Damaged));
    }

    [TestCase(0.30)]
    [TestCase(0.60)]
    [TestCase(0.95)]
    public void A_png_that_is_cut_off_never_decodes(double share)
    {
        var noise = new byte[64 * 64 * 3];
        new Random(1).NextBytes(noise);
        var whole = Pictures.Png(64, 64, Pictures.Rgb, 8, noise);
        Assert.That(Photos.ProblemOf(whole[..(int)(whole.Length * share)]), Is.EqualTo(ImageProblem.Damaged));
    }

    [TestCase("", ImageProblem.NotAPicture)]
    [TestCase("Dag ouders, hierbij de foto.", ImageProblem.NotAPicture)]
    [TestCase("%PDF-1.7", ImageProblem.UnsupportedType)]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'/>", ImageProblem.UnsupportedType)]
    public void What_is_no_photo_gives_its_problem(string content, ImageProblem problem) =>
        Assert.That(Photos.ProblemOf(System.Text.Encoding.UTF8.GetBytes(content)), Is.EqualTo(problem));

    [Test]
    public void A_bitmap_is_recognised_and_refused() =>
        Assert.That(Photos.ProblemOf([.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]), Is.EqualTo(ImageProblem.UnsupportedType));

    [Test]
    public void A_heic_says_that_it_is_one() =>
        Assert.That(Photos.ProblemOf([0, 0, 0, 16, .. "ftypheic"u8, 0, 0, 0, 0]), Is.EqualTo(ImageProblem.Heic));

    [TestCase(16)]
    [TestCase(400, Description = "behind a hundred other brands")]
    public void An_avif_sequence_is_an_animation_that_cannot_be_looked_at(int sizeOfBrands)
    {
        var brands = Enumerable.Repeat("avif"u8.ToArray(), (sizeOfBrands - 12) / 4).SelectMany(brand => brand).ToArray();
        byte[] file = [0, 0, (byte)((sizeOfBrands + 4) >> 8), (byte)(sizeOfBrands + 4), .. "ftyp"u8, .. brands, .. "avis"u8];
        Assert.That(Photos.ProblemOf(file), Is.EqualTo(ImageProblem.UnreadableAnimation));
    }

    [Test]
    public void An_animated_png_is_an_animation_that_cannot_be_looked_at()
    {
        var file = Pictures.PngOf(
        [
            ("IHDR", Pictures.PngHeader(1, 1, Pictures.Grey, 8)), ("tEXt", [.. "Title\0IDAT"u8]), ("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), ("IDAT", Pictures.Deflate([0, 7])),
        ]);
        Assert.That(Photos.ProblemOf(file), Is.EqualTo(ImageProblem.UnreadableAnimation));
    }

    [Test]
    public void A_png_that_only_speaks_of_an_animation_is_read()
    {
        var file = Pictures.PngOf([("IHDR", Pictures.PngHeader(1, 1, Pictures.Grey, 8)), ("tEXt", [.. "Title\0acTL"u8]), ("IDAT", Pictures.Deflate([0, 7]))]);
        Assert.That(Photos.Decode(file)[0][0, 0], Is.EqualTo(((byte)7, (byte)7, (byte)7)));
    }

    [TestCase(1567, 1567, 1175)]
    [TestCase(1566, 1566, 1174)]
    [TestCase(1280, 1280, 960)]
    [TestCase(320, 320, 240)]
    [TestCase(1, 1, 1)]
    public void Shrinks_to_the_long_side_that_was_asked(int longSide, int width, int height)
    {
        var frame = Photos.Decode(TestFiles.Photo("meeting.jpg"), longSide).Single();
        Assert.That((frame.Width, frame.Height), Is.EqualTo((width, height)));
    }

    [Test]
    public void Never_enlarges() => Assert.That(Photos.Decode(Pictures.Gif(3, 2, 1)).Single(), Has.Property("Width").EqualTo(3).And.Property("Height").EqualTo(2));

    [Test]
    public void No_loader_runs_but_the_six_that_the_gate_needs()
    {
        using var folder = new Intake.TemporaryFolder();
        folder.Write("x.jpg", TestFiles.Photo("team-1.jpg")).Text("x.ppm", "P3 1 1 255 1 2 3").Text("x.csv", "1,2").Text("x.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>");
        Assert.Multiple(() =>
        {
            Assert.That(ImageDecoder.Loaders, Has.Exactly(6).Items);
            foreach (var (loader, file) in new[] { ("jpegload", "x.jpg"), ("ppmload", "x.ppm"), ("csvload", "x.csv"), ("svgload", "x.svg"), ("magickload", "x.jpg"), ("pdfload", "x.jpg"), ("rawload", "x.jpg"), ("vipsload", "x.jpg") })
            {
                Assert.That(() => VipsOperation.Named(loader).With("filename", folder[file]).Run(), Throws.InstanceOf<VipsException>(), loader);
            }
        });
    }
}
