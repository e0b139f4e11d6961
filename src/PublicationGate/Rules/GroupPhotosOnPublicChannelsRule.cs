using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>
/// A public channel shows pupils in general situations, several at once (P4); so does a closed one for which the school set a minimum. A
/// photo of fewer visible pupils passes only where the channel allows portraits and each declared pupil may be shown alone. A photo
/// without a visible face is no breach; it is held as unknown.
/// </summary>
internal sealed class GroupPhotosOnPublicChannelsRule : IRule
{
    public string Code => "group-photos-on-public-channels";

    public IReadOnlyList<string> Clauses { get; } = ["P4"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var channel = photo.Declaration.Channel;
        var (pupils, minimum) = (photo.Consent.Pupils, protocol.MinimumGroupOn(channel));
        var isGroup = photo.Faces.Sure.Count == 0 || photo.PupilFaces >= minimum;
        var mayBeShownAlone = protocol.TermsOf(channel).AllowsPortraits && pupils.All(pupil => pupil.Individually == ConsentState.Yes);
        if (pupils.Count > 0 && !isGroup && !mayBeShownAlone)
        {
            yield return new Finding(Code, "P4", Outcome.Rejected, Texts.Get("group.too-few", ("count", photo.PupilFaces), ("minimum", minimum), ("channel", Texts.ChannelName(channel))));
        }
    }
}
