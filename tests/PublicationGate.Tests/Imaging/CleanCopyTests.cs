using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

public class CleanCopyTests
{
    private static readonly CopyFormat[] Formats = Enum.GetValues<CopyFormat>();

    // What a file cannot be without: how it is made up, and what the disk knows of it.
    private static readonly string[] Structure =
    [
        "SourceFile", "ExifTool:", "System:", "File:FileType", "File:FileTypeExtension", "File:MIMEType", "File:ImageWidth", "File:ImageHeight", "File:EncodingProcess",
        "File:BitsPerSample", "File:ColorComponents", "File:YCbCrSubSampling", "JFIF:JFIFVersion", "JFIF:ResolutionUnit", "JFIF:XResolution", "JFIF:YResolution",
        "PNG:ImageWidth", "PNG:ImageHeight", "PNG:BitDepth", "PNG:ColorType", "PNG:Compression", "PNG:Filter", "PNG:Interlace",
        "PNG-pHYs:PixelsPerUnitX", "PNG-pHYs:PixelsPerUnitY", "PNG-pHYs:PixelUnits",
        "RIFF:VP8Version", "RIFF:ImageWidth", "RIFF:ImageHeight", "RIFF:HorizontalScale", "RIFF:VerticalScale",
    ];

    [Test]
    public void Is_upright([Range(1, 8)] int orientation, [ValueSource(nameof(Formats))] CopyFormat format)
    {
        var photo = Pictures.WithOrientation(TestFiles.Photo("ivana.jpg"), (byte)orientation);

        var copy = CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = 400, Quality = 95, Format = format });

        Assert.That(Photos.Decoder.ReadHeader(copy.Bytes).Orientation, Is.Null, "pixels are turned, nothing is said of it");
        Assert.That(Photos.Difference(Photos.Decode(copy.Bytes.ToArray()).Single(), Photos.Decode(photo, 400).Single()), Is.LessThan(3));
    }

    [TestCase(64)]
    [TestCase(500)]
    [TestCase(20_000)]
    public void Has_the_longest_side_asked_for_and_is_never_enlarged(int longSide)
    {
        var photo = TestFiles.Photo("ivana.jpg");
        var original = Photos.Decoder.ReadHeader(photo);

        var copy = CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = longSide });

        var header = Photos.Decoder.ReadHeader(copy.Bytes);
        Assert.That((header.Width, header.Height), Is.EqualTo((copy.Width, copy.Height)));
        Assert.That(Math.Max(copy.Width, copy.Height), Is.EqualTo(Math.Min(longSide, Math.Max(original.Width, original.Height))));
    }

    [Test]
    public void Is_smaller_at_less_quality([Values(CopyFormat.Jpeg, CopyFormat.Webp)] CopyFormat format)
    {
        var photo = TestFiles.Photo("ivana.jpg");
        int[] sizes = [.. new[] { 95, 75, 40 }.Select(quality => CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = 800, Quality = quality, Format = format }).Bytes.Length)];
        Assert.That(sizes, Is.Ordered.Descending);
    }

    [Test]
    public void A_drawing_stays_a_png_and_a_photograph_in_a_png_becomes_a_jpeg()
    {
        var drawing = Pictures.Png(64, 64, Pictures.Grey, 8, [.. Enumerable.Range(0, 64 * 64).Select(i => i % 64 < 32 ? (byte)255 : (byte)0)]);
        using var photo = Edits.Open(TestFiles.Photo("ivana.jpg"), 400);
        Assert.Multiple(() =>
        {
            Assert.That(Of(drawing), Is.EqualTo((CopyFormat.Png, ".png")));
            Assert.That(Of(Pictures.Gif(20, 20, 1)), Is.EqualTo((CopyFormat.Png, ".png")));
            Assert.That(Of(photo.AsPng()), Is.EqualTo((CopyFormat.Jpeg, ".jpg")));
            Assert.That(Of(TestFiles.Photo("ivana.jpg")), Is.EqualTo((CopyFormat.Jpeg, ".jpg")));
        });

        static (CopyFormat, string) Of(byte[] file)
        {
            var copy = CleanCopy.Of(Photos.Decoder, file, new());
            return (copy.Format, copy.Extension);
        }
    }

    [Test]
    public void Of_an_animation_only_the_first_picture_leaves()
    {
        var copy = CleanCopy.Of(Photos.Decoder, Pictures.Gif(20, 10, 4), new());
        Assert.That(Photos.Decoder.ReadHeader(copy.Bytes).Frames, Is.EqualTo(1));
        Assert.That((copy.Width, copy.Height), Is.EqualTo((20, 10)));
    }

    [Test]
    public void A_damaged_original_has_no_copy() =>
        Assert.That(() => CleanCopy.Of(Photos.Decoder, TestFiles.Photo("ivana.jpg").AsMemory(0, 5000), new()), Throws.InstanceOf<UnreadableImageException>());

    [Test]
    public void The_same_original_gives_the_same_bytes_also_when_many_are_made_at_once([ValueSource(nameof(Formats))] CopyFormat format)
    {
        var photo = TestFiles.Photo("ivana.jpg");
        var copies = Enumerable.Range(0, 8).AsParallel().Select(_ => Convert.ToHexString(CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = 600, Format = format }).Bytes.Span)).ToHashSet();
        Assert.That(copies, Has.Count.EqualTo(1));
    }

    [Test]
    public void Nothing_behind_the_end_of_the_original_leaves_with_it()
    {
        byte[] photo = [.. TestFiles.Photo("ivana.jpg"), .. TestFiles.Photo("team-2.jpg"), .. "Fenna Hoekstra"u8];
        var copy = CleanCopy.Of(Photos.Decoder, photo, new() { LongSide = 500 }).Bytes.ToArray();
        Assert.That(copy.AsSpan()[^2..].ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xD9 }));
        Assert.That(copy.AsSpan(2).IndexOf([(byte)0xFF, (byte)0xD8, (byte)0xFF]), Is.Negative, "a second picture");
    }

    [Test]
    public void Exiftool_finds_the_metadata_that_these_tests_are_about()
    {
        using var folder = new Intake.TemporaryFolder();
        folder.Write("a.jpg", Pictures.WithOrientation(TestFiles.Photo("ivana.jpg"), 6));
        Assert.That(TracesIn(folder.Path), Is.Not.Empty, "a test that finds nothing anywhere would say nothing");
    }

    /// <summary>The long form makes copies as large as they leave.</summary>
    [TestCase(320)]
    [TestCase(2048, Explicit = true, Reason = "the long form: docs/performance.md tells how")]
    [NUnit.Framework.Category("Corpus")]
    public void Exiftool_finds_no_trace_in_a_copy_of_any_readable_file(int longSide)
    {
        using var folder = new Intake.TemporaryFolder();
        var made = 0;
        var originals = Originals().ToList();
        Parallel.ForEach(originals.Index(), original =>
        {
            foreach (var format in Formats)
            {
                if (Copy(File.ReadAllBytes(original.Item), format, longSide) is { } copy)
                {
                    File.WriteAllBytes(folder[$"{original.Index}{copy.Extension}"], copy.Bytes.ToArray());
                    Interlocked.Increment(ref made);
                }
            }
        });

        TestContext.Out.WriteLine($"{made} copies of {originals.Count} files");
        Assert.That(TracesIn(folder.Path), Is.Empty);
        Assert.That(made, Is.GreaterThan(60));
    }

    private static IEnumerable<string> Originals() =>
        new[] { TestFiles.InRepository("node_modules/soft-ui-design-system/assets/img"), TestFiles.SharedPath("corpora/bad") }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    private static CleanCopy? Copy(byte[] original, CopyFormat format, int longSide)
    {
        try
        {
            return CleanCopy.Of(Photos.Decoder, original, new() { LongSide = longSide, Format = format });
        }
        catch (UnreadableImageException)
        {
            return null;
        }
    }

    // Every tag that exiftool shows of the files in a folder, unknown and doubled ones too, beside what a file cannot be without.
    private static List<string> TracesIn(string folder)
    {
        try
        {
            using var tool = Process.Start(new ProcessStartInfo("exiftool", ["-j", "-G1", "-a", "-u", "-U", "-s", "-e", "-ee", "-m", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = tool.StandardError.ReadToEndAsync();
            using var printed = JsonDocument.Parse(tool.StandardOutput.ReadToEnd());
            tool.WaitForExit();
            return [.. printed.RootElement.EnumerateArray().SelectMany(file => file.EnumerateObject()).Select(tag => tag.Name).Distinct()
                .Where(tag => !Structure.Any(known => known.EndsWith(':') ? tag.StartsWith(known, StringComparison.Ordinal) : tag == known))];
        }
        catch (Win32Exception)
        {
            Assert.Ignore("exiftool is not installed (Debian: libimage-exiftool-perl)");
            throw;
        }
    }
}
