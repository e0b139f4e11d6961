namespace PublicationGate.Rounds;

/// <summary>Something cannot be done in a round; nothing was changed.</summary>
/// <param name="field">Field of the form that is to blame; empty for none.</param>
/// <param name="reason">Why, and what to do.</param>
public sealed class RoundRefusedException(string field, Text reason) : Exception("refused"), IRefusal
{
    /// <summary>Field of the form that is to blame; empty for none.</summary>
    public string Field { get; } = field;

    /// <summary>Why, and what to do.</summary>
    public Text Reason { get; } = reason;

    /// <summary>A refusal that no field is to blame for.</summary>
    /// <param name="code">The last part of the key of the sentence.</param>
    internal static RoundRefusedException Of(string code) => new("", Texts.Get("round.not." + code));
}
