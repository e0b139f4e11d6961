using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>The channel takes this kind of media: consent is asked for each kind apart (P2), and a school need not use them all.</summary>
internal sealed class ChannelTakesThisMediaRule : IRule
{
    public string Code => "channel-takes-this-media";

    public IReadOnlyList<string> Clauses { get; } = ["P2"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var channel = photo.Declaration.Channel;
        if (!protocol.TermsOf(channel).Kinds.Contains(MediaKind.Photo))
        {
            yield return new Finding(Code, "P2", Outcome.Rejected, Texts.Get("channel.no-photos", ("channel", Texts.ChannelName(channel))));
        }
    }
}
