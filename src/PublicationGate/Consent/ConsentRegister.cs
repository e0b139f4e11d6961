using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>The register of pupils, staff and answers in the gate's database. Safe for concurrent use.</summary>
/// <param name="databases">Where the register is.</param>
/// <param name="time">Clock, for the instant of an import.</param>
public sealed class ConsentRegister(IDbContextFactory<GateDb> databases, TimeProvider time)
{
    // Each key is a parameter, of which a database takes only so many; for a whole school all answers are read.
    private const int MostKeysOfOneQuery = 1000;

    private NamesOfRegister? names;

    /// <summary>Says who is declared and what was answered for photographs on the declared channel.</summary>
    /// <remarks>
    /// <para>Declared pupils are those of <see cref="Declaration.People"/>; where that is empty, all of <see cref="Declaration.Group"/> who are
    /// at school on <paramref name="asOf"/>, less those of <see cref="Declaration.Absent"/>, who are looked for among them only. A group
    /// without pupils is not found.</para>
    /// <para>An entry is a register key exactly as written; else a first name and surname, with or without prefix, where of namesakes the one
    /// in the declared group is meant; else a first name, within the declared group when there is one, else in the whole register. Case,
    /// diacritics and white space of names do not matter. More than one fit is ambiguous: nobody is chosen. An entry of
    /// <see cref="Declaration.People"/> may be a member of staff, by first name when nobody of the declared group has it. An entry of
    /// <see cref="Declaration.AdultNames"/> that fits a pupil is that pupil, and one that fits a pupil and an adult equally well is ambiguous:
    /// no child passes for an adult.</para>
    /// <para>How answers are weighed: <see cref="AnswersInForce"/>.</para>
    /// </remarks>
    /// <param name="declaration">What the submitter says.</param>
    /// <param name="terms">What the school's protocol says of consent.</param>
    /// <param name="asOf">
    /// The instant of looking, past ones too: what was answered later does not count; ages and leavers are those of its day in UTC. Names and
    /// groups are as the register has them now.
    /// </param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public async Task<ConsentFacts> LookUpAsync(Declaration declaration, ConsentTerms terms, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // One snapshot: an import meanwhile must not mix pupils of the old register with answers of the new one.
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var declared = await DeclaredPeople.FindAsync(db, declaration, asOf.Day(), cancellationToken);
        return new ConsentFacts
        {
            Pupils = await WeighAsync(db, [.. declared.Pupils], declaration.Channel, terms, asOf, cancellationToken),
            Adults = [.. declared.Adults.Select(s => new AdultConsent(s.Key, s.FirstName, s.Permission))],
            NotFound = declared.NotFound,
            Ambiguous = declared.Ambiguous,
            Permission = await PermissionAsync(db, declaration, asOf, cancellationToken),
        };
    }

    /// <summary>The pupils who were at school at an instant, of one group or of all, with what was answered for photographs on a channel; by group, then first name.</summary>
    /// <param name="group">Group name, in any spelling that folds alike; null for all groups.</param>
    /// <param name="channel">Channel id.</param>
    /// <param name="terms">What the school's protocol says of consent.</param>
    /// <param name="asOf">The instant of looking.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public async Task<IReadOnlyList<PupilConsent>> ConsentOfAsync(string? group, string channel, ConsentTerms terms, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        return await WeighAsync(db, await AtSchoolAsync(db, group, asOf.Day(), cancellationToken), channel, terms, asOf, cancellationToken);
    }

    /// <summary>The same for several channels at once, as of one moment.</summary>
    /// <param name="group">Group name, in any spelling that folds alike; null for all groups.</param>
    /// <param name="channels">Channel ids.</param>
    /// <param name="terms">What the school's protocol says of consent.</param>
    /// <param name="asOf">The instant of looking.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <returns>By group, then first name; of each pupil one entry a channel, in the order asked for, which names no other channels.</returns>
    public async Task<IReadOnlyList<PupilRow>> MatrixAsync(string? group, IReadOnlyList<string> channels, ConsentTerms terms, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var pupils = await AtSchoolAsync(db, group, asOf.Day(), cancellationToken);
        var (answersOf, only) = (await AnswersOfAsync(db, pupils, cancellationToken), terms with { OpenChannels = [] });
        return pupils.ConvertAll(pupil => new PupilRow(pupil, [.. channels.Select(channel => PupilAnswers.Weigh(pupil, answersOf[pupil.Key], channel, asOf, only))]));
    }

    /// <summary>The pupils of some keys, at school or not, with what was answered for photographs on a channel; keys that the register does not know are left out.</summary>
    /// <inheritdoc cref="ConsentOfAsync(string?, string, ConsentTerms, DateTimeOffset, CancellationToken)" path="/param"/>
    public async Task<IReadOnlyList<PupilConsent>> ConsentOfAsync(IReadOnlyCollection<string> keys, string channel, ConsentTerms terms, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var all = db.Pupils.AsNoTracking();
        var pupils = await (keys.Count > MostKeysOfOneQuery ? all : all.Where(p => keys.Contains(p.Key))).ToListAsync(cancellationToken);
        var sought = keys.ToHashSet();
        return await WeighAsync(db, pupils.FindAll(p => sought.Contains(p.Key)), channel, terms, asOf, cancellationToken);
    }

    /// <summary>A pupil by key, with all answers ever given, oldest first; null when the register does not know the key.</summary>
    public async Task<(Pupil Pupil, IReadOnlyList<Answer> Answers)?> HistoryAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var answers = await db.Answers.AsNoTracking().Where(a => a.PupilKey == key).OrderBy(a => a.Date).ThenBy(a => a.At).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        return await db.Pupils.AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, cancellationToken) is { } pupil ? (pupil, answers) : null;
    }

    /// <summary>Appends one answer, once: the same one again adds nothing. False when the register does not know the pupil.</summary>
    public Task<bool> AnswerAsync(Answer answer, CancellationToken cancellationToken) => AnswerAsync(answer, by: null, cancellationToken);

    /// <summary>The same, written down by somebody.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="by">Id of the account that wrote it down, for the audit trail; null where there are no accounts.</param>
    /// <param name="cancellationToken">Ends it; nothing was added then.</param>
    public Task<bool> AnswerAsync(Answer answer, string? by, CancellationToken cancellationToken) => AnswerAsync([answer], by, cancellationToken);

    /// <summary>The same for several answers about one pupil, all of them or none.</summary>
    public async Task<bool> AnswerAsync(IReadOnlyList<Answer> answers, string? by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var key = answers[0].PupilKey;
        if (!await db.Pupils.AnyAsync(p => p.Key == key, cancellationToken) || answers.Any(answer => answer.PupilKey != key))
        {
            return false;
        }

        // Where the connection broke after the commit, the same answer comes a second time.
        var known = (await db.Answers.AsNoTracking().Where(a => a.PupilKey == key).ToListAsync(cancellationToken)).Select(answer => answer.Identity).ToHashSet();
        if (answers.Where(answer => known.Add(answer.Identity)).ToList() is { Count: > 0 } added)
        {
            await RegisterUpdate.AppendAsync(db, added, time.GetUtcNow(), cancellationToken);
            foreach (var answer in added)
            {
                await RegisterAudit.RecordAsync(db, new AuditTrail(time), answer, by, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>All permissions on file, by key.</summary>
    public async Task<IReadOnlyList<PermissionRecord>> PermissionsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Permissions.AsNoTracking().OrderBy(p => p.Key).ToListAsync(cancellationToken);
    }

    /// <summary>Puts a permission on file; false when its key is taken by another one.</summary>
    public async Task<bool> AddPermissionAsync(PermissionRecord permission, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.Permissions.AsNoTracking().SingleOrDefaultAsync(p => p.Key == permission.Key, cancellationToken) is { } present)
        {
            return present == permission;
        }

        db.Permissions.Add(permission);
        await RegisterAudit.RecordAsync(db, new AuditTrail(time), permission, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The names of all pupils, for finding them in texts; kept until the next import or erasure, by whichever process.</summary>
    public async Task<IReadOnlyList<RegisteredName>> NamesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var changes = (await db.RegisterImports.MaxAsync(i => (long?)i.Id, cancellationToken), await db.Erasures.MaxAsync(e => (long?)e.Id, cancellationToken));
        if (names is not { } kept || kept.After != changes)
        {
            kept = new(changes, await db.Pupils.OrderBy(p => p.Key).Select(p => new RegisteredName(p.Key, p.FirstName, p.Prefix, p.Surname)).ToListAsync(cancellationToken));
            names = kept;
        }

        return kept.Names;
    }

    /// <summary>True until a register was taken over, be it one without pupils.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return !await db.RegisterImports.AnyAsync(cancellationToken);
    }

    /// <summary>What the register holds on the day <paramref name="asOf"/>, in numbers.</summary>
    public async Task<RegisterCounts> CountsAsync(DateOnly asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var groups = await db.Pupils
            .Where(p => p.LeftOn == null || p.LeftOn > asOf)
            .GroupBy(p => p.FoldedGroup)
            .OrderBy(g => g.Key)
            .Select(g => new GroupCount(g.Min(p => p.Group)!, g.Count()))
            .ToListAsync(cancellationToken);
        return new RegisterCounts(groups, await db.Answers.CountAsync(cancellationToken), await db.Staff.CountAsync(cancellationToken));
    }

    /// <summary>
    /// Brings the register up to date with <paramref name="content"/>, all of it or, on failure, nothing. Pupils are added and changed; those
    /// that are missing have left from today, and stay with their answers. Answers are added, each once; earlier ones stay. Staff that are
    /// missing from a given list are removed.
    /// </summary>
    /// <returns>What was changed.</returns>
    public async Task<RegisterChanges> ImportAsync(RegisterContent content, CancellationToken cancellationToken) =>
        (await ImportAsync(content, expected: null, by: null, cancellationToken))!;

    /// <summary>The same, where somebody saw beforehand what it changes.</summary>
    /// <param name="content">The register.</param>
    /// <param name="expected"><see cref="RegisterChanges.Fingerprint"/> of what was seen; null when nobody looked.</param>
    /// <param name="by">Id of the account, for the audit trail; null where there are no accounts.</param>
    /// <param name="cancellationToken">Ends it; nothing was changed then.</param>
    /// <returns>What was changed; null when it would by now be something else than was seen, and nothing was changed.</returns>
    public async Task<RegisterChanges?> ImportAsync(RegisterContent content, string? expected, string? by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var changes = await RegisterUpdate.CompareAsync(db, content, now.Day(), cancellationToken);
        if (expected is not null && changes.Fingerprint() != expected)
        {
            return null;
        }

        await RegisterUpdate.ApplyAsync(db, changes, now, cancellationToken);
        await RegisterAudit.RecordAsync(db, new AuditTrail(time), changes, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changes;
    }

    /// <summary>What <see cref="ImportAsync(RegisterContent, CancellationToken)"/> would change; changes nothing.</summary>
    public async Task<RegisterChanges> PreviewAsync(RegisterContent content, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        return await RegisterUpdate.CompareAsync(db, content, time.Today(), cancellationToken);
    }

    private static async Task<IReadOnlyList<PupilConsent>> WeighAsync(
        GateDb db, List<Pupil> pupils, string channel, ConsentTerms terms, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var answersOf = await AnswersOfAsync(db, pupils, cancellationToken);
        return pupils.ConvertAll(p => PupilAnswers.Weigh(p, answersOf[p.Key], channel, asOf, terms));
    }

    private static async Task<List<Pupil>> AtSchoolAsync(GateDb db, string? group, DateOnly day, CancellationToken cancellationToken)
    {
        var folded = group is null ? null : NameFolding.Fold(group);
        var pupils = await db.Pupils.AsNoTracking().Where(p => folded == null || p.FoldedGroup == folded).ToListAsync(cancellationToken);
        pupils.RemoveAll(p => !p.IsAtSchool(day));
        return [.. pupils.OrderBy(p => p.FoldedGroup, StringComparer.Ordinal).ThenBy(p => p.FoldedFirstName, StringComparer.Ordinal).ThenBy(p => p.Key, StringComparer.Ordinal)];
    }

    private static async Task<ILookup<string, Answer>> AnswersOfAsync(GateDb db, List<Pupil> pupils, CancellationToken cancellationToken)
    {
        var keys = pupils.ConvertAll(p => p.Key);
        var ofKind = db.Answers.AsNoTracking().Where(a => a.Kind == MediaKind.Photo || a.Kind == MediaKind.Name);
        var answers = keys.Count == 0 ? [] : await (keys.Count > MostKeysOfOneQuery ? ofKind : ofKind.Where(a => keys.Contains(a.PupilKey))).ToListAsync(cancellationToken);
        return answers.ToLookup(a => a.PupilKey);
    }

    private static async Task<PermissionOnFile?> PermissionAsync(GateDb db, Declaration declaration, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var key = declaration.Permission?.Trim();
        var permission = key is null ? null : await db.Permissions.AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, cancellationToken);
        return permission is not null && permission.IsInForce(asOf.Day()) ? new(permission.Key, permission.Subject, permission.GivenBy) : null;
    }

    private sealed record NamesOfRegister((long? Import, long? Erasure) After, IReadOnlyList<RegisteredName> Names);
}
