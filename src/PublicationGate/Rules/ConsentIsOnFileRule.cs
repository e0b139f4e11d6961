using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>
/// Every declared pupil has a recorded yes for the channel; silence is no (P2, L6). Permission to be shown alone covers being shown,
/// so for a shot of one pupil either answer will do here, but among several a no for group photos stays a no, whatever the submitter calls the photo; whether that pupil may be shown alone is another rule's question.
/// On a channel that works by rounds only a no counts here; <see cref="ParentsAgreedInTheRoundRule"/> asks for the yes.
/// A declared adult has permission on file (C2). Each reason says why there is no yes, and what can be done.
/// </summary>
internal sealed class ConsentIsOnFileRule : IRule
{
    public string Code => "consent-is-on-file";

    public IReadOnlyList<string> Clauses { get; } = ["P2", "C2", "V6", "L6", "A4"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var individual = IndividualShot.Is(photo, protocol);
        // There the round gives the yes; the register can only say no.
        var isYesElsewhere = photo.Rounds is not null && protocol.WorksByRounds(photo.Declaration.Channel);
        foreach (var pupil in photo.Consent.Pupils)
        {
            var isAlone = individual && pupil.Individually != ConsentState.Silent && (photo.Consent.Pupils.Count == 1 || pupil.InGroupPhoto != ConsentState.No);
            var (answer, cause) = isAlone ? (pupil.Individually, null) : (pupil.InGroupPhoto, pupil.InGroupPhotoCause);
            if (answer == ConsentState.No || (answer == ConsentState.Silent && !isYesElsewhere))
            {
                yield return new Finding(Code, "P2", Outcome.Rejected, Texts.Get(
                    answer == ConsentState.No ? "consent.no" : ReasonOf(cause),
                    ("ways", WaysOut(pupil, individual ? pupil.OtherChannelsAlone : pupil.OtherChannels)),
                    ("name", pupil.FirstName),
                    ("group", pupil.Group),
                    ("channel", Texts.ChannelName(photo.Declaration.Channel))));
            }
        }

        foreach (var adult in photo.Consent.Adults.Where(adult => adult.Permission != ConsentState.Yes))
        {
            yield return new Finding(Code, "C2", adult.Permission == ConsentState.No ? Outcome.Rejected : Outcome.Held,
                Texts.Get(adult.Permission == ConsentState.No ? "consent.adult-no" : "consent.adult-silent", ("name", adult.FirstName)));
        }
    }

    private static string ReasonOf(SilenceCause? cause) => cause switch
    {
        SilenceCause.RanOut => "consent.ran-out",
        SilenceCause.TextChanged => "consent.text-changed",
        SilenceCause.PupilDecides => "consent.pupil-decides",
        _ => "consent.silent",
    };

    private static Text WaysOut(PupilConsent pupil, IReadOnlyList<string> otherChannels)
    {
        if (otherChannels.Count == 0)
        {
            return Texts.Get("consent.ways", ("name", pupil.FirstName));
        }

        var names = otherChannels.Select(Texts.ChannelName).ToList();
        var channels = new Text(string.Join(", ", names.Select(name => name.Nl)), string.Join(", ", names.Select(name => name.En)));
        return Texts.Get("consent.ways-other-channel", ("name", pupil.FirstName), ("channels", channels));
    }
}
