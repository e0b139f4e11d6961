namespace PublicationGate.Rules;

/// <summary>No reviewer refused the photo (M3): a person sees what no rule does, and what they refuse stays refused until they take it back.</summary>
internal sealed class ReviewersDoNotRefuseItRule : IRule
{
    public string Code => "reviewers-do-not-refuse-it";

    public IReadOnlyList<string> Clauses { get; } = ["M3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (photo.Review?.Refusal is { } refusal)
        {
            yield return new Finding(Code, "M3", Outcome.Rejected, Texts.Get("review.refused", ("ground", Printable.Of(refusal.Ground))));
        }
    }
}
