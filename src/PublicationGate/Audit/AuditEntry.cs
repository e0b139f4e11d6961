namespace PublicationGate.Audit;

/// <summary>One line of the audit trail, chained to the one before it. Rows are added, never changed: the database itself refuses.</summary>
public sealed class AuditEntry
{
    /// <summary>Number of the entry, from 1 without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>When it happened; kept to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, as <see cref="AuditKinds"/> names it.</summary>
    public required string Kind { get; init; }

    /// <summary>What it happened to: an id of a verdict, an item, a protocol; or the pseudonym of a person. Never a name.</summary>
    public required string Subject { get; init; }

    /// <summary>More about it, as canonical JSON. No names.</summary>
    public required string Details { get; init; }

    /// <summary><see cref="Hash"/> of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of the canonical JSON of all other fields.</summary>
    public required string Hash { get; init; }
}
