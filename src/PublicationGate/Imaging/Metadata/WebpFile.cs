using System.Buffers.Binary;
using System.Text;

namespace PublicationGate.Imaging.Metadata;

/// <summary>WebP: the chunks of its RIFF, and what stands after it.</summary>
internal static class WebpFile
{
    private static readonly HashSet<string> Picture = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];

    public static void Read(ReadOnlyMemory<byte> file, GatheredMetadata found)
    {
        var bytes = new BigEndian(file.Span);
        bytes.Take(4);
        var end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes.Take(4));
        bytes.Take(4);
        while (bytes.Position + 8 <= Math.Min(end, file.Length))
        {
            var type = Encoding.Latin1.GetString(bytes.Take(4));
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Take(4));
            var at = bytes.Position;
            var data = file.Slice(at, bytes.Take(length).Length);
            bytes.Take(Math.Min(length & 1, bytes.Left));
            switch (type)
            {
                case "EXIF":
                    ExifBlock.Read(data.Span.StartsWith("Exif\0\0"u8) ? data[6..] : data, found);
                    break;
                case "XMP ":
                    XmpPacket.Read(data, found);
                    break;
                default:
                    if (!Picture.Contains(type) && !data.IsEmpty)
                    {
                        found.Hide("WebP:" + type);
                    }

                    break;
            }
        }

        found.NoteRest(file.Span[bytes.Position..]);
    }
}
