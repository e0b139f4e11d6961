using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>A channel as the form offers it.</summary>
/// <param name="Id">Channel id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Why">Why no photo can be submitted for it; null when one can.</param>
internal sealed record ChannelChoice(string Id, Text Name, Text? Why)
{
    /// <summary>All channels under a protocol, in the order in which people see them.</summary>
    public static IReadOnlyList<ChannelChoice> Of(Protocol protocol) => [.. Channels.All.Select(id => new ChannelChoice(id, Texts.ChannelName(id), WhyNot(protocol.TermsOf(id))))];

    /// <summary>The terms of an open channel that matter while a photo is chosen.</summary>
    public static Text TermsOf(Protocol protocol, string channel)
    {
        var minimum = protocol.MinimumGroupOn(channel);
        var group = minimum > 1 ? Texts.Get("submit.terms.group", ("minimum", minimum)) : Texts.Get("submit.terms.closed");
        var names = Texts.Get("submit.names." + protocol.TermsOf(channel).Names);
        return new($"{group.Nl} {names.Nl}", $"{group.En} {names.En}");
    }

    private static Text? WhyNot(ChannelTerms terms) =>
        !terms.IsOpen ? Texts.Get("submit.channel.shut") : !terms.Kinds.Contains(MediaKind.Photo) ? Texts.Get("submit.channel.no-photos") : null;
}
