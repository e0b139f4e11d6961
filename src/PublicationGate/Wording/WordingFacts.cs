namespace PublicationGate.Wording;

/// <summary>What a finding in a text is.</summary>
public enum TextFindingKind
{
    /// <summary>First name and surname of a pupil of the register.</summary>
    FullName,

    /// <summary>A surname of the register alone; it may also be a bakery or a street.</summary>
    Surname,

    /// <summary>A first name of the register with a surname that the register does not know.</summary>
    PossibleFullName,

    /// <summary>A first name of a pupil: allowed or not as the channel's terms say.</summary>
    FirstName,

    /// <summary>The day somebody was born.</summary>
    BirthDate,

    /// <summary>Somebody's age beside their name.</summary>
    Age,

    /// <summary>Street and number; sure when a postcode goes with it.</summary>
    Address,

    /// <summary>A postcode without a house number.</summary>
    Postcode,

    /// <summary>Coordinates, or a link to a place on a map.</summary>
    Coordinates,

    /// <summary>Telephone number; not sure when it may be a service line or something else.</summary>
    Phone,

    /// <summary>E-mail address, disguised ones too.</summary>
    Email,

    /// <summary>Name of an account, or a link to one.</summary>
    Handle,

    /// <summary>Bank account; sure when its check digits are right.</summary>
    Iban,

    /// <summary>Citizen service number; sure when it passes the eleven test.</summary>
    Bsn,

    /// <summary>Swear word (L3).</summary>
    Swearing,

    /// <summary>Insult or slander (M4, L4).</summary>
    Insult,

    /// <summary>Obscenity (M4).</summary>
    Obscenity,

    /// <summary>Racism or discrimination (L5).</summary>
    Discrimination,

    /// <summary>Words of somebody, attributed to them (M14).</summary>
    Quote,

    /// <summary>Health, care, behaviour, family, religion or money of a person (M5).</summary>
    AboutAPerson,

    /// <summary>Policy, finance, staff matters or passwords of the school (M12).</summary>
    AboutTheSchool,
}

/// <summary>One thing found in a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Field">Which text: <c>caption</c>, <c>alt</c>, <c>title</c>, <c>activity</c>, <c>file-name</c>, <c>folder-name</c>, or the tag of an entry of embedded metadata.</param>
/// <param name="Start">Where it starts, in characters from 0.</param>
/// <param name="Span">The words as they stand there.</param>
/// <param name="IsSure">Its form leaves no doubt about what it is.</param>
/// <param name="Pupil">Register key of the declared pupil whose first name it is; null for anything else.</param>
public sealed record TextFinding(TextFindingKind Kind, string Field, int Start, string Span, bool IsSure = true, string? Pupil = null);

/// <summary>What the texts that go out with a photo say. Facts only: what follows from them the rules say.</summary>
public sealed record WordingFacts
{
    /// <summary>False when the texts could not be searched; nothing may approve then.</summary>
    public bool Known { get; init; } = true;

    /// <summary>What was found, by text and in reading order.</summary>
    public IReadOnlyList<TextFinding> Findings { get; init; } = [];
}
