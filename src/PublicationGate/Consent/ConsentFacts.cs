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

/// <summary>A declared pupil with the answers that were in force for the channel at the moment of looking.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name, the only name that reasons show.</param>
/// <param name="Group">Group name.</param>
/// <param name="InGroupPhoto">May be recognisable among others.</param>
/// <param name="Individually">May be shown alone.</param>
/// <param name="Name">May be named beside the picture.</param>
public sealed record PupilConsent(string Key, string FirstName, string Group, ConsentState InGroupPhoto, ConsentState Individually, ConsentState Name = ConsentState.Silent);

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
