using System.Buffers.Binary;

namespace PublicationGate.Intake;

/// <summary>Adds up the boxes of AVIF, HEIC, MP4 and MOV (ISO/IEC 14496-12) and looks whether description and data are both there.</summary>
internal static class IsoEnd
{
    // The item data of a small picture may lie in its meta box, which then is small as well.
    private const int LargestSearchedMeta = 1 << 20;

    /// <param name="file">A stream that can seek.</param>
    /// <param name="start">Where the first box begins: a motion photo has its film behind the picture.</param>
    public static bool IsThere(Stream file, long start)
    {
        var (isDescribed, hasData) = (false, false);
        Span<byte> head = stackalloc byte[16];
        for (var at = start; at < file.Length;)
        {
            var read = FileCompleteness.ReadAt(file, at, head);
            if (read < 8)
            {
                return false;
            }

            var type = head.Slice(4, 4);
            var size = Size(head[..read], file.Length - at);
            if (type.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0)
            {
                // No box: padding or a trailer of the maker after whole boxes, or room that is not filled yet.
                return isDescribed && hasData && !FileCompleteness.EndsInZeros(file, at);
            }

            if (size < 8 || at + size > file.Length)
            {
                return false;
            }

            isDescribed |= type.SequenceEqual("meta"u8) || type.SequenceEqual("moov"u8);
            hasData |= type.SequenceEqual("mdat"u8) || (type.SequenceEqual("meta"u8) && HoldsItsData(file, at, size));
            at += size;
        }

        return isDescribed && hasData && !FileCompleteness.EndsInZeros(file, file.Length);
    }

    // 1: the size stands in the eight bytes behind the type; 0: up to the end of the file, wherever that will be.
    private static long Size(ReadOnlySpan<byte> head, long toTheEnd) => BinaryPrimitives.ReadUInt32BigEndian(head) switch
    {
        0 => toTheEnd,
        1 when head.Length < 16 => 0,
        1 => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), long.MaxValue / 2),
        var size => size,
    };

    private static bool HoldsItsData(Stream file, long at, long size)
    {
        var box = new byte[(int)Math.Min(size, LargestSearchedMeta)];
        return box.AsSpan(0, FileCompleteness.ReadAt(file, at, box)).IndexOf("idat"u8) >= 0;
    }
}
