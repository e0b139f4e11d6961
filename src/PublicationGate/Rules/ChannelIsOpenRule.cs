namespace PublicationGate.Rules;

/// <summary>The channel was opened by the school. Social media ship shut: consent for them is asked only once the school has agreed terms.</summary>
internal sealed class ChannelIsOpenRule : IRule
{
    public string Code => "channel-is-open";

    public IReadOnlyList<string> Clauses { get; } = ["P2"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var channel = photo.Declaration.Channel;
        if (!protocol.TermsOf(channel).IsOpen)
        {
            yield return new Finding(Code, "P2", Outcome.Rejected, Texts.Get("channel.shut", ("channel", Texts.ChannelName(channel))));
        }
    }
}
