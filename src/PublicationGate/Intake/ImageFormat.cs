using System.Buffers.Binary;

namespace PublicationGate.Intake;

/// <summary>What the first bytes of a file say it is. The name of a file is never asked.</summary>
public enum ImageFormat
{
    /// <summary>Nothing that the gate recognises.</summary>
    Unknown,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG, animated PNG included.</summary>
    Png,

    /// <summary>WebP, still or animated.</summary>
    Webp,

    /// <summary>GIF, still or animated.</summary>
    Gif,

    /// <summary>TIFF, one or several pages.</summary>
    Tiff,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>HEIC or HEIF: recognised, not readable, since no HEVC decoder comes with the gate.</summary>
    Heic,

    /// <summary>A picture or film of another kind (BMP, JPEG XL, JPEG 2000, PSD, SVG, PDF, MP4 and so on): recognised, not readable.</summary>
    OtherMedia,
}

/// <summary>Recognises a format by its magic bytes.</summary>
public static class ImageSignature
{
    /// <summary>How many bytes from the start of a file <see cref="Recognise"/> looks at, at most.</summary>
    public const int Length = 32;

    /// <summary>The format that the first bytes of a file announce.</summary>
    public static ImageFormat Recognise(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => FromBrands(start),
        _ => IsOtherMedia(start) ? ImageFormat.OtherMedia : ImageFormat.Unknown,
    };

    // ISO/IEC 14496-12: the major brand at byte 8, a version, then compatible brands up to the size that the box states.
    private static ImageFormat FromBrands(ReadOnlySpan<byte> start)
    {
        var box = start[..(int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(start), 8, (uint)start.Length)];
        var result = ImageFormat.OtherMedia;
        for (var at = 8; at + 4 <= box.Length; at += 4)
        {
            var brand = box.Slice(at, 4);
            if (at == 12)
            {
                continue;
            }

            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            {
                return ImageFormat.Avif;
            }

            if (brand[..2].SequenceEqual("he"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8))
            {
                result = ImageFormat.Heic;
            }
        }

        return result;
    }

    // BMP, Photoshop, PDF, SVG, Matroska, JPEG XL (bare and boxed), JPEG 2000 (boxed and bare), AVI.
    private static bool IsOtherMedia(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] or [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] or [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => true,
        [(byte)'<', (byte)'s', (byte)'v', (byte)'g', ..] or [0x1A, 0x45, 0xDF, 0xA3, ..] or [0xFF, 0x0A, ..] => true,
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => true,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'A', (byte)'V', (byte)'I', ..] => true,
        _ => false,
    };
}
