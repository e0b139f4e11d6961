using System.Globalization;
using System.Runtime.InteropServices;

namespace PublicationGate.Imaging;

/// <summary>A libvips image: a header at once, pixels when something pulls them. Each method that transforms gives a new image.</summary>
internal sealed class VipsImage : SafeHandle
{
    public VipsImage(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <summary>Looks at RGB bytes that stay where they are as long as the image is in use.</summary>
    public static VipsImage FromPixels(nint bytes, int width, int height)
    {
        const int UnsignedChar = 0;
        // Where photos are decoded apart, this is the first that this process asks of libvips, and several threads at once.
        _ = LibVips.Version;
        var image = LibVips.vips_image_new_from_memory(bytes, (nuint)(width * height * 3), width, height, 3, UnsignedChar);
        return image != 0 ? new VipsImage(image) : throw new VipsException(LibVips.TakeError());
    }

    public override bool IsInvalid => handle == 0;

    public int Width => LibVips.vips_image_get_width(handle);

    public int Height => LibVips.vips_image_get_height(handle);

    private bool HasProfile => Has("icc-profile-data");

    private int Bands => LibVips.vips_image_get_bands(handle);

    /// <summary>Height of one frame where several stand below each other, else the height.</summary>
    public int PageHeight => LibVips.vips_image_get_page_height(handle);

    /// <summary>Frames or pages of the file, loaded or not; at least 1.</summary>
    public int Pages => Math.Max(1, LibVips.vips_image_get_n_pages(handle));

    /// <summary>EXIF orientation, 1 to 8, 1 being upright; null when the file does not say.</summary>
    public int? Orientation => Has("orientation") ? LibVips.vips_image_get_orientation(handle) : null;

    /// <summary>
    /// Shrinks, never enlarges, so that each frame fits a square of <paramref name="longSide"/>, and converts to sRGB by the embedded
    /// profile. Alpha is laid on white, as the web shows it.
    /// </summary>
    public VipsImage ToSrgb(int longSide)
    {
        var side = longSide.ToString(CultureInfo.InvariantCulture);
        var shrink = VipsOperation.Named("thumbnail_image").With("in", this).With("width", side).With("height", side).With("size", "down").With("no-rotate", "true");
        // Only where there is a profile: without one this costs five times the rest and changes nothing.
        using var small = HasProfile ? shrink.With("export-profile", "srgb").Run() : shrink.Run();
        using var rgb = VipsOperation.Named("colourspace").With("in", small).With("space", "srgb").Run();
        using var opaque = LibVips.vips_image_hasalpha(rgb.handle) != 0
            ? VipsOperation.Named("flatten").With("in", rgb).With("background", "255").Run()
            : rgb.Crop(0, rgb.Height);
        using var three = opaque.Bands > 3 ? VipsOperation.Named("extract_band").With("in", opaque).With("band", "0").With("n", "3").Run() : opaque.Crop(0, opaque.Height);
        using var bytes = VipsOperation.Named("cast").With("in", three).With("format", "uchar").Run();
        return bytes.InMemory();
    }

    /// <summary>Full width, rows <paramref name="top"/> to <paramref name="top"/> + <paramref name="height"/>.</summary>
    public VipsImage Crop(int top, int height) => Crop(0, top, Width, height);

    /// <summary>A part of the image.</summary>
    public VipsImage Crop(int left, int top, int width, int height) =>
        VipsOperation.Named("extract_area").With("input", this).With("left", Invariant(left)).With("top", Invariant(top)).With("width", Invariant(width)).With("height", Invariant(height)).Run();

    /// <summary>Resized by a factor. By a whole fraction each pixel is the mean of a square, which takes less than half the time.</summary>
    public VipsImage Resize(double factor)
    {
        var shrink = Math.Round(1 / factor);
        if (shrink >= 2 && shrink <= Math.Min(Width, Height) && Math.Abs((1 / factor) - shrink) < 1e-9)
        {
            var square = shrink.ToString(CultureInfo.InvariantCulture);
            return VipsOperation.Named("shrink").With("in", this).With("hshrink", square).With("vshrink", square).Run();
        }

        return VipsOperation.Named("resize").With("in", this).With("scale", factor.ToString(CultureInfo.InvariantCulture)).Run();
    }

    /// <summary>Every value multiplied, at most 255.</summary>
    public VipsImage Multiply(float factor)
    {
        using var bright = VipsOperation.Named("linear").With("in", this).With("a", factor.ToString(CultureInfo.InvariantCulture)).With("b", "0").With("uchar", "true").Run();
        return bright.InMemory();
    }

    /// <summary>Turned clockwise by 90, 180 or 270 degrees.</summary>
    public VipsImage Turn(int angle) => VipsOperation.Named("rot").With("in", this).With("angle", $"d{angle}").Run();

    /// <summary>Scaled, and turned clockwise by any angle in degrees; grey where nothing is.</summary>
    public VipsImage Tilt(int angle, float scale)
    {
        using var tilted = VipsOperation.Named("similarity").With("in", this).With("angle", Invariant(angle)).With("scale", scale.ToString(CultureInfo.InvariantCulture)).With("background", "128").Run();
        return VipsOperation.Named("cast").With("in", tilted).With("format", "uchar").Run();
    }

    /// <summary>Turned as the EXIF orientation asks.</summary>
    public VipsImage Upright() => VipsOperation.Named("autorot").With("in", this).Run();

    /// <summary>Decodes now.</summary>
    /// <exception cref="VipsException">The pixels are damaged.</exception>
    public VipsImage InMemory()
    {
        var copy = LibVips.vips_image_copy_memory(handle);
        return copy != 0 ? new VipsImage(copy) : throw new VipsException(LibVips.TakeError());
    }

    /// <summary>The pixels as RGB bytes; the image must have three bands of eight bits.</summary>
    public PixelImage ToPixels()
    {
        var memory = LibVips.vips_image_write_to_memory(handle, out var size);
        if (memory == 0)
        {
            throw new VipsException(LibVips.TakeError());
        }

        var pixels = new PixelImage(memory, Width, Height);
        return size == (nuint)pixels.Length ? pixels : throw new VipsException($"expected {pixels.Length} bytes of pixels, got {size}");
    }

    /// <summary>Writes a JPEG without any metadata.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveJpeg(string path)
    {
        try
        {
            // Quality 85: small, and without blocks that could pass for a detail.
            using var srgb = VipsOperation.Named("copy").With("in", this).With("interpretation", "srgb").Run();
            VipsOperation.Named("jpegsave").With("in", srgb).With("filename", path).With("Q", "85").With("keep", "none").RunWithoutOutput();
        }
        catch (VipsException cause)
        {
            throw new IOException($"{path}: {cause.Message}", cause);
        }
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private bool Has(string field) => LibVips.vips_image_get_typeof(handle, field) != 0;

    protected override bool ReleaseHandle()
    {
        LibVips.g_object_unref(handle);
        return true;
    }
}
