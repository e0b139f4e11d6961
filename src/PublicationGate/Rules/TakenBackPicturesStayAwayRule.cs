using PublicationGate.Recordings;

namespace PublicationGate.Rules;

/// <summary>A picture that was taken back is not published again (V2): not the same file, not a copy of it, on no channel, until somebody lifts that with a ground.</summary>
internal sealed class TakenBackPicturesStayAwayRule : IRule
{
    public string Code => "taken-back-pictures-stay-away";

    public IReadOnlyList<string> Clauses { get; } = ["V2"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (photo.TakenBack is not { Known: true })
        {
            yield return new Finding(Code, "V2", Outcome.Held, Texts.Get("taken-back.unknown"));
        }

        foreach (var match in photo.TakenBack?.Matches ?? [])
        {
            var (outcome, key) = match.By switch
            {
                MatchedBy.DoubtfulPicture => (Outcome.Held, "taken-back.doubtful"),
                MatchedBy.Picture => (Outcome.Rejected, "taken-back.copy"),
                _ => (Outcome.Rejected, "taken-back.same"),
            };
            yield return new Finding(Code, "V2", outcome, Texts.Get(key, ("id", match.Id), ("date", match.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("for", Texts.Get("taken-back.for." + match.For))));
        }
    }
}
