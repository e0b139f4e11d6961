namespace PublicationGate.Removal;

/// <summary>Something cannot be done; nothing was changed.</summary>
/// <param name="reason">Why, and what to do.</param>
public sealed class RemovalRefusedException(Text reason) : Exception("refused"), IRefusal
{
    private const int LongestGround = 1000;

    /// <summary>Why, and what to do.</summary>
    public Text Reason { get; } = reason;

    /// <summary>The ground, without white space around it.</summary>
    /// <exception cref="RemovalRefusedException">There is none, or it is longer than 1,000 characters: more than a page is no ground.</exception>
    internal static string GroundOf(string ground) => ground.Trim() switch
    {
        "" => throw new RemovalRefusedException(Texts.Get("removal.no-ground")),
        { Length: > LongestGround } => throw new RemovalRefusedException(Texts.Get("removal.long-ground", ("most", LongestGround))),
        var given => given,
    };
}
