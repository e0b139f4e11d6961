using System.Buffers.Binary;

namespace PublicationGate.Intake;

/// <summary>
/// Tells a whole file from one that is still being copied. Looks at the ends and at the lengths that formats state; it does not decode, so a
/// file that is whole may well be damaged.
/// </summary>
/// <remarks>A wrong "whole" does no harm: such a file does not decode and is held, and once the rest comes it is a new file.</remarks>
public static class FileCompleteness
{
    // Larger than a block of any disk: copies that set room aside first leave whole blocks of zeros.
    private const int Tail = 512;

    /// <summary>Looks at the file at <paramref name="path"/>; never throws for what stands on the disk.</summary>
    public static FileEnd Of(string path)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 64 * 1024 });
            return Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileEnd.Unreadable;
        }
    }

    /// <summary>Looks at a stream that can seek.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public static FileEnd Of(Stream file)
    {
        Span<byte> start = stackalloc byte[ImageSignature.Length];
        start = start[..ReadAt(file, 0, start)];
        if (start.IndexOfAnyExcept((byte)0) < 0)
        {
            return FileEnd.Empty;
        }

        return IsWhole(file, start) ? FileEnd.Present : FileEnd.Missing;
    }

    /// <summary>Fills <paramref name="buffer"/> from a place in the file, as far as the file reaches; returns the number of bytes.</summary>
    internal static int ReadAt(Stream file, long position, Span<byte> buffer)
    {
        file.Position = position;
        return file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    private static bool IsWhole(Stream file, ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => RiffIsWhole(file, start),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => IsoEnd.IsThere(file, 0),
        _ => ImageSignature.Recognise(start) switch
        {
            ImageFormat.Jpeg => JpegEnd.IsThere(file),
            ImageFormat.Png => PngIsWhole(file),
            ImageFormat.Gif => GifEnd.IsThere(file),
            ImageFormat.Tiff => TiffEnd.IsThere(file),
            _ => !CouldBecomeAPicture(start),
        },
    };

    // Fewer bytes than the mark of a format has: it cannot be told yet what this will be.
    private static bool CouldBecomeAPicture(ReadOnlySpan<byte> start) => start.Length < 12;

    private static bool RiffIsWhole(Stream file, ReadOnlySpan<byte> start) =>
        start.Length >= 12 && BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) + 8L <= file.Length && !EndsInZeros(file, BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) + 8L);

    /// <summary>
    /// Whether the bytes before a place are all zero, where those of compressed pictures are not: room that was set aside and is not filled yet.
    /// </summary>
    internal static bool EndsInZeros(Stream file, long end)
    {
        Span<byte> tail = stackalloc byte[Tail];
        return end > 2 * Tail && ReadAt(file, end - Tail, tail) == Tail && tail.IndexOfAnyExcept((byte)0) < 0;
    }

    // Chunks (PNG, 5.3): a length, a type, the data, a checksum; the last is IEND.
    private static bool PngIsWhole(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        for (long at = 8; ReadAt(file, at, head) == head.Length; at += 12L + BinaryPrimitives.ReadUInt32BigEndian(head))
        {
            if (head[4..].SequenceEqual("IEND"u8))
            {
                return at + 12 <= file.Length;
            }

            if (head[4..].IndexOfAnyExceptInRange((byte)'A', (byte)'z') >= 0)
            {
                return Broken(head);
            }
        }

        return false;
    }

    // What is no chunk at all is damage, which waiting does not mend; zeros may be filled yet.
    private static bool Broken(ReadOnlySpan<byte> head) => head.IndexOfAnyExcept((byte)0) >= 0;
}
