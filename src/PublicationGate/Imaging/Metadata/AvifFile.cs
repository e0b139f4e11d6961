using System.Text;

namespace PublicationGate.Imaging.Metadata;

/// <summary>AVIF (ISO 14496-12 and 23008-12): the items of its <c>meta</c> box that are no picture, and the pictures that nobody sees.</summary>
internal static class AvifFile
{
    private const int MostItems = 4096;

    // Planes of the one picture: transparency and the map of brightness.
    private static readonly string[] HarmlessAuxiliary = ["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1", "urn:com:apple:photo:2020:aux:hdrgainmap", "urn:com:photo:aux:hdrgainmap"];

    public static void Read(ReadOnlyMemory<byte> file, GatheredMetadata found)
    {
        var boxes = Boxes(file);
        if (boxes.Count(box => box.Type == "ftyp") > 1)
        {
            found.Hide("Trailer");
        }

        foreach (var (type, content) in boxes)
        {
            switch (type)
            {
                case "meta":
                    ReadMeta(content[4..], file, found);
                    break;
                case "ftyp" or "mdat" or "free" or "skip":
                    break;
                default:
                    // A film (moov, mpvd), a signed history (uuid), or anything else that nobody looks at.
                    found.Hide("AVIF:" + type);
                    break;
            }
        }
    }

    private static void ReadMeta(ReadOnlyMemory<byte> meta, ReadOnlyMemory<byte> file, GatheredMetadata found)
    {
        var boxes = Boxes(meta).ToLookup(box => box.Type, box => box.Content);
        var inline = boxes["idat"].FirstOrDefault();
        var items = boxes["iinf"].SelectMany(Items).Take(MostItems).ToList();
        var places = boxes["iloc"].SelectMany(iloc => IsoItemPlaces.Of(iloc.Span)).ToLookup(place => place.Item);
        foreach (var (id, type, mime) in items)
        {
            if (type is "Exif" or "mime")
            {
                ReadItem(type, mime, Content(places[id], file, inline, found), found);
            }
            else if (type is not ("av01" or "grid" or "iden" or "iovl" or "tmap"))
            {
                found.Hide("AVIF:" + type);
            }
        }

        foreach (var auxiliary in boxes["iprp"].SelectMany(Boxes).Where(box => box.Type == "ipco").SelectMany(box => Boxes(box.Content)).Where(box => box.Type == "auxC"))
        {
            var name = GatheredMetadata.Decode(new BigEndian(auxiliary.Content.Span[4..]).TakeToZero());
            if (!HarmlessAuxiliary.Contains(name))
            {
                found.Hide("AVIF:auxiliary image");
            }
        }

        foreach (var references in boxes["iref"])
        {
            if (Boxes(references[4..]).Any(box => box.Type == "thmb"))
            {
                found.Hide("AVIF:thumbnail");
            }
        }
    }

    private static void ReadItem(string type, string mime, ReadOnlyMemory<byte> content, GatheredMetadata found)
    {
        if (type == "Exif")
        {
            // Four bytes say how far the TIFF header is.
            var bytes = new BigEndian(content.Span);
            bytes.Take(bytes.UInt32());
            ExifBlock.Read(content[bytes.Position..], found);
        }
        else if (mime == "application/rdf+xml")
        {
            XmpPacket.Read(content, found);
        }
        else
        {
            found.Hide("AVIF:" + mime);
        }
    }

    private static ReadOnlyMemory<byte> Content(IEnumerable<IsoItemPlace> places, ReadOnlyMemory<byte> file, ReadOnlyMemory<byte> inline, GatheredMetadata found)
    {
        using var content = new MemoryStream();
        foreach (var place in places)
        {
            var source = place.IsInline ? inline : file;
            var length = place.Length == 0 ? source.Length - place.Offset : place.Length;
            if (place.Offset < 0 || length < 0 || place.Offset > source.Length - length)
            {
                throw new CutOffException();
            }

            found.Spend((int)length);
            content.Write(source.Span.Slice((int)place.Offset, (int)length));
        }

        return content.ToArray();
    }

    private static IEnumerable<(uint Id, string Type, string Mime)> Items(ReadOnlyMemory<byte> iinf)
    {
        var entries = iinf.Span[0] == 0 ? 6 : 8;
        return Boxes(iinf[entries..]).Where(box => box.Type == "infe").Select(box => Item(box.Content.Span));
    }

    private static (uint Id, string Type, string Mime) Item(ReadOnlySpan<byte> infe)
    {
        var bytes = new BigEndian(infe);
        var version = bytes.Byte();
        bytes.Take(3);
        if (version < 2)
        {
            throw new CutOffException();
        }

        var id = version == 2 ? bytes.UInt16() : bytes.UInt32();
        bytes.Take(2);
        var type = Encoding.Latin1.GetString(bytes.Take(4));
        if (type != "mime")
        {
            return (id, type, "");
        }

        bytes.TakeToZero();
        return (id, type, GatheredMetadata.Decode(bytes.TakeToZero()));
    }

    private static List<(string Type, ReadOnlyMemory<byte> Content)> Boxes((string Type, ReadOnlyMemory<byte> Content) box) => Boxes(box.Content);

    private static List<(string Type, ReadOnlyMemory<byte> Content)> Boxes(ReadOnlyMemory<byte> container)
    {
        var boxes = new List<(string, ReadOnlyMemory<byte>)>();
        var bytes = new BigEndian(container.Span);
        while (bytes.Left > 0 && boxes.Count < MostItems)
        {
            var start = bytes.Position;
            long size = bytes.UInt32();
            var type = Encoding.Latin1.GetString(bytes.Take(4));
            size = size == 1 ? bytes.Number(8) : size == 0 ? container.Length - start : size;
            var at = bytes.Position;
            boxes.Add((type, container.Slice(at, bytes.Take(size - (at - start)).Length)));
        }

        return bytes.Left == 0 ? boxes : throw new CutOffException();
    }
}
