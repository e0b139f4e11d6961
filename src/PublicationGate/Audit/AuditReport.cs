namespace PublicationGate.Audit;

/// <summary>Something that is wrong with the audit trail.</summary>
/// <param name="Entry">Number of the entry where it shows; null where no entry is concerned.</param>
/// <param name="What">What is wrong.</param>
public sealed record AuditFault(long? Entry, Text What);

/// <summary>What a walk along the audit trail found.</summary>
public sealed record AuditReport
{
    /// <summary>How many entries there are.</summary>
    public required long Entries { get; init; }

    /// <summary>How many checkpoints there are.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>Number of the last entry that a checkpoint vouches for; 0 for none. What is cut off after it cannot be found.</summary>
    public required long VouchedTo { get; init; }

    /// <summary>The first faults, by entry: <see cref="AuditVerification.MostFaults"/> at most.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }

    /// <summary>How many faults there are in all.</summary>
    public required long FaultCount { get; init; }

    /// <summary>True when nothing is wrong.</summary>
    public bool IsSound => FaultCount == 0;

    /// <summary>The first entry where something is wrong; null for none.</summary>
    public long? FirstBad => Faults.Min(fault => fault.Entry);
}
