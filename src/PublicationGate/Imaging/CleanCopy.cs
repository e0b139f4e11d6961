using System.Globalization;
using PublicationGate.Intake;

namespace PublicationGate.Imaging;

/// <summary>
/// What may leave the gate of a picture: its pixels, upright and in sRGB, encoded anew. No metadata, no colour profile, no thumbnail, nothing behind
/// the end. Of an animation, or a file of several pages, the first picture. The same original and options give the same bytes. What people are
/// shown of a photo in the gate is one too, smaller.
/// </summary>
public sealed record CleanCopy
{
    private CleanCopy(byte[] bytes, CopyFormat format, int width, int height) => (Bytes, Format, Width, Height) = (bytes, format, width, height);

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its format.</summary>
    public CopyFormat Format { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The ending of the copy's name, with the dot.</summary>
    public string Extension => Format switch { CopyFormat.Png => ".png", CopyFormat.Webp => ".webp", _ => ".jpg" };

    /// <summary>Makes the copy.</summary>
    /// <param name="decoder">Decodes under the gate's limits.</param>
    /// <param name="original">The whole file as it was taken in.</param>
    /// <param name="options">Size and quality.</param>
    /// <param name="cancellationToken">Ends decoding.</param>
    /// <exception cref="UnreadableImageException">The original does not decode.</exception>
    public static CleanCopy Of(IImageDecoder decoder, ReadOnlyMemory<byte> original, CleanCopyOptions options, CancellationToken cancellationToken = default)
    {
        using var image = decoder.Open(original, cancellationToken);
        var header = image.ReadHeader();
        // Warnings were a reason to hold the original; whether it leaves in spite of them is not decided here.
        using var pixels = image.DecodeFrames(header, options.LongSide, () => { }).First();
        return Of(pixels, options, mayBeADrawing: header.Format is ImageFormat.Png or ImageFormat.Gif);
    }

    /// <summary>
    /// Makes a copy in which parts cannot be recognised. They are painted over in full size, before anything is shrunk, so that no pixel of them
    /// is mixed into those around them. Whether a face still shows is not looked at here.
    /// </summary>
    /// <param name="decoder">Decodes under the gate's limits.</param>
    /// <param name="original">The whole file as it was taken in.</param>
    /// <param name="options">Size and quality.</param>
    /// <param name="concealed">The parts, in pixels of the upright original; of an animation, in its first picture.</param>
    /// <param name="cancellationToken">Ends decoding.</param>
    /// <exception cref="UnreadableImageException">The original does not decode.</exception>
    public static CleanCopy Of(IImageDecoder decoder, ReadOnlyMemory<byte> original, CleanCopyOptions options, IReadOnlyList<ConcealedRegion> concealed, CancellationToken cancellationToken = default)
    {
        using var image = decoder.Open(original, cancellationToken);
        var header = image.ReadHeader();
        using var full = image.DecodeFrames(header, Math.Max(header.Width, header.Height), () => { }).First();
        Concealment.Apply(full, [.. concealed.Select(region => region.Shape)]);
        using var smaller = full.Resized(Math.Min(options.LongSide, Math.Max(full.Width, full.Height)));
        return Of(smaller ?? full, options, mayBeADrawing: header.Format is ImageFormat.Png or ImageFormat.Gif);
    }

    /// <summary>Encodes pixels, those of an original or an edited variant.</summary>
    /// <param name="pixels">Upright pixels in sRGB, already of the size wanted.</param>
    /// <param name="options">Quality and format; the size is not looked at.</param>
    /// <param name="mayBeADrawing">Whether PNG is tried where no format is asked for.</param>
    public static CleanCopy Of(PixelImage pixels, CleanCopyOptions options, bool mayBeADrawing)
    {
        var format = options.Format ?? CopyFormat.Jpeg;
        var bytes = Encode(pixels, format, options.Quality);
        if (options.Format is null && mayBeADrawing && Encode(pixels, CopyFormat.Png, options.Quality) is var lossless && lossless.Length <= bytes.Length)
        {
            (bytes, format) = (lossless, CopyFormat.Png);
        }

        return new(bytes, format, pixels.Width, pixels.Height);
    }

    private static byte[] Encode(PixelImage pixels, CopyFormat format, int quality)
    {
        using var image = VipsImage.FromPixels(pixels.DangerousGetHandle(), pixels.Width, pixels.Height);
        using var srgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
        var q = quality.ToString(CultureInfo.InvariantCulture);
        var save = format switch
        {
            CopyFormat.Png => VipsOperation.Named("pngsave_buffer").With("in", srgb).With("compression", "9"),
            CopyFormat.Webp => VipsOperation.Named("webpsave_buffer").With("in", srgb).With("Q", q),
            _ => VipsOperation.Named("jpegsave_buffer").With("in", srgb).With("Q", q).With("optimize-coding", "true"),
        };

        // Unless told to keep nothing, libvips adds an EXIF segment of its own, which says that the picture is upright.
        return save.With("keep", "none").RunToBytes();
    }
}
