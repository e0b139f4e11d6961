namespace PublicationGate.Removal.Addresses;

/// <summary>Who said that a picture is at an address.</summary>
public enum AddressFrom
{
    /// <summary>The output that put it there.</summary>
    Output,

    /// <summary>Somebody who works with the gate.</summary>
    Person,

    /// <summary>Whoever asked that it is removed: anybody. Such an address keeps a take-down open, and never ends one.</summary>
    Parent,
}

/// <summary>What the gate knows of a picture at an address.</summary>
public enum AddressState
{
    /// <summary>Nobody looked yet.</summary>
    Waiting,

    /// <summary>It can be seen.</summary>
    Visible,

    /// <summary>There is something, and only a person can tell whether it shows the picture: a page, or a file that the gate cannot compare.</summary>
    Unclear,

    /// <summary>There was no answer that says anything: the receiver was away, or shut the gate out.</summary>
    NoAnswer,

    /// <summary>It was not there at the latest look; another one must say the same.</summary>
    Missing,

    /// <summary>It is not there any more: two looks say so, or three where something else is there.</summary>
    Gone,
}

/// <summary>An address at which a hidden picture was posted, or is said to be, and what the gate saw there. The row is the evidence that it is gone.</summary>
public sealed class PostedAddress
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The take-down.</summary>
    public required long TakeDownId { get; init; }

    /// <summary>Address with http or https, or the full path of a file; at most one row of each take-down. A number in the place of one that named somebody who was erased.</summary>
    public required string Address { get; set; }

    /// <summary>Who named it.</summary>
    public required AddressFrom From { get; set; }

    /// <summary>The publication whose output remembered it; null for others.</summary>
    public long? OutboxEventId { get; init; }

    /// <summary>What is known.</summary>
    public required AddressState State { get; set; }

    /// <summary>What the latest look met, a word such as <c>http-404</c>; null before the first.</summary>
    public string? Answer { get; set; }

    /// <summary>How often it was looked at.</summary>
    public long Looks { get; set; }

    /// <summary>When last.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When the picture itself was last seen there; null for never.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>Since when it is not there: the first of the looks that say so, without one between that did not.</summary>
    public DateTimeOffset? MissingAt { get; set; }

    /// <summary>When it is looked at next; indexed. Null when that is over.</summary>
    public DateTimeOffset? DueAt { get; set; }
}
