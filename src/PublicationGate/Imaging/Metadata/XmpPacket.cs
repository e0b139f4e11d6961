using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// XMP, read as the XML that it is: every property of every schema with its path, whether it stands as an element or an attribute.
/// No DTDs, no entities of its own, nothing fetched, bounded in size and depth.
/// </summary>
internal static class XmpPacket
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const int Deepest = 100;
    private const int LongestPacket = 16 * 1024 * 1024;
    private static readonly int[] Utf16Starts = [0x3C00, 0x003C, 0xFFFE, 0xFEFF];

    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LongestPacket,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        IgnoreWhitespace = true,
    };

    // What programs write for themselves: ids, digests, dates, numbers, lists of numbers, yes and no, media types. Without backtracking,
    // since a value may be megabytes of blanks.
    private static readonly Regex Machine = new(
        @"^\s*(?:(?:xmp\.[id]id|uuid|adobe:docid|urn:uuid)\b.*|[0-9a-fA-F-]{16,}|[-+\d\s.,:/%TZ()°]*|true|false|True|False|(?:image|video|audio|application)/[\w.+-]+)\s*$",
        RegexOptions.Singleline | RegexOptions.NonBacktracking);

    public static void Read(ReadOnlyMemory<byte> packet, GatheredMetadata found)
    {
        var text = TextOf(packet.Span);
        if (text.Length == 0)
        {
            return;
        }

        if (text.Length > LongestPacket)
        {
            found.Damage();
            return;
        }

        try
        {
            using var source = new StringReader(text);
            using var xml = XmlReader.Create(source, Strict);
            Walk(xml, found);
        }
        catch (XmlException)
        {
            found.Damage();
        }
    }

    private static void Walk(XmlReader xml, GatheredMetadata found)
    {
        var path = new Stack<XmpName?>();
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when path.Count >= Deepest:
                    found.Damage();
                    return;
                case XmlNodeType.Element:
                    var isEmpty = xml.IsEmptyElement;
                    path.Push(Property(xml));
                    ReadAttributes(xml, path, found);
                    if (isEmpty)
                    {
                        path.Pop();
                    }

                    break;
                case XmlNodeType.EndElement:
                    path.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    Note(path, xml.Value, found);
                    break;
                default:
                    break;
            }
        }
    }

    private static void ReadAttributes(XmlReader xml, Stack<XmpName?> path, GatheredMetadata found)
    {
        while (xml.MoveToNextAttribute())
        {
            var isResource = xml.NamespaceURI == Rdf && xml.LocalName == "resource";
            if (isResource)
            {
                Note(path, xml.Value, found);
            }
            else if (xml.NamespaceURI.Length > 0 && xml.Prefix is not ("xmlns" or "xml") && Property(xml) is { } property)
            {
                path.Push(property);
                Note(path, xml.Value, found);
                path.Pop();
            }
        }

        xml.MoveToElement();
    }

    // The scaffolding of RDF is no property.
    private static XmpName? Property(XmlReader xml) =>
        xml.NamespaceURI is Rdf or "adobe:ns:meta/" or "" ? null : new XmpName(xml.NamespaceURI, xml.Prefix, xml.LocalName);

    private static void Note(Stack<XmpName?> path, string value, GatheredMetadata found)
    {
        // Innermost first, as a stack enumerates.
        var names = path.OfType<XmpName>().ToList();
        if (names.Count == 0 || string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        var tag = names[0].Tag;
        switch (XmpMeaning.Of(names))
        {
            case XmpMeaning.Meaning.Picture when TryDecode(value) is { } picture:
                found.Add(new EmbeddedPicture(tag, picture, IsGainMap: false));
                break;
            case XmpMeaning.Meaning.Picture or XmpMeaning.Meaning.Media:
                found.Hide(tag);
                break;
            case XmpMeaning.Meaning.Serial:
                found.Serial ??= value.Trim();
                break;
            case XmpMeaning.Meaning.Person:
                found.Add(MetadataKind.Person, tag, value);
                break;
            case XmpMeaning.Meaning.Location:
                found.Add(MetadataKind.Location, tag, value);
                break;
            case XmpMeaning.Meaning.Maker:
                found.Add(MetadataKind.Maker, tag, value);
                break;
            case XmpMeaning.Meaning.Text when !Machine.IsMatch(value):
                found.Add(MetadataKind.Text, tag, value);
                break;
            default:
                break;
        }
    }

    private static byte[]? TryDecode(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // A packet is padded with blanks or zeros; UTF-16 is allowed and told by its first character.
    private static string TextOf(ReadOnlySpan<byte> packet)
    {
        var isUtf16 = packet.Length >= 2 && Utf16Starts.Contains((packet[0] << 8) | packet[1]);
        var text = !isUtf16 ? GatheredMetadata.Decode(packet) : packet[0] is 0x3C or 0xFF ? Encoding.Unicode.GetString(packet) : Encoding.BigEndianUnicode.GetString(packet);
        return text.Trim('\uFEFF', '\0', ' ', '\n', '\r', '\t');
    }
}

/// <summary>Name of a property: its schema decides, the prefix is for people.</summary>
/// <param name="Schema">Namespace.</param>
/// <param name="Prefix">Prefix in this file.</param>
/// <param name="Local">Name in the schema.</param>
internal sealed record XmpName(string Schema, string Prefix, string Local)
{
    public string Tag => $"XMP-{Prefix}:{Local}";
}
