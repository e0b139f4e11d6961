using MetadataExtractor.Formats.Exif;
using MetadataExtractor.IO;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// MetadataExtractor's reader of one directory with what hangs on it, held to bounds: it follows chains and nests by recursion, and
/// reads XMP by a parser of its own.
/// </summary>
internal sealed class ExifHandler(List<MetadataExtractor.Directory> directories, ReadOnlyMemory<byte> block, GatheredMetadata found) : ExifTiffHandler(directories)
{
    // Olympus nests most: seven directories in its note. Beside those a photo has three.
    private const int MostDirectories = 64;
    private const int LargestValue = 1024 * 1024;
    private int entered;

    /// <summary>The chain of directories is walked by <see cref="ExifBlock"/>.</summary>
    public override bool HasFollowerIfd() => false;

    public override bool TryEnterSubIfd(int tagId)
    {
        if (++entered > MostDirectories)
        {
            found.Damage();
            return false;
        }

        if (tagId == ExifDirectoryBase.TagSubIfdOffset)
        {
            found.Hide("TIFF:SubIFD");
        }

        return base.TryEnterSubIfd(tagId);
    }

    public override bool CustomProcessTag(int tagOffset, ICollection<int> processedIfdOffsets, IndexedReader reader, int tagId, int byteCount)
    {
        if (byteCount > LargestValue)
        {
            found.Hide($"EXIF:0x{tagId:X4}");
            return true;
        }

        if (tagId == ExifDirectoryBase.TagMakernote && Directories.Any(directory => SamsungFaceName.IsOf(directory.GetObject(ExifDirectoryBase.TagMake))))
        {
            SamsungFaceName.Read(block, reader.ToUnshiftedOffset(tagOffset), byteCount, reader.IsMotorolaByteOrder, found);
        }

        if (CurrentDirectory is not ExifIfd0Directory)
        {
            return base.CustomProcessTag(tagOffset, processedIfdOffsets, reader, tagId, byteCount);
        }

        switch (tagId)
        {
            case ExifDirectoryBase.TagApplicationNotes:
                XmpPacket.Read(Slice(), found);
                return true;
            case ExifDirectoryBase.TagIptcNaa:
                IptcBlock.Read(Slice().Span, found);
                return true;
            case ExifDirectoryBase.TagPhotoshopSettings:
                PhotoshopBlock.Read(Slice(), found);
                return true;
            case ExifDirectoryBase.TagInterColorProfile:
                return true;
            default:
                return base.CustomProcessTag(tagOffset, processedIfdOffsets, reader, tagId, byteCount);
        }

        ReadOnlyMemory<byte> Slice() => block.Slice(reader.ToUnshiftedOffset(tagOffset), byteCount);
    }
}
