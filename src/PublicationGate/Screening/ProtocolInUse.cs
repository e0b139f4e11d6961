using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>The protocol that this process judges by. Safe for concurrent use.</summary>
/// <param name="first">The one that it started with.</param>
public sealed class ProtocolInUse(Protocol first)
{
    private volatile Protocol current = first;

    /// <summary>The protocol by which what begins now is judged. What was begun under another ends under that one.</summary>
    public Protocol Current
    {
        get => current;
        set => current = value;
    }
}
