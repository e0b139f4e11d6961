namespace PublicationGate.Confirmations;

/// <summary>What somebody confirms a clause for.</summary>
public enum ConfirmationScope
{
    /// <summary>One photo.</summary>
    Photo,

    /// <summary>Themselves, for a school year.</summary>
    Person,

    /// <summary>The school, for what comes from watched folders in a school year: nobody stands beside those.</summary>
    Folders,

    /// <summary>That they looked at what was said under a post since it was released.</summary>
    Discussion,
}

/// <summary>Somebody confirmed a clause of the protocol. Rows are added, never changed or deleted.</summary>
public sealed class Confirmation
{
    /// <summary>Number, in the order in which they were made.</summary>
    public long Id { get; init; }

    /// <summary>Id of the account; null for the file of a watched folder.</summary>
    public string? AccountId { get; init; }

    /// <summary>Id of the clause, such as M6.</summary>
    public required string Clause { get; init; }

    /// <summary>SHA-256 of the protocol file that was in force.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What for.</summary>
    public required ConfirmationScope Scope { get; init; }

    /// <summary>The submission, for <see cref="ConfirmationScope.Photo"/> and <see cref="ConfirmationScope.Discussion"/>.</summary>
    public string? SubmissionId { get; init; }
}
