namespace PublicationGate.Consent;

/// <summary>What the register says of a permission: nothing (silence, which is no), yes, or no.</summary>
public enum ConsentState
{
    /// <summary>No answer on file. Silence is not consent.</summary>
    Silent,

    /// <summary>A recorded yes of everyone who answered.</summary>
    Yes,

    /// <summary>A recorded no of at least one guardian.</summary>
    No,
}

/// <summary>Why there is neither a yes nor a no.</summary>
public enum SilenceCause
{
    /// <summary>Nobody who decides has answered.</summary>
    NeverAnswered,

    /// <summary>There was a yes, and its lifetime is over.</summary>
    RanOut,

    /// <summary>There is a yes, given under another text than the one in force.</summary>
    TextChanged,

    /// <summary>The pupil is 16, so that a guardian's yes no longer counts, and has not answered since.</summary>
    PupilDecides,
}

/// <summary>A declared pupil with the answers that were in force for the channel at the moment of looking.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name, the only name that reasons show.</param>
/// <param name="Group">Group name.</param>
/// <param name="InGroupPhoto">May be recognisable among others.</param>
/// <param name="Individually">May be shown alone.</param>
public sealed record PupilConsent(string Key, string FirstName, string Group, ConsentState InGroupPhoto, ConsentState Individually)
{
    /// <summary>Why <see cref="InGroupPhoto"/> is silent; null when it is not.</summary>
    public SilenceCause? InGroupPhotoCause { get; init; }

    /// <summary>Why <see cref="Individually"/> is silent; null when it is not.</summary>
    public SilenceCause? IndividuallyCause { get; init; }

    /// <summary>
    /// The first name may stand beside the picture. Answers about names are given for group and individual; a no for either is no, else a
    /// yes for either is yes.
    /// </summary>
    public ConsentState Name { get; init; }

    /// <summary>Other open channels on which <see cref="InGroupPhoto"/> would be yes; listed only where it is not yes here.</summary>
    public IReadOnlyList<string> OtherChannels { get; init; } = [];

    /// <summary>Other open channels on which <see cref="Individually"/> would be yes; listed only where it is not yes here.</summary>
    public IReadOnlyList<string> OtherChannelsAlone { get; init; } = [];
}

/// <summary>A declared adult, by name, with the permission that the staff list holds.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name.</param>
/// <param name="Permission">Permission on file.</param>
public sealed record AdultConsent(string Key, string FirstName, ConsentState Permission);

/// <summary>Who was declared, as the register knows them. Facts only: what follows from them the rules say.</summary>
public sealed record ConsentFacts
{
    /// <summary>False when the register could not be asked; everything else is then empty and nothing may approve.</summary>
    public bool Known { get; init; } = true;

    /// <summary>The declared pupils that the register knows, ordered by key, none twice.</summary>
    public IReadOnlyList<PupilConsent> Pupils { get; init; } = [];

    /// <summary>The declared adults that the staff list knows, ordered by key, none twice.</summary>
    public IReadOnlyList<AdultConsent> Adults { get; init; } = [];

    /// <summary>Declared keys, names or group names that the register does not know.</summary>
    public IReadOnlyList<string> NotFound { get; init; } = [];

    /// <summary>The permission on file that <see cref="Intake.Declaration.Permission"/> refers to; null when there is none.</summary>
    public PermissionOnFile? Permission { get; init; }

    /// <summary>Declared names that fit more than one person.</summary>
    public IReadOnlyList<string> Ambiguous { get; init; } = [];
}

/// <summary>A name as the register holds it, for finding names in texts.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name.</param>
/// <param name="Prefix">Surname prefix such as "van der"; empty when there is none.</param>
/// <param name="Surname">Surname without prefix.</param>
public sealed record RegisteredName(string Key, string FirstName, string Prefix, string Surname);

/// <summary>A pupil with what was answered for several channels.</summary>
/// <param name="Pupil">The pupil.</param>
/// <param name="Channels">One entry a channel, in the order asked for.</param>
public sealed record PupilRow(Pupil Pupil, IReadOnlyList<PupilConsent> Channels);
