namespace PublicationGate.Consent;

/// <summary>Finds who is meant by a key or a name among people of the register.</summary>
/// <param name="pupils">All pupils that may be meant.</param>
/// <param name="staff">All staff that may be meant.</param>
/// <param name="group">Declared group, folded; null when none was declared.</param>
/// <param name="asOf">The day on which the group is looked at.</param>
internal sealed class PeopleMatcher(IReadOnlyList<Pupil> pupils, IReadOnlyList<StaffMember> staff, string? group, DateOnly asOf)
{
    /// <summary>
    /// Those who fit best: by key, else by full name, else by first name. One is a match, none is not found, more is ambiguous. A pupil and
    /// an adult who fit equally well are two, so that no child passes for an adult; but where people of a group are listed, a first name
    /// means one of the group before it means a colleague.
    /// </summary>
    public (IReadOnlyList<Pupil> Pupils, IReadOnlyList<StaffMember> Staff) Find(string entry, bool asAdult)
    {
        var name = NameFolding.Fold(entry);
        var pupilsFirst = group is not null && !asAdult;
        return Fitting(p => p.Key == entry, s => s.Key == entry)
            ?? Fitting(p => IsFullName(p, name), s => s.FoldedFullName == name || s.FoldedShortName == name)
            ?? Fitting(p => p.FoldedFirstName == name && (group is null || IsMember(p)), s => s.FoldedFirstName == name && !pupilsFirst)
            ?? Fitting(_ => false, s => s.FoldedFirstName == name)
            ?? ([], []);
    }

    // Of namesakes, the one in the declared group is meant.
    private bool IsFullName(Pupil pupil, string name) =>
        Carries(pupil, name) && (group is null || IsMember(pupil) || !pupils.Any(other => Carries(other, name) && IsMember(other)));

    // Of a pupil without a surname the whole name is a first name, which others have too.
    private static bool Carries(Pupil pupil, string name) => pupil.Surname.Length > 0 && (pupil.FoldedFullName == name || pupil.FoldedShortName == name);

    private bool IsMember(Pupil pupil) => pupil.FoldedGroup == group && pupil.IsAtSchool(asOf);

    private (IReadOnlyList<Pupil> Pupils, IReadOnlyList<StaffMember> Staff)? Fitting(Func<Pupil, bool> pupil, Func<StaffMember, bool> member)
    {
        var found = (pupils.Where(pupil).ToList(), staff.Where(member).ToList());
        return found.Item1.Count + found.Item2.Count > 0 ? found : null;
    }
}
