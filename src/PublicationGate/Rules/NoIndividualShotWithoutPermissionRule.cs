using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>
/// Nobody is shown alone without permission for it (P4, V2), on any channel, and nobody at all where the school allows no portraits. Who the face belongs to is not known where several pupils
/// are declared: then all need the permission; if some have it, a person must look.
/// </summary>
internal sealed class NoIndividualShotWithoutPermissionRule : IRule
{
    public string Code => "no-individual-shot-without-permission";

    public IReadOnlyList<string> Clauses { get; } = ["P4", "V2"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var terms = protocol.TermsOf(photo.Declaration.Channel);
        var clause = terms.IsPublic ? "P4" : "V2";
        var isByRounds = protocol.WorksByRounds(photo.Declaration.Channel);
        var without = photo.Consent.Pupils.Where(pupil => pupil.Individually != ConsentState.Yes
            && !(isByRounds && pupil.Individually == ConsentState.Silent && photo.Rounds?.AllowsAlone(pupil.Key) == true)).ToList();
        if ((without.Count == 0 && terms.AllowsPortraits) || !IndividualShot.Is(photo, protocol))
        {
            yield break;
        }

        if (!terms.AllowsPortraits)
        {
            yield return new Finding(Code, clause, Outcome.Rejected, Texts.Get("individual.never", ("channel", Texts.ChannelName(photo.Declaration.Channel))));
            yield break;
        }

        var outcome = without.Count == photo.Consent.Pupils.Count ? Outcome.Rejected : Outcome.Held;
        var reason = photo.Consent.Pupils.Count == 1
            ? Texts.Get("individual.no-permission", ("name", without[0].FirstName), ("channel", Texts.ChannelName(photo.Declaration.Channel)))
            : Texts.Get("individual.one-stands-out", ("count", without.Count), ("people", photo.Consent.Pupils.Count), ("channel", Texts.ChannelName(photo.Declaration.Channel)));
        yield return new Finding(Code, clause, outcome, reason);
    }
}
