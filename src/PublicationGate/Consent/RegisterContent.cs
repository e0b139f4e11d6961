namespace PublicationGate.Consent;

/// <summary>A whole register, checked and ready to be taken over.</summary>
/// <param name="Pupils">All pupils; no key twice.</param>
/// <param name="Answers">All answers, each of a pupil in <paramref name="Pupils"/>.</param>
/// <param name="Staff">All staff, no key twice; null when the import says nothing of staff.</param>
public sealed record RegisterContent(IReadOnlyList<Pupil> Pupils, IReadOnlyList<Answer> Answers, IReadOnlyList<StaffMember>? Staff)
{
    /// <summary>Permissions on file; no key twice.</summary>
    public IReadOnlyList<PermissionRecord> Permissions { get; init; } = [];

    /// <summary>All guardians, no name twice for a pupil; null when the import says nothing of guardians.</summary>
    public IReadOnlyList<Guardian>? Guardians { get; init; }
}

/// <summary>What a register holds, in numbers.</summary>
/// <param name="Groups">Group names with their numbers of pupils, ordered by name; pupils who left are not counted.</param>
/// <param name="Answers">Number of answers.</param>
/// <param name="Staff">Number of staff.</param>
public sealed record RegisterCounts(IReadOnlyList<GroupCount> Groups, int Answers, int Staff);

/// <summary>A group and how many pupils are in it.</summary>
/// <param name="Group">Group name.</param>
/// <param name="Pupils">Number of pupils.</param>
public sealed record GroupCount(string Group, int Pupils);
