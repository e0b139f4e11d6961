using PublicationGate.Consent;

namespace PublicationGate.Rounds;

/// <summary>What parents are asked.</summary>
public enum RoundKind
{
    /// <summary>An answer: only a yes lets their child be shown (V1).</summary>
    Ask,

    /// <summary>They are told; where the round has a question they also answer it (V5).</summary>
    Notice,
}

/// <summary>How far a round is.</summary>
public enum RoundState
{
    /// <summary>Nobody was asked yet; it can still be changed.</summary>
    Draft,

    /// <summary>Parents can answer, and change their answer.</summary>
    Open,

    /// <summary>The result counts: silence is no. A no is still heeded at once; a yes only when staff write it down with a ground.</summary>
    Closed,
}

/// <summary>The parents of some pupils are asked, or told, about one event on one channel. A row stays what it was once it is open, but for its closing.</summary>
public sealed class Round
{
    /// <summary>Number given by the database; declarations name it: <c>round: 12</c>.</summary>
    public long Id { get; init; }

    /// <summary>What it is for, such as a brochure.</summary>
    public required string Name { get; set; }

    /// <summary>Who wants the pictures or comes to school.</summary>
    public required string Organisation { get; set; }

    /// <summary>Channel id.</summary>
    public required string Channel { get; set; }

    /// <summary>Ask or tell.</summary>
    public required RoundKind Kind { get; set; }

    /// <summary>What a yes covers: being shown among others, or also alone, as in an interview.</summary>
    public required ConsentScope Scope { get; set; }

    /// <summary>What parents answer with yes or no; null for a notice that asks nothing.</summary>
    public string? Question { get; set; }

    /// <summary>What parents read.</summary>
    public required string Explanation { get; set; }

    /// <summary>Names of the groups that it is about, one a line. Who is in them is settled when it is opened: <see cref="RoundPupil"/>.</summary>
    public required string Groups { get; set; }

    /// <summary>Register keys of other pupils that a draft is about, one a line; empty once it is open.</summary>
    public required string Keys { get; set; }

    /// <summary>The last day on which answers count, in UTC.</summary>
    public required DateOnly Deadline { get; set; }

    /// <summary>How many days before the deadline those who have not answered get a letter again; 0 for never, at most 60.</summary>
    public required long ReminderDays { get; set; }

    /// <summary>Id of the account that made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was opened; null for a draft.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>Id of the account that opened it.</summary>
    public string? OpenedBy { get; set; }

    /// <summary>When letters of reminder were written last; null for never.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>When it was closed; null until then, also when its deadline is past and nobody has noticed yet.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Id of the account that closed it; null when its deadline did.</summary>
    public string? ClosedBy { get; set; }

    /// <summary>Until when its links hold: a no must be possible long after it.</summary>
    public DateTimeOffset LinksEndAt => new(Deadline.AddYears(1), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Parents give an answer.</summary>
    public bool AsksAnswer => Kind == RoundKind.Ask || Question is not null;

    /// <summary>How far it is at an instant. The deadline closes it by itself.</summary>
    public RoundState StateAt(DateTimeOffset now) =>
        OpenedAt is null ? RoundState.Draft : ClosedAt is null && now.Day() <= Deadline ? RoundState.Open : RoundState.Closed;
}

/// <summary>A pupil whom a round is about, from its opening on.</summary>
public sealed class RoundPupil
{
    /// <summary>The round.</summary>
    public required long RoundId { get; init; }

    /// <summary>Register key.</summary>
    public required string PupilKey { get; init; }
}

/// <summary>Somebody who was asked about one pupil. The link of a letter is about one of these.</summary>
public sealed class RoundInvitation
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The round.</summary>
    public required long RoundId { get; init; }

    /// <summary>Register key of the pupil; indexed.</summary>
    public required string PupilKey { get; init; }

    /// <summary>Number of the guardian when the round was opened; null where the register knew none.</summary>
    public long? GuardianId { get; init; }

    /// <summary>What the guardian was called; empty where the register knew none.</summary>
    public required string Name { get; init; }

    /// <summary>True for the pupil, who is asked from 16 on.</summary>
    public required bool IsPupil { get; init; }
}

/// <summary>One answer in a round. Answers are appended; the database refuses to change one, or to delete one but by the erasure of the pupil.</summary>
public sealed class RoundAnswer
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The round.</summary>
    public required long RoundId { get; init; }

    /// <summary>Register key of the pupil.</summary>
    public required string PupilKey { get; init; }

    /// <summary>Whose answer it is.</summary>
    public required long InvitationId { get; init; }

    /// <summary>The pupil answered, not a guardian.</summary>
    public required bool IsPupil { get; init; }

    /// <summary>True for yes.</summary>
    public required bool IsYes { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the account that wrote it down; null where it came by a link.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>Why staff wrote it down, such as a note on paper; null where it came by a link.</summary>
    public string? Ground { get; init; }
}
