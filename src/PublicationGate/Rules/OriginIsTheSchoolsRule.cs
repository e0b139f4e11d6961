namespace PublicationGate.Rules;

/// <summary>The photo was made by the school itself; what parents or others made, a person looks at.</summary>
internal sealed class OriginIsTheSchoolsRule : IRule
{
    private static readonly Dictionary<string, string> ClauseOf = new() { ["parent"] = "P5", ["third-party"] = "M7", ["repost"] = "M14" };

    public string Code => "origin-is-the-schools";

    public IReadOnlyList<string> Clauses { get; } = ["P5", "M3", "M7", "M14"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (photo.Declaration.Origin is { } origin && ClauseOf.TryGetValue(origin, out var clause))
        {
            yield return new Finding(Code, clause, Outcome.Held, Texts.Get("origin." + origin));
        }
    }
}
