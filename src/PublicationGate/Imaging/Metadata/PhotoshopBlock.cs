using System.Text;

namespace PublicationGate.Imaging.Metadata;

/// <summary>Photoshop's image resources: a signature, a number, a name and data, one after the other.</summary>
internal static class PhotoshopBlock
{
    private const int ThumbnailHeader = 28;

    public static void Read(ReadOnlyMemory<byte> block, GatheredMetadata found)
    {
        var bytes = new BigEndian(block.Span);
        while (bytes.Left >= 12)
        {
            var signature = bytes.Take(4);
            if (signature.ContainsAnyExceptInRange((byte)'0', (byte)'z'))
            {
                if (signature.ContainsAnyExcept((byte)0))
                {
                    found.Damage();
                }

                return;
            }

            var number = bytes.UInt16();
            var nameLength = bytes.Byte();
            bytes.Take(nameLength + ((nameLength + 1) & 1)); // name and its length byte fill an even number of bytes
            var size = bytes.UInt32();
            var at = bytes.Position;
            var data = block.Slice(at, bytes.Take(size).Length);
            bytes.Take(Math.Min(size & 1, bytes.Left));
            Note(number, data, found);
        }
    }

    private static void Note(ushort number, ReadOnlyMemory<byte> data, GatheredMetadata found)
    {
        switch (number)
        {
            case 0x0404:
                IptcBlock.Read(data.Span, found);
                break;
            case 0x0422 or 0x0423:
                ExifBlock.Read(data, found);
                break;
            case 0x0424:
                XmpPacket.Read(data, found);
                break;
            case 0x0409 or 0x040C when data.Length > ThumbnailHeader:
                found.Add(new EmbeddedPicture("Photoshop:Thumbnail", data[ThumbnailHeader..], IsGainMap: false));
                break;
            case 0x03F0 when data.Length > 1:
                found.Add(MetadataKind.Text, "Photoshop:Caption", GatheredMetadata.Decode(data.Span[1..]));
                break;
            case 0x041A:
                NoteSliceName(data.Span, found);
                break;
            default:
                break;
        }
    }

    // Version and rectangle, then the name of the document as it was when somebody saved it for the web.
    private static void NoteSliceName(ReadOnlySpan<byte> data, GatheredMetadata found)
    {
        var bytes = new BigEndian(data);
        if (bytes.UInt32() == 6)
        {
            bytes.Take(16);
            found.Add(MetadataKind.Text, "Photoshop:SlicesGroupName", Encoding.BigEndianUnicode.GetString(bytes.Take(2L * bytes.UInt32())));
        }
    }
}
