namespace PublicationGate.Duties.Destruction;

/// <summary>A recording is not destroyed now; nothing was begun.</summary>
/// <param name="reason">Why, and what to do.</param>
public sealed class DestructionRefusedException(Text reason) : Exception("refused"), IRefusal
{
    private const int LongestWords = 1000;

    /// <inheritdoc/>
    public Text Reason { get; } = reason;

    /// <summary>What somebody said, without white space around it.</summary>
    /// <exception cref="DestructionRefusedException">It is longer than 1,000 characters.</exception>
    internal static string WordsOf(string? said) => (said ?? "").Trim() is { Length: <= LongestWords } words ? words : throw new DestructionRefusedException(Texts.Get("recording.long-words", ("most", LongestWords)));
}
