namespace PublicationGate.Duties.Incidents;

/// <summary>
/// Something that went against the agreements, or something bad about the school that somebody read, reported to the head (M1, S1). The row says that, and nothing of what happened:
/// what was said stands in <see cref="IncidentEntry"/>, and the head alone may read it. The database refuses to change or delete either.
/// </summary>
public sealed class Incident
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Id of the account of who reported it.</summary>
    public required string ReportedBy { get; init; }

    /// <summary>The submission that the report names, where the gate knows it; null for none.</summary>
    public string? SubmissionId { get; init; }
}

/// <summary>That the head destroyed the file of an incident: what was said is gone, the number and these facts stay.</summary>
public sealed class DestroyedIncident
{
    /// <summary>Number of the incident.</summary>
    public required long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the head's account.</summary>
    public required string By { get; init; }
}
