using System.Text.RegularExpressions;
using MetadataExtractor;
using Directory = MetadataExtractor.Directory;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// What cameras write about people in notes of their own: Panasonic's babies and recognised faces, Samsung's and Fujifilm's faces,
/// Canon's owner. By the names that MetadataExtractor gives the tags, so that other makers' are found as well.
/// </summary>
internal static partial class MakerNotes
{
    public static void Note(Directory directory, GatheredMetadata found)
    {
        foreach (var tag in directory.Tags)
        {
            if (SerialNumber().IsMatch(tag.Name) && directory.GetObject(tag.Type) is StringValue)
            {
                found.Serial ??= ExifTags.TextOf(directory, tag.Type);
            }
            else if (KindOf(tag.Name) is { } kind)
            {
                foreach (var text in Texts(directory.GetObject(tag.Type)))
                {
                    found.Add(kind, "MakerNotes:" + tag.Name, text);
                }
            }
        }
    }

    private static MetadataKind? KindOf(string name) =>
        Person().IsMatch(name) ? MetadataKind.Person
        : Owner().IsMatch(name) ? MetadataKind.Maker
        : Place().IsMatch(name) ? MetadataKind.Location
        : Description().IsMatch(name) ? MetadataKind.Text
        : null;

    // Records of faces are tables with names in them: whatever looks like text is taken. An age is written in digits; all nines or zeros is none.
    private static IEnumerable<string> Texts(object? value)
    {
        var bytes = value switch { StringValue ascii => ascii.Bytes, byte[] raw => raw, _ => [] };
        return Readable().Matches(GatheredMetadata.Decode(bytes)).Select(match => match.Value.Trim()).Where(text => Letters().IsMatch(text) || Age().IsMatch(text));
    }

    [GeneratedRegex("Baby|Face Name|Face Recognition|Face Detection Data|Recognized Face|Pet Name", RegexOptions.IgnoreCase)]
    private static partial Regex Person();

    [GeneratedRegex("Owner|Artist|Copyright|Author|Photographer", RegexOptions.IgnoreCase)]
    private static partial Regex Owner();

    [GeneratedRegex("^(City|State|Landmark|Location|Local Location Name|City 2|GPS .*)$")]
    private static partial Regex Place();

    [GeneratedRegex("Title|Comment|Caption|Text Stamp|User Label", RegexOptions.IgnoreCase)]
    private static partial Regex Description();

    [GeneratedRegex("^((Camera|Internal|Body) )?Serial Number$")]
    private static partial Regex SerialNumber();

    [GeneratedRegex(@"[^\p{C}\uFFFD]{2,}")]
    private static partial Regex Readable();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"^(?=.*[1-8])\d{4}:\d\d:\d\d")]
    private static partial Regex Age();
}
