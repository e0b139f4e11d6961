namespace PublicationGate.Review;

/// <summary>What people do about a submission.</summary>
public enum ReviewActKind
{
    /// <summary>A reviewer approved what was held.</summary>
    Approve,

    /// <summary>A reviewer refused it.</summary>
    Refuse,

    /// <summary>A reviewer marked places in the picture.</summary>
    Mark,

    /// <summary>Something else is declared of it.</summary>
    Declare,

    /// <summary>The submitter was asked something.</summary>
    Ask,

    /// <summary>The submitter answered.</summary>
    Answer,

    /// <summary>The latest of these acts was taken back.</summary>
    Undo,
}

/// <summary>One act, by whom, when and why. The audit trail has the same without the words.</summary>
public sealed class ReviewAct
{
    /// <summary>Number, in the order of the acts.</summary>
    public long Id { get; init; }

    /// <summary>The submission.</summary>
    public required string SubmissionId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the account that did it.</summary>
    public required string AccountId { get; init; }

    /// <summary>What was done.</summary>
    public required ReviewActKind Kind { get; init; }

    /// <summary>The ground, the question or the answer; null where there is none.</summary>
    public string? Words { get; init; }

    /// <summary>What the photo was screened as before.</summary>
    public required string Before { get; init; }

    /// <summary>Whose turn it was before.</summary>
    public required Submissions.SubmissionTurn TurnBefore { get; init; }

    /// <summary>It was taken back.</summary>
    public bool IsUndone { get; set; }
}
