namespace PublicationGate.Consent;

/// <summary>An adult of the school with the permission that the staff list holds.</summary>
public sealed class StaffMember
{
    /// <summary>Register key, unique among staff.</summary>
    public required string Key { get; init; }

    /// <summary>First name, as spelled in the staff list.</summary>
    public required string FirstName { get; init; }

    /// <summary>Surname prefix such as "van der"; empty when there is none.</summary>
    public required string Prefix { get; init; }

    /// <summary>Surname without prefix.</summary>
    public required string Surname { get; init; }

    /// <summary>What they do at school.</summary>
    public required string Role { get; init; }

    /// <summary>Permission to be shown; <see cref="ConsentState.Silent"/> when the list says nothing.</summary>
    public ConsentState Permission { get; init; }

    /// <summary><see cref="FirstName"/> folded; indexed.</summary>
    public string FoldedFirstName { get => field ??= NameFolding.Fold(FirstName); private set; }

    /// <summary>First name, prefix and surname, folded; indexed.</summary>
    public string FoldedFullName { get => field ??= NameFolding.Fold($"{FirstName} {Prefix} {Surname}"); private set; }

    /// <summary>First name and surname without prefix, folded; indexed.</summary>
    public string FoldedShortName { get => field ??= NameFolding.Fold($"{FirstName} {Surname}"); private set; }
}
