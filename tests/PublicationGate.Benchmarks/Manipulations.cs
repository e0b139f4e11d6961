using System.Globalization;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>What happens to a picture between two places: twelve ways, and some beyond what is promised. All by libvips.</summary>
internal static class Manipulations
{
    /// <summary>The twelve that recall is measured on.</summary>
    public static IReadOnlyList<(string Name, Func<VipsImage, Random, byte[]> Apply)> Twelve { get; } =
    [
        ("rescaled to 640, JPEG 85", (image, _) => Jpeg(Scaled(image, 640), 85)),
        ("thumbnail of 200, JPEG 80", (image, _) => Jpeg(Scaled(image, 200), 80)),
        ("recompressed, JPEG 40", (image, _) => Jpeg(image, 40)),
        ("messenger: 1024, JPEG 20", (image, _) => Jpeg(Scaled(image, 1024), 20)),
        ("WebP 40", (image, _) => Saved(image, "webpsave", ("Q", "40"))),
        ("cropped 10 %, anywhere", (image, random) => Jpeg(Cropped(image, random.NextDouble(), random.NextDouble(), 0.1, 0.1), 85)),
        ("cropped 3-10 % off one side", (image, random) => Jpeg(OneSide(image, random), 85)),
        ("brighter, more contrast", (image, _) => Jpeg(Linear(image, 1.2, 10), 85)),
        ("darker", (image, _) => Jpeg(Linear(image, 0.7, 0), 85)),
        ("grey", (image, _) => Jpeg(Grey(image), 85)),
        ("screenshot of a telephone", (image, random) => Jpeg(Phone(image, random), 80)),
        ("screenshot of a window", (image, random) => Saved(Window(image, random), "pngsave")),
    ];

    /// <summary>Further everyday ones.</summary>
    public static IReadOnlyList<(string Name, Func<VipsImage, Random, byte[]> Apply)> Further { get; } =
    [
        ("half the size", (image, _) => Jpeg(Scaled(image, Math.Max(image.Width, image.Height) / 2), 85)),
        ("a quarter of the size", (image, _) => Jpeg(Scaled(image, Math.Max(image.Width, image.Height) / 4), 85)),
        ("recompressed, JPEG 30", (image, _) => Jpeg(image, 30)),
        ("recompressed, JPEG 60", (image, _) => Jpeg(image, 60)),
        ("cropped 5 % off every side", (image, _) => Jpeg(Cropped(image, 0.5, 0.5, 0.1, 0.1), 85)),
        ("slightly blurred", (image, _) => Jpeg(VipsOperation.Named("gaussblur").With("in", image).With("sigma", "1.5").Run(), 85)),
        ("white border of 4 %", (image, _) => Jpeg(Bordered(image, image.Width / 25), 85)),
        ("rotated by 1 degree", (image, _) => Jpeg(Rotated(image, 1), 85)),
        ("rotated by 2 degrees", (image, _) => Jpeg(Rotated(image, 2), 85)),
    ];

    /// <summary>Beyond the promise.</summary>
    public static IReadOnlyList<(string Name, Func<VipsImage, Random, byte[]> Apply)> Beyond { get; } =
    [
        ("mirrored", (image, _) => Jpeg(VipsOperation.Named("flip").With("in", image).With("direction", "horizontal").Run(), 85)),
        ("turned by 90 degrees", (image, _) => Jpeg(image.Turn(90), 85)),
        ("blurred", (image, _) => Jpeg(VipsOperation.Named("gaussblur").With("in", image).With("sigma", "3").Run(), 85)),
        ("text over the lower eighth", (image, random) => Jpeg(Captioned(image, random), 85)),
        ("cropped 5-10 % off every side", (image, random) => Jpeg(Cropped(image, random.NextDouble(), random.NextDouble(), 0.1 + (random.NextDouble() * 0.1), 0.1 + (random.NextDouble() * 0.1)), 85)),
        ("square from the middle", (image, _) => Jpeg(Square(image), 85)),
    ];

    public static VipsImage Scaled(VipsImage image, int longSide) => VipsOperation.Named("thumbnail_image").With("in", image).With("width", Number(longSide)).With("height", Number(longSide)).With("size", "both").Run();

    public static VipsImage Area(VipsImage image, int left, int top, int width, int height) =>
        VipsOperation.Named("extract_area").With("input", image).With("left", Number(left)).With("top", Number(top)).With("width", Number(width)).With("height", Number(height)).Run();

    private static VipsImage Cropped(VipsImage image, double x, double y, double shareX, double shareY)
    {
        var (width, height) = ((int)(image.Width * (1 - shareX)), (int)(image.Height * (1 - shareY)));
        return Area(image, (int)((image.Width - width) * x), (int)((image.Height - height) * y), width, height);
    }

    private static VipsImage OneSide(VipsImage image, Random random)
    {
        var share = 0.03 + (random.NextDouble() * 0.07);
        return random.Next(4) switch
        {
            0 => Cropped(image, 0, 0, share, 0),
            1 => Cropped(image, 1, 0, share, 0),
            2 => Cropped(image, 0, 0, 0, share),
            _ => Cropped(image, 0, 1, 0, share),
        };
    }

    private static VipsImage Square(VipsImage image)
    {
        var side = Math.Min(image.Width, image.Height);
        return Area(image, (image.Width - side) / 2, (image.Height - side) / 2, side, side);
    }

    private static VipsImage Linear(VipsImage image, double factor, double plus) =>
        VipsOperation.Named("linear").With("in", image).With("a", Number(factor)).With("b", Number(plus)).With("uchar", "true").Run();

    private static VipsImage Bordered(VipsImage image, int border) => Embedded(image, border, border, image.Width + (2 * border), image.Height + (2 * border), 255);

    // Straightened by hand: what the corners would show is cut off.
    private static VipsImage Rotated(VipsImage image, double degrees)
    {
        using var turned = VipsOperation.Named("rotate").With("in", image).With("angle", Number(degrees)).Run();
        var cut = Math.Tan(degrees * Math.PI / 180);
        var (x, y) = ((int)(image.Height * cut), (int)(image.Width * cut));
        var (left, top) = ((turned.Width - image.Width + (2 * x)) / 2, (turned.Height - image.Height + (2 * y)) / 2);
        return Area(turned, left, top, turned.Width - (2 * left), turned.Height - (2 * top));
    }

    private static VipsImage Grey(VipsImage image)
    {
        using var grey = VipsOperation.Named("colourspace").With("in", image).With("space", "b-w").Run();
        return VipsOperation.Named("colourspace").With("in", grey).With("space", "srgb").Run();
    }

    // The picture as wide as the screen, black around it, clock and battery above, buttons below.
    private static VipsImage Phone(VipsImage image, Random random)
    {
        const int Width = 720, Height = 1560;
        using var small = VipsOperation.Named("thumbnail_image").With("in", image).With("width", Number(Width)).With("height", Number(Height)).With("size", "both").Run();
        var grey = random.Next(2) == 0 ? 0 : 255;
        var screen = Embedded(small, (Width - small.Width) / 2, (Height - small.Height) / 2, Width, Height, grey);
        if (small.Height > Height - 200)
        {
            return screen;
        }

        var ink = 255 - grey;
        return Drawn(screen, ink, (30, 20, 70, 22), (600, 20, 90, 22), (130, Height - 70, 40, 40), (340, Height - 70, 40, 40), (550, Height - 70, 40, 40));
    }

    // A light window with a title bar, a row of buttons, and a margin.
    private static VipsImage Window(VipsImage image, Random random)
    {
        using var small = Scaled(image, 900);
        var margin = 6 + random.Next(40);
        var (width, height) = (small.Width + (2 * margin), small.Height + (2 * margin) + 60);
        var window = Embedded(small, margin, margin + 60, width, height, 236);
        return Drawn(window, 90, (12, 18, width / 5, 14), (width - 90, 16, 16, 16), (width - 60, 16, 16, 16), (width - 30, 16, 16, 16));
    }

    private static VipsImage Captioned(VipsImage image, Random random)
    {
        var height = image.Height / 8;
        var boxes = Enumerable.Range(0, 12).Select(i => ((int)(image.Width * (0.05 + (i * 0.075))), image.Height - height + (height / 3), (int)(image.Width * (0.02 + (random.NextDouble() * 0.04))), height / 3));
        return Drawn(Drawn(image, 20, (0, image.Height - height, image.Width, height)), 240, [.. boxes]);
    }

    private static VipsImage Embedded(VipsImage image, int x, int y, int width, int height, int grey) =>
        VipsOperation.Named("embed").With("in", image).With("x", Number(x)).With("y", Number(y)).With("width", Number(width)).With("height", Number(height))
            .With("extend", "background").With("background", Number(grey)).Run();

    private static VipsImage Drawn(VipsImage image, int ink, params (int Left, int Top, int Width, int Height)[] boxes)
    {
        foreach (var (left, top, width, height) in boxes)
        {
            using var box = VipsOperation.Named("black").With("width", Number(width)).With("height", Number(height)).With("bands", "3").Run();
            using var inked = Linear(box, 1, ink);
            image = VipsOperation.Named("insert").With("main", image).With("sub", inked).With("x", Number(left)).With("y", Number(top)).Run();
        }

        return image;
    }

    public static byte[] Jpeg(VipsImage image, int quality) => Saved(image, "jpegsave", ("Q", Number(quality)));

    private static byte[] Saved(VipsImage image, string operation, params (string Argument, string Value)[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"publication-gate-hashes-{Guid.NewGuid():N}");
        try
        {
            using var srgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
            arguments.Aggregate(VipsOperation.Named(operation).With("in", srgb).With("filename", path).With("keep", "none"), (save, given) => save.With(given.Argument, given.Value)).RunWithoutOutput();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
