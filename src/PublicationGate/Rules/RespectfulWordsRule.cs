using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>
/// No swearing, insults, slander, obscenity, racism or discrimination (M4, L3, L4, L5). Words can be innocent where they stand, so a hit
/// never refuses; it never passes silently either.
/// </summary>
internal sealed class RespectfulWordsRule : IRule
{
    private static readonly Dictionary<TextFindingKind, string> ClauseOf = new()
    {
        [TextFindingKind.Swearing] = "L3", [TextFindingKind.Insult] = "L4", [TextFindingKind.Obscenity] = "M4", [TextFindingKind.Discrimination] = "L5",
    };

    public string Code => "respectful-words";

    public IReadOnlyList<string> Clauses { get; } = ["M4", "L3", "L4", "L5"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) =>
        from found in photo.Wording.Findings
        where ClauseOf.ContainsKey(found.Kind)
        select new Finding(Code, ClauseOf[found.Kind], Outcome.Held, FoundText.Reason("words." + found.Kind, found));
}
