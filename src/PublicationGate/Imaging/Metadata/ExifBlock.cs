using System.Buffers.Binary;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Exif.Makernotes;
using MetadataExtractor.Formats.Tiff;
using ExifDirectories = System.Collections.Generic.List<MetadataExtractor.Directory>;

namespace PublicationGate.Imaging.Metadata;

/// <summary>EXIF, which is a TIFF without a picture, or a TIFF file itself: every directory of the chain, and the makers' notes.</summary>
internal static class ExifBlock
{
    private const int MostPages = 100;

    /// <summary>Reads a block that stands inside another file, with the pictures inside it.</summary>
    public static void Read(ReadOnlyMemory<byte> block, GatheredMetadata found)
    {
        ReadDirectories(block, found);
        foreach (var start in StartsOfJpegs(block.Span))
        {
            found.Add(new EmbeddedPicture("EXIF:Thumbnail", block[start..], IsGainMap: false));
        }
    }

    /// <summary>Reads every page of a TIFF file.</summary>
    public static void ReadDirectories(ReadOnlyMemory<byte> block, GatheredMetadata found)
    {
        // BigTIFF (43) has longer offsets, which nothing here reads.
        if (block.Length < 8 || block.Span[0] != block.Span[1] || block.Span[0] is not ((byte)'I' or (byte)'M') || UInt16(2) != 42)
        {
            found.Damage();
            return;
        }

        var visited = new HashSet<uint>();
        for (var at = UInt32(4); at != 0 && at + 2L <= block.Length && visited.Add(at); at = Next(at))
        {
            if (visited.Count > MostPages)
            {
                found.Damage();
                return;
            }

            ReadDirectory((int)at);
        }

        if (visited.Count == 0)
        {
            found.Damage();
        }

        void ReadDirectory(int at)
        {
            var directories = new ExifDirectories();
            var handler = new ExifHandler(directories, block, found);
            handler.SetTiffMarker(42);
            TiffReader.ProcessIfd(handler, new BudgetedReader(block, 0, block.Span[0] == (byte)'M', found), new HashSet<int>(), at);
            foreach (var directory in directories)
            {
                Note(directory, found);
            }
        }

        uint Next(uint directory)
        {
            var at = directory + 2L + (12L * UInt16((int)directory));
            return at + 4 <= block.Length ? UInt32((int)at) : 0;
        }

        ushort UInt16(int at) => block.Span[0] == (byte)'M' ? BinaryPrimitives.ReadUInt16BigEndian(block.Span[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(block.Span[at..]);

        uint UInt32(int at) => block.Span[0] == (byte)'M' ? BinaryPrimitives.ReadUInt32BigEndian(block.Span[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(block.Span[at..]);
    }

    private static void Note(MetadataExtractor.Directory directory, GatheredMetadata found)
    {
        switch (directory)
        {
            case GpsDirectory gps:
                ExifTags.Note(gps, found);
                break;
            case ExifDirectoryBase exif:
                ExifTags.Note(exif, found);
                break;
            default:
                MakerNotes.Note(directory, found);
                break;
        }

        // Makers' notes break whenever a program moves them; only of those that hold names it matters.
        var matters = directory is ExifDirectoryBase or GpsDirectory or PanasonicMakernoteDirectory or SamsungType2MakernoteDirectory or FujifilmMakernoteDirectory or CanonMakernoteDirectory;
        if (matters && directory.HasError)
        {
            found.Damage();
        }
    }

    // A JPEG starts with SOI and, at once, a marker of a segment: tables, a frame, an application's or a comment. Makers' previews too.
    private static List<int> StartsOfJpegs(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> startOfImage = [0xFF, 0xD8, 0xFF];
        var starts = new List<int>();
        for (var at = 0; block[at..].IndexOf(startOfImage) is >= 0 and var next; at += next + 3)
        {
            if (at + next + 3 < block.Length && block[at + next + 3] is 0xC0 or 0xC2 or 0xC4 or 0xDB or 0xFE or (>= 0xE0 and <= 0xEF))
            {
                starts.Add(at + next);
            }
        }

        return starts;
    }
}
