namespace PublicationGate.Removal;

/// <summary>Why a release was hidden.</summary>
public enum TakeDownWhy
{
    /// <summary>Somebody said no, or an answer no longer holds.</summary>
    Consent,

    /// <summary>The picture was taken back.</summary>
    TakenBack,
}

/// <summary>
/// A release that was hidden since it may no longer be shown. Hidden first: the row is written in the transaction that withdraws the release. Then it is followed:
/// the photo is screened anew. What is released again ends it; else a person sees to it that it is gone where it was posted.
/// </summary>
public sealed class TakeDown
{
    /// <summary>Who ended it when the photo was released again.</summary>
    public const string ReleasedAgain = "released-again";

    /// <summary>Who ended it when the gate itself saw that it is gone at every address that is known.</summary>
    public const string Gone = "gone";

    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The release.</summary>
    public required string ReleaseId { get; init; }

    /// <summary>Its submission; indexed.</summary>
    public required string SubmissionId { get; init; }

    /// <summary>Channel from which it must be gone.</summary>
    public required string Channel { get; init; }

    /// <summary>Why.</summary>
    public required TakeDownWhy Why { get; init; }

    /// <summary>When the release was withdrawn.</summary>
    public required DateTimeOffset HiddenAt { get; init; }

    /// <summary>When its photo was sent to be screened anew; null until then.</summary>
    public DateTimeOffset? FollowedAt { get; set; }

    /// <summary>When it was done with; null while somebody must still look.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who says that it is gone, an account or a place, <see cref="ReleasedAgain"/> or <see cref="Gone"/>.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Number of the no that hid it; null when it was hidden for another reason.</summary>
    public long? AnswerId { get; init; }

    /// <summary>When people were told what became of it, by <see cref="WithdrawalReports"/>; null until then, and for what no answer hid.</summary>
    public DateTimeOffset? ToldAt { get; set; }
}
