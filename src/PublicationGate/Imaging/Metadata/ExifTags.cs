using System.Globalization;
using System.Text;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Directory = MetadataExtractor.Directory;

namespace PublicationGate.Imaging.Metadata;

/// <summary>The tags of EXIF 3.0 and TIFF that name, locate or describe. Every other text is text as well; numbers and dates are not asked for.</summary>
internal static class ExifTags
{
    private const int Make = 0x010F, Model = 0x0110, BodySerialNumber = 0xA431, UserComment = 0x9286, SubImages = 0x014A;

    private static readonly Dictionary<int, (MetadataKind Kind, string Name)> Named = new()
    {
        [0x010D] = (MetadataKind.Text, "DocumentName"),
        [0x010E] = (MetadataKind.Text, "ImageDescription"),
        [0x013B] = (MetadataKind.Maker, "Artist"),
        [0x013C] = (MetadataKind.Text, "HostComputer"),
        [0x8298] = (MetadataKind.Maker, "Copyright"),
        [0x9C9B] = (MetadataKind.Text, "XPTitle"),
        [0x9C9C] = (MetadataKind.Text, "XPComment"),
        [0x9C9D] = (MetadataKind.Maker, "XPAuthor"),
        [0x9C9E] = (MetadataKind.Text, "XPKeywords"),
        [0x9C9F] = (MetadataKind.Text, "XPSubject"),
        [UserComment] = (MetadataKind.Text, "UserComment"),
        [0xA430] = (MetadataKind.Maker, "OwnerName"),
        [0xA436] = (MetadataKind.Text, "ImageTitle"),
        [0xA437] = (MetadataKind.Maker, "Photographer"),
        [0xA438] = (MetadataKind.Text, "ImageEditor"),
    };

    // Software, dates with their parts and zones, versions, lenses, unique ids, interoperability.
    private static readonly HashSet<int> Noise =
    [
        0x0001, 0x0002, 0x000B, Make, Model, 0x0131, 0x0132, 0x1000, 0x9000, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292, 0xA000, 0xA420, BodySerialNumber, 0xA433,
        0xA434, 0xA435, 0xA43A, 0xA43B, 0xA43C, 0xC614,
    ];

    public static void Note(ExifDirectoryBase directory, GatheredMetadata found)
    {
        if (directory is ExifInteropDirectory)
        {
            return;
        }

        found.Make ??= TextOf(directory, Make);
        found.Model ??= TextOf(directory, Model);
        found.Serial ??= TextOf(directory, BodySerialNumber);
        if (directory.ContainsTag(SubImages))
        {
            found.Hide("TIFF:SubIFD");
        }

        foreach (var tag in directory.Tags)
        {
            var isNamed = Named.TryGetValue(tag.Type, out var named);
            if (!isNamed && (Noise.Contains(tag.Type) || directory.GetObject(tag.Type) is not StringValue))
            {
                continue;
            }

            var (kind, name) = isNamed ? named : (MetadataKind.Text, tag.HasName ? tag.Name : $"0x{tag.Type:X4}");
            if (TextOf(directory, tag.Type) is { } text)
            {
                found.Add(kind, "EXIF:" + name, text);
            }
        }
    }

    /// <summary>Coordinates of the camera or of what was pictured, and the name of the area. A height or a time places nobody.</summary>
    public static void Note(GpsDirectory gps, GatheredMetadata found)
    {
        int[] coordinates = [GpsDirectory.TagLatitude, GpsDirectory.TagLongitude, GpsDirectory.TagDestLatitude, GpsDirectory.TagDestLongitude];
        if (coordinates.Any(tag => gps.GetObject(tag) is Rational[] parts && parts.Any(part => part.Numerator != 0)))
        {
            var place = gps.GetGeoLocation();
            found.Add(MetadataKind.Location, "GPS", place is null ? "coordinates" : string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:0.#####}, {place.Longitude:0.#####}"));
        }

        if (gps.GetObject(GpsDirectory.TagAreaInformation) is byte[] area)
        {
            found.Add(MetadataKind.Location, "GPSAreaInformation", Marked(area));
        }
    }

    /// <summary>A tag's text; null when it has none.</summary>
    public static string? TextOf(Directory directory, int tag)
    {
        var text = directory.GetObject(tag) switch
        {
            StringValue ascii => GatheredMetadata.Decode(ascii.Bytes),
            byte[] bytes when tag is >= 0x9C9B and <= 0x9C9F => Encoding.Unicode.GetString(bytes),
            byte[] bytes => Marked(bytes),
            StringValue[] several => string.Join("; ", several.Select(one => GatheredMetadata.Decode(one.Bytes))),
            _ => "",
        };
        text = text.Replace('\0', ' ').Trim();
        return text.Length == 0 ? null : text;
    }

    // Eight bytes say how the rest is written. UNICODE is UTF-16 in either order: a text of Latin letters has its zeros on one side.
    private static string Marked(byte[] bytes)
    {
        if (bytes.Length < 8)
        {
            return GatheredMetadata.Decode(bytes);
        }

        var rest = bytes.AsSpan(8);
        return Encoding.ASCII.GetString(bytes, 0, 8) switch
        {
            "UNICODE\0" => IsBigEndian(rest) ? Encoding.BigEndianUnicode.GetString(rest) : Encoding.Unicode.GetString(rest),
            "ASCII\0\0\0" or "JIS\0\0\0\0\0" or "\0\0\0\0\0\0\0\0" => GatheredMetadata.Decode(rest),
            _ => GatheredMetadata.Decode(bytes),
        };
    }

    private static bool IsBigEndian(ReadOnlySpan<byte> utf16)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < utf16.Length; i += 2)
        {
            even += utf16[i] == 0 ? 1 : 0;
            odd += utf16[i + 1] == 0 ? 1 : 0;
        }

        return utf16 is [0xFE, 0xFF, ..] || even > odd;
    }
}
