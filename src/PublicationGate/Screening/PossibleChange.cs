using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>One thing that a person could do about a verdict, and what the facts or the protocol would be then.</summary>
/// <param name="What">The change, as a sentence.</param>
/// <param name="Topic">What it is about; two changes of one topic exclude each other.</param>
internal sealed record PossibleChange(Text What, string Topic)
{
    /// <summary>
    /// The photo after the change. Several where it depends on something that the gate cannot know, such as whose face is whose: only
    /// what holds for all of them may be said.
    /// </summary>
    public Func<PhotoFacts, IEnumerable<PhotoFacts>> OfPhoto { get; init; } = photo => [photo];

    /// <summary>The protocol after the change.</summary>
    public Func<Protocol, Protocol> OfProtocol { get; init; } = protocol => protocol;

    /// <summary>The channel to which the photo would go instead; null when it stays.</summary>
    public string? Channel { get; init; }
}
