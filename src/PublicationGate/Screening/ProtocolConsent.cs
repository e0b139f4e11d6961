using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Takes from a protocol what the register needs to weigh answers: the register comes before the rules and does not know them.</summary>
public static class ProtocolConsent
{
    /// <summary>What <paramref name="protocol"/> says of consent.</summary>
    public static ConsentTerms ConsentTerms(this Protocol protocol) => new()
    {
        TextVersion = protocol.ConsentText,
        Lifetimes = protocol.Channels.ToDictionary(channel => channel.Key, channel => channel.Value.ConsentLifetime),
        OpenChannels = [.. Channels.All.Where(channel => protocol.TermsOf(channel).IsOpen)],
    };
}
