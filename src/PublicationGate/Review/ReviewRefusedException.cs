namespace PublicationGate.Review;

/// <summary>A step cannot be taken; nothing was changed.</summary>
/// <param name="code">Why, for programs: the last part of the key of the sentence.</param>
public sealed class ReviewRefusedException(string code) : Exception(code), IRefusal
{
    /// <summary>Why, for programs.</summary>
    public string Code { get; } = code;

    /// <summary>Why, and what to do.</summary>
    public Text Reason { get; } = Texts.Get("review.not." + code);
}
