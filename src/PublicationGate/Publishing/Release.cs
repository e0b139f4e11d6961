namespace PublicationGate.Publishing;

/// <summary>An approved photo that may be posted: what was released, where, on which verdict.</summary>
public sealed class Release
{
    /// <summary>32 hexadecimal digits, in the order of release.</summary>
    public required string Id { get; init; }

    /// <summary>The submission.</summary>
    public required string SubmissionId { get; init; }

    /// <summary>The verdict that approved it.</summary>
    public required string VerdictId { get; init; }

    /// <summary>SHA-256 of the original.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>Channel that it was released for.</summary>
    public required string Channel { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ReleasedAt { get; init; }

    /// <summary>When it was withdrawn, since a later verdict did not approve it; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>SHA-256 of the clean copy in the store; null until it is made, which is soon after the approval, and again once it left the store after a withdrawal.</summary>
    public string? CopySha256 { get; set; }

    /// <summary>Name of the copy for people, which names nobody: activity, day and number, as <c>sportdag-2026-03-31-1.jpg</c>. Null until it is made.</summary>
    public string? CopyName { get; set; }

    /// <summary>When copy and certificate are seen to again: their renewal, or another try. Null for at once.</summary>
    public DateTimeOffset? NextLookAt { get; set; }
}
