namespace PublicationGate.Publishing.Outbox;

/// <summary>What an output is told of a release.</summary>
public enum OutboxEventKind
{
    /// <summary>It may be posted.</summary>
    Publish,

    /// <summary>It must go.</summary>
    TakeDown,
}

/// <summary>How far an event is.</summary>
public enum OutboxState
{
    /// <summary>It waits for its turn, or for its next attempt.</summary>
    Waiting,

    /// <summary>A worker delivers it.</summary>
    Leased,

    /// <summary>The output has it.</summary>
    Delivered,

    /// <summary>There was nothing to deliver: the release was withdrawn first.</summary>
    Overtaken,

    /// <summary>Given up; a person has to see to it.</summary>
    Dead,

    /// <summary>A person decided that it need not be delivered.</summary>
    Dropped,
}

/// <summary>One output is to be told of one release. At most one of each kind for a release and an output: the database refuses a second.</summary>
public sealed class OutboxEvent
{
    /// <summary>Number, in the order in which releases came and went.</summary>
    public long Id { get; init; }

    /// <summary>The release.</summary>
    public required string ReleaseId { get; init; }

    /// <summary>Its submission: what is told of one submission is told in order.</summary>
    public required string SubmissionId { get; init; }

    /// <summary>Name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>What it is told.</summary>
    public required OutboxEventKind Kind { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How far it is.</summary>
    public required OutboxState State { get; set; }

    /// <summary>How often it was tried. With the owner it tells whose lease it is.</summary>
    public long Attempts { get; set; }

    /// <summary>From when on it may be taken: not before a waiting one's time, at the end of a leased one's lease; null when nobody will take it any more.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Which process delivers it; null when none does.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>What the latest attempt failed with, a word; null when none did.</summary>
    public string? Failure { get; set; }

    /// <summary>What the output remembers of a publication, as JSON: see <see cref="Outputs.RemoteCopy"/>.</summary>
    public string? Remote { get; set; }

    /// <summary>Why a person dropped it.</summary>
    public string? Ground { get; set; }

    /// <summary>When it was delivered, overtaken, given up or dropped; null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The same at each attempt and for no other event: whoever gets it twice has it once.</summary>
    public string Key => (Kind == OutboxEventKind.Publish ? "publish_" : "takedown_") + ReleaseId;
}

/// <summary>An output that is told nothing more, since its receiver said that it is gone for good.</summary>
public sealed class SwitchedOffOutput
{
    /// <summary>Name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
