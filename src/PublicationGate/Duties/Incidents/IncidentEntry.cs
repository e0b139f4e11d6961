namespace PublicationGate.Duties.Incidents;

/// <summary>What is said of an incident.</summary>
public enum IncidentEntryKind
{
    /// <summary>What happened, in the words of who reported it.</summary>
    Report,

    /// <summary>Where it stands: an address, a photo.</summary>
    Where,

    /// <summary>How grave the head finds it, and why (S3, S5).</summary>
    Severity,

    /// <summary>A talk (S1).</summary>
    Talk,

    /// <summary>In which file the papers lie: personnel or pupil's (S2, S4).</summary>
    Papers,

    /// <summary>A measure that was taken (S3, S5).</summary>
    Measure,

    /// <summary>A report to the police, or why there was none (S6).</summary>
    Police,

    /// <summary>What it costs the school, and whether that is recovered (S7).</summary>
    Costs,

    /// <summary>Anything else.</summary>
    Note,

    /// <summary>It is closed, with the conclusion.</summary>
    Closed,

    /// <summary>It goes on after all, and why.</summary>
    Reopened,
}

/// <summary>How grave an incident is: the head's own judgement.</summary>
public enum IncidentSeverity
{
    /// <summary>A slip: a talk is enough.</summary>
    Light,

    /// <summary>Somebody was harmed or could be.</summary>
    Serious,

    /// <summary>A crime, perhaps, or great harm.</summary>
    Grave,
}

/// <summary>One thing that was said of an incident. A correction is an entry of its own; what it corrects stays (M13).</summary>
public sealed class IncidentEntry
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Number of the incident.</summary>
    public required long IncidentId { get; init; }

    /// <summary>What it is.</summary>
    public required IncidentEntryKind Kind { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the account of who wrote it.</summary>
    public required string By { get; init; }

    /// <summary>The words.</summary>
    public required string Words { get; init; }

    /// <summary>The day on which it was so; null when nobody said.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>For <see cref="IncidentEntryKind.Severity"/>: how grave; null for others.</summary>
    public IncidentSeverity? Severity { get; init; }

    /// <summary>The entry that this one takes the place of; null for none.</summary>
    public long? Corrects { get; init; }
}
