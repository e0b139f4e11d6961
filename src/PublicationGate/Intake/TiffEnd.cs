using System.Buffers.Binary;

namespace PublicationGate.Intake;

/// <summary>
/// Follows the directories of a TIFF (and BigTIFF) and looks whether each, and every strip, tile and value that it points to, lies within the file.
/// </summary>
internal sealed class TiffEnd
{
    private const int StripOffsets = 273, StripByteCounts = 279, TileOffsets = 324, TileByteCounts = 325, SubDirectories = 330, JpegOffset = 513, JpegLength = 514, Exif = 34665;

    // More directories or entries than any scanner or camera writes; a file beyond that is not waited for.
    private const int MostDirectories = 300;
    private const int MostEntries = 4096;
    private const int MostValues = 1 << 20;

    private static readonly int[] Sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    private readonly Stream file;
    private readonly bool littleEndian;
    private readonly bool isBig;
    private readonly Queue<long> directories = [];
    private readonly HashSet<long> seen = [];

    private TiffEnd(Stream file, ReadOnlySpan<byte> head) => (this.file, littleEndian, isBig) = (file, head[0] == 'I', head[2] == 43 || head[3] == 43);

    private int Word => isBig ? 8 : 4;

    public static bool IsThere(Stream file)
    {
        Span<byte> head = stackalloc byte[16];
        return FileCompleteness.ReadAt(file, 0, head) == head.Length && new TiffEnd(file, head).IsWhole();
    }

    private bool IsWhole()
    {
        if (!Follow(Number(isBig ? 8 : 4, Word)))
        {
            return false;
        }

        while (directories.TryDequeue(out var directory) && seen.Count < MostDirectories)
        {
            if (!IsWhole(directory))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsWhole(long directory)
    {
        var (countSize, entrySize) = isBig ? (8, 20) : (2, 12);
        var count = Number(directory, countSize);
        if (count is not (>= 0 and <= MostEntries) || !Reaches(directory + countSize, (count.Value * entrySize) + Word))
        {
            return count > MostEntries;
        }

        Dictionary<int, IReadOnlyList<long>> places = [];
        for (var entry = 0; entry < count; entry++)
        {
            if (!Read(directory + countSize + (entry * entrySize), places))
            {
                return false;
            }
        }

        var next = Number(directory + countSize + (count.Value * entrySize), Word);
        return Lie(places, StripOffsets, StripByteCounts) && Lie(places, TileOffsets, TileByteCounts) && Lie(places, JpegOffset, JpegLength)
            && places.GetValueOrDefault(SubDirectories, []).Concat(places.GetValueOrDefault(Exif, [])).All(sub => Follow(sub))
            && (next == 0 || Follow(next));
    }

    // An entry: tag, type, number of values, and the values or where they stand.
    private bool Read(long entry, Dictionary<int, IReadOnlyList<long>> places)
    {
        var (tag, type, values) = ((int)Number(entry, 2)!, (int)Number(entry + 2, 2)!, Number(entry + 4, Word)!.Value);
        var size = type < Sizes.Length ? Sizes[type] : 0;
        if (size == 0 || values is < 0 or > int.MaxValue)
        {
            return true;
        }

        var at = values * size <= Word ? entry + 4 + Word : Number(entry + 4 + Word, Word)!.Value;
        if (!Reaches(at, values * size))
        {
            return false;
        }

        if (tag is StripOffsets or StripByteCounts or TileOffsets or TileByteCounts or SubDirectories or JpegOffset or JpegLength or Exif && values <= MostValues && size > 1)
        {
            places[tag] = [.. Enumerable.Range(0, (int)values).Select(index => Number(at + ((long)index * size), size) ?? -1)];
        }

        return true;
    }

    private bool Lie(Dictionary<int, IReadOnlyList<long>> places, int offsets, int lengths) =>
        places.GetValueOrDefault(offsets, []).Zip(places.GetValueOrDefault(lengths, [])).All(part => Reaches(part.First, part.Second));

    private bool Follow(long? directory)
    {
        if (directory is not > 0 || directory >= file.Length)
        {
            return false;
        }

        if (seen.Add(directory.Value))
        {
            directories.Enqueue(directory.Value);
        }

        return true;
    }

    private bool Reaches(long at, long length) => at >= 0 && length >= 0 && at <= file.Length - length;

    /// <summary>An unsigned number; null beyond the end of the file.</summary>
    private long? Number(long at, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes = bytes[..size];
        if (!Reaches(at, size) || FileCompleteness.ReadAt(file, at, bytes) < size)
        {
            return null;
        }

        return size switch
        {
            2 => littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes),
            8 => littleEndian ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes),
            _ => bytes[0],
        };
    }
}
