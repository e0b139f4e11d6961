namespace PublicationGate.Imaging;

/// <summary>What an entry of a file's metadata tells.</summary>
public enum MetadataKind
{
    /// <summary>Who is in the picture: named regions, people lists, face-recognition records.</summary>
    Person,

    /// <summary>Where it was made: coordinates, place names.</summary>
    Location,

    /// <summary>Who made it or owns the rights.</summary>
    Maker,

    /// <summary>Free text that travels along: titles, descriptions, keywords, comments.</summary>
    Text,

    /// <summary>What a person should know of the file itself: an embedded second picture, data after its end.</summary>
    Hidden,
}

/// <summary>One entry of metadata that names or locates people, or is text.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Tag">Where it stands, as people look it up: <c>XMP-mwg-rs:RegionName</c>, <c>GPS</c>, <c>IPTC:Caption</c>.</param>
/// <param name="Value">Its text; empty where the entry is no text.</param>
public sealed record MetadataEntry(MetadataKind Kind, string Tag, string Value);

/// <summary>The camera that a photo says it was made with; null where it does not say.</summary>
/// <param name="Make">Maker.</param>
/// <param name="Model">Model.</param>
/// <param name="Serial">Serial number of the body.</param>
public sealed record CameraIdentity(string? Make, string? Model, string? Serial);

/// <summary>What travels inside a file beside its picture.</summary>
public sealed record MetadataFacts
{
    /// <summary>False when the metadata could not be read to its end; nothing may approve then.</summary>
    public bool Known { get; init; } = true;

    /// <summary>Everything that names or locates people, or is text, in the order of the file; none twice.</summary>
    public IReadOnlyList<MetadataEntry> Entries { get; init; } = [];

    /// <summary>The camera; null when the file does not say.</summary>
    public CameraIdentity? Camera { get; init; }

    /// <summary>These facts with those of another place that tells of the same photo; the camera is the first one named.</summary>
    public MetadataFacts With(MetadataFacts other) => new()
    {
        Known = Known && other.Known,
        Entries = [.. Entries.Union(other.Entries)],
        Camera = Camera ?? other.Camera,
    };
}
