using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>
/// The file itself does not say who is in the picture (P3): named face regions, lists of persons, recognised faces. P3 allows a first name
/// beside a photo, but a name tied to a face in the file is read by machines and travels along unseen. Held rather than rejected, on
/// every channel: the photo may well be fine once the names are out, and taking them out is all it needs.
/// Texts inside the file are searched for names like every other text; that is another rule.
/// </summary>
internal sealed class MetadataNamesNobodyRule : IRule
{
    public string Code => "metadata-names-nobody";

    public IReadOnlyList<string> Clauses { get; } = ["P3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (MetadataTags.Of(photo, MetadataKind.Person) is { } tags)
        {
            yield return new Finding(Code, "P3", Outcome.Held, Texts.Get("metadata.names", ("tags", tags)));
        }
    }
}
