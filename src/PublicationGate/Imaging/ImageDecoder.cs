using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Imaging;

/// <summary>
/// Reads pictures that nobody trusts: the format by content, sizes from the header before any pixel, damage as an error. libvips by
/// default paints what is missing and calls it success; here such a file never decodes.
/// </summary>
/// <param name="limits">How large a picture may be.</param>
/// <param name="metadata">Reads what travels along.</param>
public sealed class ImageDecoder(ImageLimits limits, MetadataReader metadata) : IImageDecoder
{
    // What libvips and the libraries below it say when they get none; also where a file asks for more than any machine has.
    private static readonly string[] NoMemory = ["out of memory", "insufficient memory", "memory allocation", "not enough memory"];

    /// <summary>A decoder that logs nothing.</summary>
    public ImageDecoder(ImageLimits limits)
        : this(limits, new MetadataReader(NullLogger<MetadataReader>.Instance))
    {
    }

    /// <summary>Version of libvips.</summary>
    /// <exception cref="DllNotFoundException">libvips is not beside the program.</exception>
    public static string EngineVersion => LibVips.Version;

    /// <summary>Names of the libvips loaders that may run, one a format.</summary>
    public static IEnumerable<string> Loaders => ImageLoader.Names.Values;

    /// <inheritdoc/>
    public IOpenImage Open(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => new OpenedHere(this, metadata, content);

    /// <inheritdoc/>
    public MetadataFacts ReadSidecar(Sidecar sidecar, CancellationToken cancellationToken) => metadata.ReadSidecar(sidecar);

    /// <summary>Reads the header and holds it against the limits. No pixel is decoded.</summary>
    /// <param name="content">The whole file.</param>
    /// <exception cref="UnreadableImageException">The type cannot be read, the header is damaged, or the picture exceeds the limits.</exception>
    public ImageHeader ReadHeader(ReadOnlyMemory<byte> content)
    {
        var format = Recognise(content.Span);
        using var pinned = content.Pin();
        using var image = Guard(() => ImageLoader.Open(format, Address(pinned), content.Length, "error"));
        CheckLimits(image.Width, image.PageHeight, image.Pages);
        var sideways = image.Orientation >= 5;
        return new ImageHeader(format, sideways ? image.PageHeight : image.Width, sideways ? image.Width : image.PageHeight, image.Pages, image.Orientation);
    }

    /// <summary>
    /// Decodes every frame, upright, in sRGB, shrunk so that the long side is at most <paramref name="longSide"/>; never enlarged.
    /// Frames arrive one at a time; the caller disposes each.
    /// </summary>
    /// <param name="content">The whole file, unchanged since <see cref="ReadHeader"/>.</param>
    /// <param name="header">What <see cref="ReadHeader"/> gave.</param>
    /// <param name="longSide">Longest side wanted, in pixels.</param>
    /// <param name="onWarning">Called when a frame only decodes with warnings: such a picture must be held.</param>
    /// <exception cref="UnreadableImageException">Pixels are damaged or missing, or a page exceeds the limits; thrown while enumerating.</exception>
    public IEnumerable<PixelImage> DecodeFrames(ReadOnlyMemory<byte> content, ImageHeader header, int longSide, Action onWarning)
    {
        using var pinned = content.Pin();
        var address = Address(pinned);
        var asStrip = ImageLoader.LoadsFramesAsStrip(header.Format);
        long pixelsBefore = 0;
        for (var page = 0; page < (asStrip ? 1 : header.Frames); page++)
        {
            using var strip = Load(page, asStrip ? header.Frames : 1);
            for (var frame = 0; frame < strip.Height / strip.PageHeight; frame++)
            {
                yield return Guard(() => ToPixels(strip, frame));
            }
        }

        // Strict first: only a file that fails there is decoded once more, to tell damage from mere warnings.
        VipsImage Load(int page, int pages)
        {
            try
            {
                return LoadAt("warning", page, pages);
            }
            catch (VipsException)
            {
                var image = Guard(() => LoadAt("error", page, pages));
                onWarning();
                return image;
            }
        }

        VipsImage LoadAt(string failOn, int page, int pages)
        {
            using var full = ImageLoader.Open(header.Format, address, content.Length, failOn, page, pages, Shrink(header, longSide));
            CheckLimits(full.Width, full.PageHeight, pages, pixelsBefore);
            var small = full.ToSrgb(longSide);
            pixelsBefore += (long)full.Width * full.Height;
            return small;
        }
    }

    private void CheckLimits(int width, int height, int frames, long pixelsBefore = 0)
    {
        if (frames > limits.Frames)
        {
            throw new UnreadableImageException(ImageProblem.TooManyFrames, $"{frames} frames");
        }

        if (width > limits.Side || height > limits.Side || ((long)width * height * frames) + pixelsBefore > limits.Pixels)
        {
            throw new UnreadableImageException(ImageProblem.TooManyPixels, $"{width} x {height} x {frames}");
        }
    }

    // The largest of 1, 2, 4, 8 that still leaves at least the wanted size, so that the final shrink starts from more than it needs.
    private static int Shrink(ImageHeader header, int longSide)
    {
        var shrink = 1;
        while (shrink < 8 && Math.Max(header.Width, header.Height) / (shrink * 2) >= longSide)
        {
            shrink *= 2;
        }

        return shrink;
    }

    private static PixelImage ToPixels(VipsImage strip, int frame)
    {
        if (strip.PageHeight == strip.Height && strip.Orientation is null or 1)
        {
            return strip.ToPixels();
        }

        using var one = strip.Crop(frame * strip.PageHeight, strip.PageHeight);
        using var upright = one.Upright();
        return upright.ToPixels();
    }

    private static ImageFormat Recognise(ReadOnlySpan<byte> content)
    {
        var format = ImageSignature.Recognise(content);
        var problem = format switch
        {
            ImageFormat.Unknown => ImageProblem.NotAPicture,
            ImageFormat.Heic => ImageProblem.Heic,
            ImageFormat.OtherMedia => ImageProblem.UnsupportedType,
            _ => ImageLoader.HidesFrames(format, content) ? ImageProblem.UnreadableAnimation : ImageProblem.None,
        };
        return problem == ImageProblem.None ? format : throw new UnreadableImageException(problem, format.ToString());
    }

    private static T Guard<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (VipsException broken)
        {
            throw new UnreadableImageException(IsForMemory(broken) ? ImageProblem.TooDemanding : ImageProblem.Damaged, broken.Message);
        }
    }

    private static bool IsForMemory(VipsException broken) => NoMemory.Any(said => broken.Message.Contains(said, StringComparison.OrdinalIgnoreCase));

    private static unsafe nint Address(System.Buffers.MemoryHandle pinned) => (nint)pinned.Pointer;

    private sealed class OpenedHere(ImageDecoder decoder, MetadataReader metadata, ReadOnlyMemory<byte> content) : IOpenImage
    {
        public ImageHeader ReadHeader() => decoder.ReadHeader(content);

        public IEnumerable<PixelImage> DecodeFrames(ImageHeader header, int longSide, Action onWarning) => decoder.DecodeFrames(content, header, longSide, onWarning);

        public MetadataFacts ReadMetadata(ImageFormat format, PictureView shown) => metadata.Read(content, format, shown);

        public void Dispose()
        {
            // Nothing is kept between calls.
        }
    }
}
