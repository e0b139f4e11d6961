using System.Buffers.Binary;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// The name that Samsung cameras write for a face they know (tag 0x0123 of the maker's note). Some models count offsets from the start
/// of the EXIF block, which MetadataExtractor does, others from the start of the note: this reads the second kind.
/// </summary>
internal static class SamsungFaceName
{
    private const ushort FaceName = 0x0123, Ascii = 2;
    private const int MostEntries = 200;

    public static bool IsOf(object? make) => make is MetadataExtractor.StringValue text && GatheredMetadata.Decode(text.Bytes).StartsWith("SAMSUNG", StringComparison.OrdinalIgnoreCase);

    public static void Read(ReadOnlyMemory<byte> block, int start, int length, bool isMotorola, GatheredMetadata found)
    {
        var note = block.Span.Slice(start, length);
        for (var at = 2; at + 12 <= note.Length && at < MostEntries * 12; at += 12)
        {
            var (tag, type, count, offset) = (UInt16(note[at..]), UInt16(note[(at + 2)..]), UInt32(note[(at + 4)..]), UInt32(note[(at + 8)..]));
            if (tag == FaceName && type == Ascii && count > 4 && (long)offset + count <= note.Length)
            {
                found.Add(MetadataKind.Person, "MakerNotes:Face Name", GatheredMetadata.Decode(note.Slice((int)offset, (int)count)));
            }
        }

        ushort UInt16(ReadOnlySpan<byte> bytes) => isMotorola ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

        uint UInt32(ReadOnlySpan<byte> bytes) => isMotorola ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
