namespace PublicationGate.Erasure;

/// <summary>That a person was erased. The database lets answers go of the pupil that such a row names, and the row names one only while that is under way.</summary>
public sealed class RecordedErasure
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The person's pseudonym in the audit trail, to which no key is left.</summary>
    public required string Subject { get; init; }

    /// <summary>Register key of the pupil while rows are deleted; null in every committed row.</summary>
    public string? PupilKey { get; set; }

    /// <summary>When it was done; kept to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the database's files had been rewritten; null when that is still to be done.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
