namespace PublicationGate.Intake;

/// <summary>Tells by its first bytes whether a file is an image, whatever its name says.</summary>
internal static class ImageSignature
{
    /// <summary>How many bytes from the start are looked at.</summary>
    public const int Length = 32;

    private static readonly byte[][] Starts =
    [
        [0xFF, 0xD8, 0xFF], // JPEG
        [0x89, (byte)'P', (byte)'N', (byte)'G'],
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8'],
        [(byte)'I', (byte)'I', 0x2A, 0], // TIFF, and BigTIFF below; both byte orders
        [(byte)'M', (byte)'M', 0, 0x2A],
        [(byte)'I', (byte)'I', 0x2B, 0],
        [(byte)'M', (byte)'M', 0, 0x2B],
        [0xFF, 0x0A], // JPEG XL, bare and boxed
        [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' '],
        [0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' '], // JPEG 2000
    ];

    /// <summary>True for JPEG, PNG, GIF, TIFF, WebP, BMP, JPEG XL, JPEG 2000 and ISO media files (AVIF, HEIC, films).</summary>
    public static bool IsAt(byte[] start) =>
        Array.Exists(Starts, signature => start.AsSpan().StartsWith(signature))
        || (At(start, 0, "RIFF"u8) && At(start, 8, "WEBP"u8))
        || At(start, 4, "ftyp"u8)
        // Two letters also begin a text ("BM..."); only the bitmap header holds zero bytes.
        || (At(start, 0, "BM"u8) && start.Contains((byte)0));

    private static bool At(byte[] start, int offset, ReadOnlySpan<byte> signature) =>
        start.Length >= offset + signature.Length && start.AsSpan(offset).StartsWith(signature);
}
