using System.Globalization;
using PublicationGate.Imaging;

namespace PublicationGate.Tests.Support;

/// <summary>What happens to photos in the world: turned, tilted, darkened, blurred, shrunk, and joined to animations. All by libvips.</summary>
internal static class Edits
{
    /// <summary>The first frame of a file.</summary>
    public static PixelImage Open(byte[] file, int longSide = 1280) => Photos.Decoder.DecodeFrames(file, Photos.Decoder.ReadHeader(file), longSide, () => { }).First();

    /// <summary>The picture turned clockwise by any angle; grey where nothing is.</summary>
    public static PixelImage Tilted(this PixelImage picture, int degrees) =>
        picture.Through(image => VipsOperation.Named("rotate").With("in", image).With("angle", Invariant(degrees)).With("background", "128").Run());

    public static PixelImage Blurred(this PixelImage picture, double sigma) =>
        picture.Through(image => VipsOperation.Named("gaussblur").With("in", image).With("sigma", Invariant(sigma)).Run());

    /// <summary>Every value times a factor, plus a constant.</summary>
    public static PixelImage Toned(this PixelImage picture, double factor, double plus = 0) =>
        picture.Through(image => VipsOperation.Named("linear").With("in", image).With("a", Invariant(factor)).With("b", Invariant(plus)).With("uchar", "true").Run());

    public static PixelImage Shrunk(this PixelImage picture, double factor) =>
        picture.Through(image => VipsOperation.Named("resize").With("in", image).With("scale", Invariant(factor)).Run());

    /// <summary>Left and right swapped.</summary>
    public static PixelImage Mirrored(this PixelImage picture) =>
        picture.Through(image => VipsOperation.Named("flip").With("in", image).With("direction", "horizontal").Run());

    /// <summary>A part of the picture: <paramref name="width"/> and <paramref name="height"/> as shares, and where it lies from 0 (left, top) to 1.</summary>
    public static PixelImage Part(this PixelImage picture, double x, double y, double width, double height)
    {
        var (wide, high) = ((int)(picture.Width * width), (int)(picture.Height * height));
        return picture.Through(image => VipsOperation.Named("extract_area").With("input", image).With("left", Invariant((int)((picture.Width - wide) * x)))
            .With("top", Invariant((int)((picture.Height - high) * y))).With("width", Invariant(wide)).With("height", Invariant(high)).Run());
    }

    /// <summary>The picture in the middle of a plain field.</summary>
    public static PixelImage WithinBars(this PixelImage picture, int width, int height, byte grey) =>
        picture.Through(image => VipsOperation.Named("embed").With("in", image).With("x", Invariant((width - picture.Width) / 2)).With("y", Invariant((height - picture.Height) / 2))
            .With("width", Invariant(width)).With("height", Invariant(height)).With("extend", "background").With("background", Invariant(grey)).Run());

    /// <summary>The picture as a file without metadata; PNG, so that nothing is lost.</summary>
    public static byte[] AsPng(this PixelImage picture) => Saved(picture, "pngsave", ("compression", "1"));

    /// <summary>Pictures of one size as the frames of an animation: <c>gif</c> or <c>webp</c>.</summary>
    public static byte[] Animation(string format, params PixelImage[] frames)
    {
        using var strip = Pictures.OfBytes(frames[0].Width, frames[0].Height * frames.Length, [.. frames.SelectMany(frame => frame.Bytes.ToArray())]);
        (string, string)[] lossless = format == "webp" ? [("lossless", "true")] : [];
        return Saved(strip, format + "save", [("page-height", Invariant(frames[0].Height)), .. lossless]);
    }

    private static byte[] Saved(PixelImage picture, string operation, params (string Argument, string Value)[] arguments)
    {
        using var folder = new Intake.TemporaryFolder();
        using var image = VipsImage.FromPixels(picture.DangerousGetHandle(), picture.Width, picture.Height);
        using var srgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
        // Unless told to keep nothing, libvips adds an EXIF segment of its own, which says that the picture is upright.
        var save = VipsOperation.Named(operation).With("in", srgb).With("filename", folder["x"]).With("keep", "none");
        arguments.Aggregate(save, (saving, given) => saving.With(given.Argument, given.Value)).RunWithoutOutput();
        return File.ReadAllBytes(folder["x"]);
    }

    private static PixelImage Through(this PixelImage picture, Func<VipsImage, VipsImage> edit)
    {
        using var image = VipsImage.FromPixels(picture.DangerousGetHandle(), picture.Width, picture.Height);
        using var edited = edit(image);
        using var bytes = VipsOperation.Named("cast").With("in", edited).With("format", "uchar").Run();
        return bytes.ToPixels();
    }

    private static string Invariant(double number) => number.ToString(CultureInfo.InvariantCulture);
}
