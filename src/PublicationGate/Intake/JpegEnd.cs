using System.Buffers;
using System.Buffers.Binary;

namespace PublicationGate.Intake;

/// <summary>
/// Looks for the end-of-image mark of a JPEG outside its segments: the thumbnail in one of them has a mark of its own. Behind the picture
/// there may be more, which must be whole too: a second picture (MPF), or the film of a motion photo.
/// </summary>
internal static class JpegEnd
{
    private const byte EndOfImage = 0xD9, StartOfScan = 0xDA;
    private const int Step = 64 * 1024;

    public static bool IsThere(Stream file)
    {
        // A second picture may have its own trailer; more than a few are no camera's work.
        long at = 0;
        Span<byte> start = stackalloc byte[12];
        for (var pictures = 0; pictures < 100; pictures++)
        {
            if (StartOfPixels(file, at) is not { } pixels || EndOfPixels(file, pixels) is not { } end)
            {
                return false;
            }

            at = SkipZeros(file, end);
            var next = start[..FileCompleteness.ReadAt(file, at, start)];
            if (next is not [0xFF, 0xD8, 0xFF, ..])
            {
                // The length of a first box is below 256, so that three of the zeros were its own.
                return next is not [_, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] || IsoEnd.IsThere(file, at - 3);
            }
        }

        return true;
    }

    // Walks the segments, which state their lengths, to the first scan.
    private static long? StartOfPixels(Stream file, long picture)
    {
        Span<byte> head = stackalloc byte[4];
        var at = picture + 2;
        while (FileCompleteness.ReadAt(file, at, head) == head.Length)
        {
            if (head[0] != 0xFF)
            {
                // No segment where one must be: zeros may be filled yet; anything else is damage, and the end is looked for as it is.
                return head.IndexOfAnyExcept((byte)0) < 0 ? null : at;
            }

            if (head[1] is StartOfScan or EndOfImage)
            {
                return at;
            }

            // Fill bytes and marks without a length (TEM, RST, SOI).
            var hasNoLength = head[1] is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8);
            at += head[1] == 0xFF ? 1 : hasNoLength ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
        }

        return null;
    }

    // In compressed pixels 0xFF is followed by 0x00 or a mark; so the first FF D9 is the end. Position behind it.
    private static long? EndOfPixels(Stream file, long from)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            // The last byte of each step is looked at again as the first of the next, for a mark across the two.
            for (var at = from; ; at += Step - 1)
            {
                var read = FileCompleteness.ReadAt(file, at, buffer.AsSpan(0, Step));
                var found = buffer.AsSpan(0, read).IndexOf([(byte)0xFF, EndOfImage]);
                if (found >= 0)
                {
                    return at + found + 2;
                }

                if (read < Step)
                {
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long SkipZeros(Stream file, long at)
    {
        file.Position = at;
        int value;
        while ((value = file.ReadByte()) == 0)
        {
            at++;
        }

        return value < 0 ? file.Length : at;
    }
}
