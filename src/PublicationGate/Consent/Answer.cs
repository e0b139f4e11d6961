namespace PublicationGate.Consent;

/// <summary>The kind of media that an answer is about.</summary>
public enum MediaKind
{
    /// <summary>Photographs.</summary>
    Photo,

    /// <summary>Moving pictures.</summary>
    Film,

    /// <summary>Sound recordings.</summary>
    Sound,

    /// <summary>The first name beside a picture or text.</summary>
    Name,
}

/// <summary>How prominently a pupil may be shown, as far as an answer goes.</summary>
public enum ConsentScope
{
    /// <summary>Recognisable among others.</summary>
    Group,

    /// <summary>Shown alone.</summary>
    Individual,
}

/// <summary>Who answered.</summary>
public enum AnswerBy
{
    /// <summary>A guardian, who decides until the pupil is 16.</summary>
    Guardian,

    /// <summary>The pupil, who decides from 16 on.</summary>
    Pupil,

    /// <summary>A guardian on paper, written down by staff: <see cref="Answer.GivenBy"/> says which guardian. It weighs as that guardian's.</summary>
    Staff,
}

/// <summary>
/// One answer about one pupil. Answers are appended and never changed or deleted, which the database itself refuses: a later one is added
/// and counts instead.
/// </summary>
public sealed class Answer
{
    /// <summary>The channel of an answer that holds for every channel.</summary>
    public const string EveryChannel = "*";

    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Register key of the pupil; indexed.</summary>
    public required string PupilKey { get; init; }

    /// <summary>Channel id, or <see cref="EveryChannel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Kind of media.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Group or individual.</summary>
    public required ConsentScope Scope { get; init; }

    /// <summary>True for yes.</summary>
    public required bool IsYes { get; init; }

    /// <summary>The day on which it was given, from which it counts.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The instant at which it was given, on <see cref="Date"/> in UTC, from which it counts; null when only the day is known.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who gave it: tells one guardian's change of mind from another guardian's answer.</summary>
    public required string GivenBy { get; init; }

    /// <summary>In which quality they gave it.</summary>
    public AnswerBy By { get; init; }

    /// <summary>How it came in, such as paper, form, link or import; null when nobody wrote that down.</summary>
    public string? How { get; init; }

    /// <summary>Version of the text that was agreed to or refused; null when nobody wrote that down.</summary>
    public string? TextVersion { get; init; }

    /// <summary>Name or hash of a file that proves it; null for none.</summary>
    public string? Proof { get; init; }

    /// <summary>When the register learnt of it; set by the register.</summary>
    public DateTimeOffset RecordedAt { get; internal set; }

    /// <summary>What makes two answers the same one: everything but number and time of recording. Adding an answer again adds nothing. Databases keep milliseconds.</summary>
    internal object Identity => (PupilKey, Channel, Kind, Scope, IsYes, Date, At?.ToUnixTimeMilliseconds(), (NameFolding.Fold(GivenBy), By, How, TextVersion, Proof));
}
