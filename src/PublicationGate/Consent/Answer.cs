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

/// <summary>One answer of one guardian. Answers are never changed: a later one is added and counts instead.</summary>
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

    /// <summary>Who gave it: tells one guardian's change of mind from another guardian's answer.</summary>
    public required string GivenBy { get; init; }
}
