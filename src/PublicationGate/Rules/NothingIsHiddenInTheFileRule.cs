using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>
/// The file holds no more than the picture that was looked at (C2): no second picture that shows something else, no film after its end,
/// no block that nobody could read. The faces in those were not counted.
/// </summary>
internal sealed class NothingIsHiddenInTheFileRule : IRule
{
    public string Code => "nothing-is-hidden-in-the-file";

    public IReadOnlyList<string> Clauses { get; } = ["C2"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (MetadataTags.Of(photo, MetadataKind.Hidden) is { } tags)
        {
            yield return new Finding(Code, "C2", Outcome.Held, Texts.Get("metadata.hidden", ("tags", tags)));
        }
    }
}
