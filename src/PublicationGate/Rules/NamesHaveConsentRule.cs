using PublicationGate.Consent;
using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>
/// First names of pupils stand in the texts as the channel's terms allow (P3) and as their guardians answered for the name (P2). A first
/// name that may be that of a pupil who was not declared is looked at where the channel's terms ask anything.
/// </summary>
internal sealed class NamesHaveConsentRule : IRule
{
    public string Code => "names-have-consent";

    public IReadOnlyList<string> Clauses { get; } = ["P2", "P3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var allowed = protocol.TermsOf(photo.Declaration.Channel).Names;
        var answers = photo.Consent.Pupils.ToDictionary(pupil => pupil.Key);
        var channel = Texts.ChannelName(photo.Declaration.Channel);
        foreach (var found in photo.Wording.Findings.Where(found => found.Kind == TextFindingKind.FirstName))
        {
            var pupil = found.Pupil is { } key ? answers.GetValueOrDefault(key) : null;
            var (outcome, clause, reason) = (allowed, pupil?.Name) switch
            {
                (NamesAllowed.None, not null) => (Outcome.Rejected, "P3", "name.none-allowed"),
                (NamesAllowed.None, null) => (Outcome.Held, "P3", "name.none-allowed"),
                (_, ConsentState.No) => (Outcome.Rejected, "P2", "name.no"),
                (NamesAllowed.WithPermission, ConsentState.Silent) => (Outcome.Rejected, "P2", "name.silent"),
                (NamesAllowed.WithPermission, null) => (Outcome.Held, "P2", "name.not-declared"),
                _ => (Outcome.Approved, "", ""),
            };
            if (outcome != Outcome.Approved)
            {
                yield return new Finding(Code, clause, outcome, FoundText.Reason(reason, found, ("channel", channel)));
            }
        }
    }
}
