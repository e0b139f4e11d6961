using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>
/// A public channel shows pupils in general situations, several at once (P4). A photo of fewer visible pupils passes only when each
/// declared pupil may be shown alone. A photo without a visible face is no breach; it is held as unknown.
/// </summary>
internal sealed class GroupPhotosOnPublicChannelsRule : IRule
{
    public string Code => "group-photos-on-public-channels";

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var pupils = photo.Consent.Pupils;
        var isGroup = photo.Faces.Sure.Count == 0 || photo.PupilFaces >= protocol.MinimumGroup;
        if (protocol.TermsOf(photo.Declaration.Channel).IsPublic && !isGroup && pupils.Count > 0 && pupils.Any(pupil => pupil.Individually != ConsentState.Yes))
        {
            yield return new Finding(Code, "P4", Outcome.Rejected,
                Texts.Get("group.too-few", ("count", photo.PupilFaces), ("minimum", protocol.MinimumGroup), ("channel", Texts.ChannelName(photo.Declaration.Channel))));
        }
    }
}
