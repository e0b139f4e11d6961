using System.Buffers.Binary;
using System.Globalization;

using PublicationGate.Intake;

namespace PublicationGate.Imaging;

/// <summary>The one libvips loader of each format, and how it is asked for fewer pixels or for one page.</summary>
internal static class ImageLoader
{
    /// <summary>The nickname of the loader of each format that the gate reads.</summary>
    public static IReadOnlyDictionary<ImageFormat, string> Names { get; } = new Dictionary<ImageFormat, string>
    {
        [ImageFormat.Jpeg] = "jpegload_buffer",
        [ImageFormat.Png] = "pngload_buffer",
        [ImageFormat.Webp] = "webpload_buffer",
        [ImageFormat.Gif] = "gifload_buffer",
        [ImageFormat.Tiff] = "tiffload_buffer",
        [ImageFormat.Avif] = "heifload_buffer",
    };

    /// <summary>
    /// GIF and WebP frames build on the frames before them, so all are loaded as one strip; a page of a TIFF or AVIF is loaded alone,
    /// since pages may differ in size.
    /// </summary>
    public static bool LoadsFramesAsStrip(ImageFormat format) => format is ImageFormat.Gif or ImageFormat.Webp;

    /// <summary>Opens a file's header; pixels are decoded when pulled, in order, and any error of at least <paramref name="failOn"/> fails.</summary>
    public static VipsImage Open(ImageFormat format, nint data, int length, string failOn, int page = 0, int pages = 1, int shrink = 1)
    {
        var load = VipsOperation.Named(Names[format]).With("buffer", data, length).With("fail-on", failOn).With("access", "sequential");
        if (format is ImageFormat.Gif or ImageFormat.Webp or ImageFormat.Tiff or ImageFormat.Avif)
        {
            load = load.With("page", page.ToString(CultureInfo.InvariantCulture)).With("n", pages.ToString(CultureInfo.InvariantCulture));
        }

        // libjpeg decodes at 1/2, 1/4 or 1/8 for a fraction of the cost; libwebp scales while it decodes.
        return format switch
        {
            ImageFormat.Jpeg => load.With("shrink", shrink.ToString(CultureInfo.InvariantCulture)).Run(),
            ImageFormat.Webp => load.With("scale", (1.0 / shrink).ToString(CultureInfo.InvariantCulture)).Run(),
            _ => load.Run(),
        };
    }

    /// <summary>
    /// An animation of which libvips would only see the first picture: the acTL chunk of an animated PNG, which stands before the first
    /// IDAT, or the brand of an AVIF image sequence.
    /// </summary>
    public static bool HidesFrames(ImageFormat format, ReadOnlySpan<byte> content) => format switch
    {
        ImageFormat.Png => HasAnimationControl(content[8..]),
        ImageFormat.Avif => content[8..(int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(content), 8, (uint)content.Length)].IndexOf("avis"u8) >= 0,
        _ => false,
    };

    private static bool HasAnimationControl(ReadOnlySpan<byte> chunks)
    {
        while (chunks.Length >= 12 && !chunks.Slice(4, 4).SequenceEqual("IDAT"u8))
        {
            if (chunks.Slice(4, 4).SequenceEqual("acTL"u8))
            {
                return true;
            }

            var size = 12 + (long)BinaryPrimitives.ReadUInt32BigEndian(chunks);
            chunks = chunks[(int)Math.Min(size, chunks.Length)..];
        }

        return false;
    }
}
