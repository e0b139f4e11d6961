using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace PublicationGate.Imaging.Metadata;

/// <summary>PNG: texts in three kinds of chunks, EXIF, and what stands after the last chunk.</summary>
internal static class PngFile
{
    private const int LargestText = 16 * 1024 * 1024;

    // The chunks of the standard that are needed to show the picture, and what Apple adds for that.
    private static readonly HashSet<string> Picture =
    [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "sPLT", "tIME", "sTER", "oFFs", "pCAL", "sCAL", "gIFg", "gIFx",
        "vpAg", "orNT", "iDOT", "CgBI", "acTL", "fcTL", "fdAT",
    ];

    public static void Read(ReadOnlyMemory<byte> file, GatheredMetadata found)
    {
        var bytes = new BigEndian(file.Span);
        bytes.Take(8);
        string type;
        do
        {
            var length = bytes.UInt32();
            type = Encoding.Latin1.GetString(bytes.Take(4));
            var at = bytes.Position;
            var data = file.Slice(at, bytes.Take(length).Length);
            bytes.Take(4);
            Note(type, data, found);
        }
        while (type != "IEND");

        found.NoteRest(file.Span[bytes.Position..]);
    }

    private static void Note(string type, ReadOnlyMemory<byte> data, GatheredMetadata found)
    {
        switch (type)
        {
            case "eXIf":
                ExifBlock.Read(data, found);
                break;
            case "tEXt" or "zTXt" or "iTXt":
                ReadText(type, data.Span, found);
                break;
            default:
                if (!Picture.Contains(type) && !data.IsEmpty)
                {
                    found.Hide("PNG:" + type);
                }

                break;
        }
    }

    private static void ReadText(string type, ReadOnlySpan<byte> data, GatheredMetadata found)
    {
        var bytes = new BigEndian(data);
        var keyword = Encoding.Latin1.GetString(bytes.TakeToZero());
        var isPacked = type == "zTXt";
        if (type == "iTXt")
        {
            isPacked = bytes.Byte() != 0;
        }

        if (type != "tEXt")
        {
            bytes.Byte(); // the only method of compression
        }

        if (type == "iTXt")
        {
            bytes.TakeToZero();
            found.Add(MetadataKind.Text, "PNG:" + keyword, GatheredMetadata.Decode(bytes.TakeToZero()));
        }

        var content = isPacked ? Inflated(bytes.Take(bytes.Left).ToArray(), found) : bytes.Take(bytes.Left).ToArray();
        if (keyword == "XML:com.adobe.xmp")
        {
            XmpPacket.Read(content, found);
        }
        else if (keyword.StartsWith("Raw profile type ", StringComparison.Ordinal))
        {
            ReadProfile(keyword["Raw profile type ".Length..], Encoding.Latin1.GetString(content), found);
        }
        else if (keyword is not ("Software" or "Creation Time" or "date:create" or "date:modify" or "date:timestamp"))
        {
            found.Add(keyword is "Author" or "Copyright" or "Artist" ? MetadataKind.Maker : MetadataKind.Text, "PNG:" + keyword, GatheredMetadata.Decode(content));
        }
    }

    // ImageMagick's way to carry the blocks of other formats: a line with the type, one with the length, then hexadecimal digits.
    private static void ReadProfile(string type, string text, GatheredMetadata found)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var digits = string.Concat(lines.Skip(2));
        if (lines.Length < 3 || !int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || digits.Length != length * 2L || !digits.All(char.IsAsciiHexDigit))
        {
            found.Damage();
            return;
        }

        ReadOnlyMemory<byte> block = Convert.FromHexString(digits);
        switch (type)
        {
            case "exif" or "APP1" or "xmp":
                if (block.Span.StartsWith("Exif\0\0"u8))
                {
                    ExifBlock.Read(block[6..], found);
                }
                else if (block.Span.StartsWith("II"u8) || block.Span.StartsWith("MM"u8))
                {
                    ExifBlock.Read(block, found);
                }
                else
                {
                    XmpPacket.Read(block.Span.StartsWith("http://"u8) ? block[(block.Span.IndexOf((byte)0) + 1)..] : block, found);
                }

                break;
            case "iptc" or "8bim":
                if (block.Span.StartsWith("8BIM"u8))
                {
                    PhotoshopBlock.Read(block, found);
                }
                else
                {
                    IptcBlock.Read(block.Span, found);
                }

                break;
            case "icc" or "icm":
                break;
            default:
                found.Hide("PNG:Raw profile " + type);
                break;
        }
    }

    private static byte[] Inflated(byte[] packed, GatheredMetadata found)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = zlib.Read(buffer)) > 0)
        {
            found.Spend(count);
            text.Write(buffer.AsSpan(0, count));
            if (text.Length > LargestText)
            {
                throw new CutOffException();
            }
        }

        return text.ToArray();
    }
}
