using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>A picture that hashes are measured on.</summary>
/// <param name="Name">File, with <c>#0</c> to <c>#8</c> for its regions.</param>
/// <param name="Photograph">The photograph that it is of; those of one sitting count as one.</param>
/// <param name="Pixels">Its pixels, as the gate decodes them.</param>
internal sealed record HashedPicture(string Name, string Photograph, PixelImage Pixels)
{
    public bool IsRegion => Name.Contains('#', StringComparison.Ordinal);
}

/// <summary>
/// The photographs at hand, whole, and the nine regions of each that is large enough: a region shows other things than its neighbours, so
/// it serves as a picture of its own, and it is harder, since photographers do not frame it.
/// </summary>
internal static class HashPhotographs
{
    private const int SmallestRegion = 150;

    // Photographs of the same person made in one go; two of them are neither copies nor plainly different.
    private static readonly string[][] Sittings = [["brooke", "ivana-square"], ["bruce-mars", "jordan"], ["kal-visuals", "kal-visuals-square"]];

    // The photographs among the files that test decoders.
    private static readonly string[] OfDecoderTests =
    [
        "AOMediaCodec+libavif/tests/data/io/kodim03_yuv420_8bpc.avif", "AOMediaCodec+libavif/tests/data/io/kodim23_yuv420_8bpc.avif",
        "AOMediaCodec+libavif/tests/data/seine_hdr_gainmap_srgb.avif", "MikeKovarik+exifr/test/fixtures/BonTonARTSTORplusIPTC.jpg",
        "MikeKovarik+exifr/test/fixtures/Bush-dog.jpg", "MikeKovarik+exifr/test/fixtures/avif/Irvine_CA.avif",
        "MikeKovarik+exifr/test/fixtures/iptc-independent-photographer-example.jpg",
        "MikeKovarik+exifr/test/fixtures/issue-exifr-41-Error_Segment_Unreachable.jpg",
        "golang+image/testdata/blue-purple-pink-large.normal-filter.lossy.webp", "image-rs+image-webp/tests/images/gallery2/1_webp_ll.webp",
        "image-rs+jpeg-decoder/tests/reftest/images/mjpeg.jpg", "libgd+libgd/tests/tiff/tiff-conformance/valid/jim___cg.tif",
        "lovell+sharp/test/fixtures/Channel_digital_image_CMYK_color_no_profile.jpg", "lovell+sharp/test/fixtures/Landscape_9.jpg",
        "lovell+sharp/test/fixtures/concert.jpg",
    ];

    public static List<HashedPicture> Read(string? folder)
    {
        var shared = Path.Combine(Project.Root, "..", "shared");
        var files = folder is not null ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            : [
                .. Directory.GetFiles(Path.Combine(Project.Root, "node_modules/soft-ui-design-system/assets/img"), "*.jpg"),
                .. Directory.GetFiles(Path.Combine(shared, "faces")).Where(file => Path.GetExtension(file) is ".jpg" or ".png"),
                .. OfDecoderTests.Select(file => Path.Combine(shared, "corpora/bad", file)).Where(File.Exists),
            ];
        return [.. files.Order(StringComparer.Ordinal).SelectMany(file => IsPicture(file) ? Pictures(file) : [])];
    }

    // What is no picture is told of, so that nobody counts it in.
    private static bool IsPicture(string file)
    {
        try
        {
            var decoder = new ImageDecoder(new ImageLimits());
            var content = File.ReadAllBytes(file);
            using var pixels = decoder.DecodeFrames(content, decoder.ReadHeader(content), 1280, () => { }).First();
            return true;
        }
        catch (UnreadableImageException)
        {
            Console.Error.WriteLine($"left out: {file}");
            return false;
        }
    }

    private static IEnumerable<HashedPicture> Pictures(string file)
    {
        const int Across = 3;
        var (name, content, decoder) = (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file), new ImageDecoder(new ImageLimits()));
        var photograph = Sittings.FirstOrDefault(sitting => sitting.Contains(name))?[0] ?? name;
        var pixels = decoder.DecodeFrames(content, decoder.ReadHeader(content), 1280, () => { }).First();
        yield return new HashedPicture(name, photograph, pixels);
        var (width, height) = (pixels.Width / Across, pixels.Height / Across);
        for (var region = 0; region < Across * Across && Math.Min(width, height) >= SmallestRegion; region++)
        {
            using var image = VipsImage.FromPixels(pixels.DangerousGetHandle(), pixels.Width, pixels.Height);
            using var area = Manipulations.Area(image, region % Across * width, region / Across * height, width, height);
            yield return new HashedPicture($"{name}#{region}", photograph, area.ToPixels());
        }
    }
}
