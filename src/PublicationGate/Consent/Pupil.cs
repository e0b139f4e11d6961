namespace PublicationGate.Consent;

/// <summary>A pupil as the register holds them: what is needed to recognise a name and a group, and no more.</summary>
public sealed class Pupil
{
    /// <summary>Register key, unique among pupils.</summary>
    public required string Key { get; init; }

    /// <summary>First name, as spelled in the register.</summary>
    public required string FirstName { get; init; }

    /// <summary>Surname prefix such as "van der"; empty when there is none.</summary>
    public required string Prefix { get; init; }

    /// <summary>Surname without prefix; empty when no import has told it.</summary>
    public required string Surname { get; init; }

    /// <summary>Group name, as spelled in the register; empty when no import has told it.</summary>
    public required string Group { get; init; }

    /// <summary>Date of birth, when the register has it.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>First day on which the pupil no longer belongs to the group; null while at school.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>The same pupil, gone from <paramref name="day"/> on.</summary>
    internal Pupil LeavingOn(DateOnly day) =>
        new() { Key = Key, FirstName = FirstName, Prefix = Prefix, Surname = Surname, Group = Group, BirthDate = BirthDate, LeftOn = day };

    /// <summary>This pupil as a newer import has it, with what that import does not say taken from what is <paramref name="known"/>.</summary>
    internal Pupil Over(Pupil known) => new()
    {
        Key = Key,
        FirstName = FirstName,
        Prefix = Surname.Length == 0 ? known.Prefix : Prefix,
        Surname = Surname.Length == 0 ? known.Surname : Surname,
        Group = Group.Length == 0 ? known.Group : Group,
        BirthDate = BirthDate ?? known.BirthDate,
        LeftOn = LeftOn,
    };

    /// <summary>Whether the pupil is in the group on <paramref name="day"/>: has not left by then.</summary>
    public bool IsAtSchool(DateOnly day) => LeftOn is null || LeftOn > day;

    /// <summary><see cref="Group"/> as <see cref="NameFolding"/> writes it; indexed.</summary>
    public string FoldedGroup { get => field ??= NameFolding.Fold(Group); private set; }

    /// <summary><see cref="FirstName"/> folded; indexed.</summary>
    public string FoldedFirstName { get => field ??= NameFolding.Fold(FirstName); private set; }

    /// <summary>First name, prefix and surname, folded; indexed.</summary>
    public string FoldedFullName { get => field ??= NameFolding.Fold($"{FirstName} {Prefix} {Surname}"); private set; }

    /// <summary>First name and surname without prefix, folded; indexed.</summary>
    public string FoldedShortName { get => field ??= NameFolding.Fold($"{FirstName} {Surname}"); private set; }
}
