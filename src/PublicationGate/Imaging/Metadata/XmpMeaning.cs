namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// What a property of XMP tells, by its schema and by the properties around it. What is not known is text: it is searched for names like
/// every other text.
/// </summary>
internal static class XmpMeaning
{
    public enum Meaning
    {
        Noise,
        Text,
        Person,
        Location,
        Maker,
        Serial,
        Picture,
        Media,
    }

    private const string Regions = "http://www.metadataworkinggroup.com/schemas/regions/";
    private const string AcdseeRegions = "http://ns.acdsee.com/regions/";
    private const string Iptc = "http://iptc.org/std/Iptc4xmp";
    private const string MicrosoftPhoto = "http://ns.microsoft.com/photo/1.2";
    private const string Plus = "http://ns.useplus.org/ldf/xmp/1.0/";

    // Settings of raw converters, cameras and colours, and ids of documents: programs write them for themselves.
    private static readonly string[] NoiseSchemas =
    [
        "http://ns.adobe.com/camera-raw-settings/", "http://ns.adobe.com/camera-raw-saved-settings/", "http://ns.adobe.com/lightroom-settings", "http://ns.adobe.com/hdr-gain-map/",
        "http://ns.apple.com/HDRGainMap/", "http://ns.adobe.com/xap/1.0/g/", "http://ns.adobe.com/xap/1.0/sType/Dimensions", "http://ns.adobe.com/xmp/sType/Area",
        "http://ns.google.com/photos/1.0/container/", "http://ns.google.com/photos/1.0/camera/", "http://ns.google.com/photos/dd/",
    ];

    private static readonly HashSet<string> NoiseNames =
    [
        "CreatorTool", "softwareAgent", "action", "when", "instanceID", "documentID", "InstanceID", "DocumentID", "OriginalDocumentID", "originalDocumentID", "RenditionClass",
        "ICCProfileName", "ICCProfile", "ColorMode", "LegacyIPTCDigest", "NativeDigest", "DocumentAncestors", "format", "Format", "Software", "Type", "Unit", "unit", "xmptk", "Lens", "LensModel", "LensID",
        "LensMake", "Firmware", "FirmwareVersion", "MetadataDate", "CreateDate", "ModifyDate", "DateCreated", "Rectangle", "Rating", "RatingPercent", "ColorLabel", "NameAssignType",
        "DigitalSourceType", "DigitalSourceFileType", "Make", "Model", "ComponentsConfiguration", "AppliedToDimensions", "Area", "Sharpness", "ProfileName", "HasExtendedXMP", "Version",
        "applyAutomatically",
    ];

    private static readonly HashSet<string> MakerNames =
    [
        "creator", "rights", "publisher", "contributor", "Artist", "Copyright", "Credit", "Source", "Owner", "OwnerName", "CameraOwnerName", "CopyrightOwnerName", "ImageCreatorName",
        "LicensorName", "ImageSupplierName", "Author", "author", "AOCreator", "Photographer",
    ];

    private static readonly HashSet<string> PlaceNames = ["City", "State", "Location", "Sublocation", "ProvinceState", "LocationName", "Landmark", "Country-Sublocation"];

    /// <param name="names">The property and what it stands in, innermost first; at least one.</param>
    public static Meaning Of(IReadOnlyList<XmpName> names)
    {
        var (schema, local) = (names[0].Schema, names[0].Local);
        if (local is "image" && schema.EndsWith("/g/img/", StringComparison.Ordinal))
        {
            return Meaning.Picture;
        }

        if (local is "Data" && schema.StartsWith("http://ns.google.com/photos/1.0/", StringComparison.Ordinal))
        {
            return Meaning.Media;
        }

        if (names.Any(name => IsPerson(name, names)))
        {
            return NoiseNames.Contains(local) || local is "x" or "y" or "w" or "h" or "d" ? Meaning.Noise : Meaning.Person;
        }

        if (names.Any(IsPlace))
        {
            return IsVague(local) ? Meaning.Noise : Meaning.Location;
        }

        if (local.Contains("SerialNumber", StringComparison.Ordinal))
        {
            return local.Contains("Lens", StringComparison.Ordinal) ? Meaning.Noise : Meaning.Serial;
        }

        if (names.Any(name => MakerNames.Contains(name.Local)))
        {
            return Meaning.Maker;
        }

        return NoiseNames.Contains(local) || names.Any(name => NoiseSchemas.Any(noise => name.Schema.StartsWith(noise, StringComparison.Ordinal))) ? Meaning.Noise : Meaning.Text;
    }

    private static bool IsPerson(XmpName name, IReadOnlyList<XmpName> all) => name.Schema switch
    {
        Regions or AcdseeRegions => name.Local is "Name" or "Description" && all.Any(outer => outer.Local is "Regions" or "RegionList"),
        Plus => name.Local is "ModelReleaseID",
        _ when name.Schema.StartsWith(MicrosoftPhoto, StringComparison.Ordinal) => name.Local.StartsWith("Person", StringComparison.Ordinal),
        _ => name.Local.StartsWith("Person", StringComparison.Ordinal) || name.Local is "People" or "people" or "person" or "FaceName" or "Personality",
    };

    private static bool IsPlace(XmpName name) =>
        name.Local is "LocationShown" or "LocationCreated" || PlaceNames.Contains(name.Local)
        || name.Local.StartsWith("GPS", StringComparison.OrdinalIgnoreCase) || name.Local.EndsWith("Latitude", StringComparison.Ordinal) || name.Local.EndsWith("Longitude", StringComparison.Ordinal)
        || (name.Local == "Location" && name.Schema.StartsWith(Iptc, StringComparison.Ordinal));

    // A country, a direction, a height or a time places nobody.
    private static bool IsVague(string local) =>
        local.StartsWith("Country", StringComparison.Ordinal) || local is "WorldRegion" || local.EndsWith("Ref", StringComparison.Ordinal)
        || (local.StartsWith("GPS", StringComparison.OrdinalIgnoreCase) && !local.Contains("Latitude", StringComparison.Ordinal) && !local.Contains("Longitude", StringComparison.Ordinal)
            && !local.Contains("Area", StringComparison.Ordinal) && !local.Contains("Position", StringComparison.Ordinal) && !local.Contains("Coordinates", StringComparison.Ordinal));
}
