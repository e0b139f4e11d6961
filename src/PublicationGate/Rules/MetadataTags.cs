using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>The tags of one kind of metadata as a reason names them. Never their values: reasons show no more of a person than a first name.</summary>
internal static class MetadataTags
{
    private const int MostShown = 4;

    /// <summary>Up to four tags, and how many more there are; null when the file holds none of this kind.</summary>
    public static string? Of(PhotoFacts photo, MetadataKind kind)
    {
        var tags = photo.Metadata.Entries.Where(entry => entry.Kind == kind).Select(entry => Printable.Of(entry.Tag)).Distinct().ToList();
        return tags.Count == 0 ? null : string.Join(", ", tags.Take(MostShown)) + (tags.Count > MostShown ? $" (+{tags.Count - MostShown})" : "");
    }
}
