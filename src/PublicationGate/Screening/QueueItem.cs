using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>How far an item of the queue is.</summary>
public enum QueueState
{
    /// <summary>It waits for a worker, or for its next attempt.</summary>
    Waiting,

    /// <summary>A worker has it.</summary>
    Leased,

    /// <summary>It has its verdict; one that failed too often has one that holds it.</summary>
    Decided,
}

/// <summary>A photo to be screened, once for its content, what is said of it and the protocol: the database refuses a second item of these three.</summary>
public sealed class QueueItem
{
    /// <summary>Number, in the order of arrival.</summary>
    public long Id { get; init; }

    /// <summary>SHA-256 of the photo's bytes, lower-case hexadecimal; empty when they could not be read.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary><see cref="QueuedPhoto.Sha256"/>.</summary>
    public required string DeclarationSha256 { get; init; }

    /// <summary>Version of the protocol that it is judged under.</summary>
    public required string ProtocolVersion { get; set; }

    /// <summary>The <see cref="QueuedPhoto"/> as JSON.</summary>
    public required string Photo { get; init; }

    /// <summary>Id of the store that has its bytes: who works on that store may take it.</summary>
    public required string Store { get; set; }

    /// <summary>How far it is.</summary>
    public required QueueState State { get; set; }

    /// <summary>How often a worker took it. With the owner it tells whose lease it is.</summary>
    public long Attempts { get; set; }

    /// <summary>From when on it may be taken: not before a waiting one's time, at the end of a leased one's lease; null when decided.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Which process has it; null when none does.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>What kind of failure the latest attempt ended with; null when it did not.</summary>
    public string? Failure { get; set; }

    /// <summary>Id of the verdict; null before it is decided.</summary>
    public string? VerdictId { get; set; }

    /// <summary>Its outcome; null before it is decided.</summary>
    public Outcome? Outcome { get; set; }

    /// <summary>Milliseconds from opening the content to the verdict.</summary>
    public long ElapsedMs { get; set; }
}
