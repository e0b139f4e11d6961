using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>
/// The file itself does not say where the picture was made (P3): coordinates, a city, an area. Held rather than rejected, since a phone
/// writes its place into every photo and nothing is wrong with the picture; held rather than passed, since what is approved is the file
/// as it is, and a home or a riding school at a named hour is more than a first name. A school that switches the location off on its
/// camera never meets this rule.
/// </summary>
internal sealed class MetadataPlacesNobodyRule : IRule
{
    public string Code => "metadata-places-nobody";

    public IReadOnlyList<string> Clauses { get; } = ["P3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (MetadataTags.Of(photo, MetadataKind.Location) is { } tags)
        {
            yield return new Finding(Code, "P3", Outcome.Held, Texts.Get("metadata.places", ("tags", tags)));
        }
    }
}
