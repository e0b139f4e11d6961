namespace PublicationGate.Mailing;

/// <summary>How far a letter is.</summary>
public enum LetterState
{
    /// <summary>It waits for its turn, or for its next attempt.</summary>
    Waiting,

    /// <summary>A worker sends it.</summary>
    Leased,

    /// <summary>The mail server has it.</summary>
    Sent,

    /// <summary>Given up; a person has to see to it.</summary>
    Dead,

    /// <summary>A person decided that it need not be sent.</summary>
    Dropped,
}

/// <summary>
/// A letter that waits to be sent by e-mail. It is written in the transaction of what it tells of, so that neither comes without the other; once it is sent,
/// only that it was is kept.
/// </summary>
public sealed class Letter
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>What it is about, such as <c>request-12-receipt</c>; unique, so that nobody gets the same letter twice. No name of a person.</summary>
    public required string Key { get; init; }

    /// <summary>Address that it goes to; empty once it was sent or dropped.</summary>
    public required string To { get; set; }

    /// <summary><c>nl</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Which letter: its sentences are <c>mail.KIND.subject</c> and <c>mail.KIND.body</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What its sentences name, as a JSON object; empty once it was sent or dropped.</summary>
    public required string Values { get; set; }

    /// <summary>The link in it, as JSON, made while it is sent so that none is kept; null for none, and once it was sent or dropped.</summary>
    public string? Link { get; set; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How far it is.</summary>
    public LetterState State { get; set; }

    /// <summary>Attempts so far, with the one under way.</summary>
    public long Attempts { get; set; }

    /// <summary>Not before this moment; while it is sent, the end of its lease; null when it ended.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Who sends it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>What failed last, a word; null when nothing did.</summary>
    public string? Failure { get; set; }

    /// <summary>Why a person dropped it.</summary>
    public string? Ground { get; set; }

    /// <summary>When it was sent, given up or dropped.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
