namespace PublicationGate.Consent;

/// <summary>An answer as somebody writes it down, at a page or on the command line.</summary>
/// <param name="PupilKey">Register key of the pupil.</param>
/// <param name="Channel">Channel id, or <see cref="Answer.EveryChannel"/>.</param>
/// <param name="Kind">Kind of media.</param>
/// <param name="Scope">Group or individual.</param>
/// <param name="IsYes">True for yes.</param>
/// <param name="GivenBy">Who gave it; not empty.</param>
/// <param name="By">In which quality.</param>
public sealed record AnswerDraft(string PupilKey, string Channel, MediaKind Kind, ConsentScope Scope, bool IsYes, string GivenBy, AnswerBy By)
{
    /// <summary>The day on which it was given; null for this moment.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>How it came in; null when nobody says.</summary>
    public string? How { get; init; }

    /// <summary>Version of the text that it was given under; null for the one in force at this moment, and unknown on another day.</summary>
    public string? TextVersion { get; init; }

    /// <summary>Name or hash of a file that proves it; null for none.</summary>
    public string? Proof { get; init; }

    /// <summary>The answer to record.</summary>
    /// <param name="now">This moment.</param>
    /// <param name="textInForce">Version of the consent text in force; null when any will do.</param>
    public Answer At(DateTimeOffset now, string? textInForce) => new()
    {
        PupilKey = PupilKey,
        Channel = Channel,
        Kind = Kind,
        Scope = Scope,
        IsYes = IsYes,
        Date = Day ?? now.Day(),
        At = Day is null ? now : null,
        GivenBy = GivenBy.Trim(),
        By = By,
        How = How,
        TextVersion = TextVersion ?? (Day is null ? textInForce : null),
        Proof = Proof,
    };
}
