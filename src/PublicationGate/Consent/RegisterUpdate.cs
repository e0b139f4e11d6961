using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Consent;

/// <summary>Holds an import against the register and brings the register up to date with it.</summary>
internal static class RegisterUpdate
{
    /// <summary>What <paramref name="content"/> would change.</summary>
    /// <param name="db">The register, read within the transaction that it is in.</param>
    /// <param name="content">The import.</param>
    /// <param name="today">The day from which pupils that it no longer has count as having left.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public static async Task<RegisterChanges> CompareAsync(GateDb db, RegisterContent content, DateOnly today, CancellationToken cancellationToken)
    {
        // A run that brings its own register imports into an empty one each time: nothing is asked that cannot be there.
        var isFirst = !await db.RegisterImports.AnyAsync(cancellationToken);
        var known = isFirst ? [] : await db.Pupils.AsNoTracking().ToDictionaryAsync(pupil => pupil.Key, cancellationToken);
        var changes = content.Pupils.Where(pupil => known.ContainsKey(pupil.Key)).Select(pupil => new PupilChange(known[pupil.Key], pupil.Over(known[pupil.Key]))).ToList();
        var imported = content.Pupils.Select(pupil => pupil.Key).ToHashSet();
        var gone = known.Values.Where(pupil => !imported.Contains(pupil.Key)).ToList();
        var left = gone.Where(pupil => pupil.IsAtSchool(today)).Select(pupil => pupil.LeavingOn(today)).OrderBy(pupil => pupil.Key, StringComparer.Ordinal).ToList();
        var changed = changes.Where(change => change.Fields.Count > 0).ToList();
        var seen = isFirst || content.Answers.Count == 0 ? [] : (await db.Answers.AsNoTracking().ToListAsync(cancellationToken)).Select(answer => answer.Identity).ToHashSet();
        var added = content.Answers.Where(answer => seen.Add(answer.Identity)).ToList();
        return new RegisterChanges
        {
            IsFirst = isFirst,
            New = [.. content.Pupils.Where(pupil => !known.ContainsKey(pupil.Key))],
            Changed = changed,
            Left = left,
            Unchanged = changes.Count - changed.Count + gone.Count - left.Count,
            Answers = added,
            KnownAnswers = content.Answers.Count - added.Count,
            Staff = content.Staff is null ? new([], [], []) : Compare(isFirst ? [] : await db.Staff.AsNoTracking().ToListAsync(cancellationToken), content.Staff, member => member.Key, IsSame),
            Permissions = content.Permissions.Count == 0 ? new([], [], [])
                : Compare(await db.Permissions.AsNoTracking().ToListAsync(cancellationToken), content.Permissions, permission => permission.Key, (one, other) => one == other) with { Removed = [] },
            Guardians = content.Guardians is null ? new([], [], []) : Compare(isFirst ? [] : await db.Guardians.AsNoTracking().ToListAsync(cancellationToken), content.Guardians),
        };
    }

    /// <summary>Carries the changes out within the transaction that <paramref name="db"/> is in.</summary>
    public static async Task ApplyAsync(GateDb db, RegisterChanges changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.InsertAllAsync(changes.New, cancellationToken);
        db.Pupils.UpdateRange(changes.Changed.Select(change => change.After).Concat(changes.Left));
        await ApplyAsync(db, changes.Staff, cancellationToken);
        await ApplyAsync(db, changes.Permissions, cancellationToken);
        await GuardianLinks.EndAsync(db, changes, now, cancellationToken);
        await ApplyAsync(db, changes.Guardians, cancellationToken);
        db.RegisterImports.Add(new RegisterImport { ImportedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await AppendAsync(db, changes.Answers, now, cancellationToken);
    }

    /// <summary>Adds answers within the transaction that <paramref name="db"/> is in.</summary>
    public static Task AppendAsync(GateDb db, IReadOnlyList<Answer> answers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var answer in answers)
        {
            answer.RecordedAt = now;
        }

        return db.InsertAllAsync(answers, cancellationToken);
    }

    private static async Task ApplyAsync<T>(GateDb db, ListChanges<T> changes, CancellationToken cancellationToken)
        where T : class
    {
        await db.InsertAllAsync(changes.New, cancellationToken);
        db.UpdateRange(changes.Changed);
        db.RemoveRange(changes.Removed);
    }

    private static ListChanges<T> Compare<T>(IReadOnlyList<T> known, IReadOnlyList<T> imported, Func<T, string> key, Func<T, T, bool> isSame)
    {
        var byKey = known.ToDictionary(key);
        var keys = imported.Select(key).ToHashSet();
        return new(
            [.. imported.Where(item => !byKey.ContainsKey(key(item)))],
            [.. imported.Where(item => byKey.TryGetValue(key(item), out var before) && !isSame(before, item))],
            [.. known.Where(item => !keys.Contains(key(item)))]);
    }

    // Who is there already keeps their number, by which links know them.
    private static ListChanges<Guardian> Compare(IReadOnlyList<Guardian> known, IReadOnlyList<Guardian> imported)
    {
        var numbers = known.ToDictionary(KeyOf, guardian => guardian.Id);
        var numbered = imported.Select(guardian => new Guardian
        {
            Id = numbers.GetValueOrDefault(KeyOf(guardian)), PupilKey = guardian.PupilKey, Name = guardian.Name, Email = guardian.Email, Language = guardian.Language, IsPupil = guardian.IsPupil,
        }).ToList();
        return Compare(known, numbered, KeyOf, IsSame);
    }

    private static string KeyOf(Guardian guardian) => $"{guardian.PupilKey}\n{NameFolding.Fold(guardian.Name)}";

    private static bool IsSame(Guardian one, Guardian other) => (one.Name, one.Email, one.Language, one.IsPupil) == (other.Name, other.Email, other.Language, other.IsPupil);

    private static bool IsSame(StaffMember one, StaffMember other) =>
        (one.FirstName, one.Prefix, one.Surname, one.Role, one.Permission) == (other.FirstName, other.Prefix, other.Surname, other.Role, other.Permission);
}
