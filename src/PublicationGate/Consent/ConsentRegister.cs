using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>The register of pupils, staff and answers in the gate's database. Safe for concurrent use.</summary>
/// <param name="databases">Where the register is.</param>
/// <param name="time">Clock, for the instant of an import.</param>
public sealed class ConsentRegister(IDbContextFactory<GateDb> databases, TimeProvider time)
{
    private NamesOfImport? names;

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
    /// <para>How answers are weighed: <see cref="AnswersInForce.Weigh"/>.</para>
    /// </remarks>
    /// <param name="declaration">What the submitter says.</param>
    /// <param name="asOf">The day of looking; what was answered later does not count.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public async Task<ConsentFacts> LookUpAsync(Declaration declaration, DateOnly asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // One snapshot: an import meanwhile must not mix pupils of the old register with answers of the new one.
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var declared = await DeclaredPeople.FindAsync(db, declaration, asOf, cancellationToken);
        var keys = declared.Pupils.Select(p => p.Key).ToList();
        var answers = keys.Count == 0 ? [] : await db.Answers.AsNoTracking()
            .Where(a => keys.Contains(a.PupilKey) && a.Kind == MediaKind.Photo)
            .ToListAsync(cancellationToken);
        var answersOf = answers.ToLookup(a => a.PupilKey);
        return new ConsentFacts
        {
            Pupils = [.. declared.Pupils.Select(p => new PupilConsent(p.Key, p.FirstName, p.Group, Weigh(p, ConsentScope.Group), Weigh(p, ConsentScope.Individual)))],
            Adults = [.. declared.Adults.Select(s => new AdultConsent(s.Key, s.FirstName, s.Permission))],
            NotFound = declared.NotFound,
            Ambiguous = declared.Ambiguous,
        };

        ConsentState Weigh(Pupil pupil, ConsentScope scope) => AnswersInForce.Weigh(answersOf[pupil.Key], scope, declaration.Channel, asOf);
    }

    /// <summary>The names of all pupils, for finding them in texts; kept until the next import, by whichever process.</summary>
    public async Task<IReadOnlyList<RegisteredName>> NamesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var import = await db.RegisterImports.MaxAsync(i => (long?)i.Id, cancellationToken) ?? 0;
        if (names is not { } kept || kept.Import != import)
        {
            kept = new(import, await db.Pupils.OrderBy(p => p.Key).Select(p => new RegisteredName(p.Key, p.FirstName, p.Prefix, p.Surname)).ToListAsync(cancellationToken));
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

    /// <summary>Puts <paramref name="content"/> in the place of whatever the register held, all of it or, on failure, nothing.</summary>
    public async Task ImportAsync(RegisterContent content, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.Answers.ExecuteDeleteAsync(cancellationToken);
        await db.Pupils.ExecuteDeleteAsync(cancellationToken);
        await db.Staff.ExecuteDeleteAsync(cancellationToken);
        await db.InsertAllAsync(content.Pupils, cancellationToken);
        await db.InsertAllAsync(content.Staff, cancellationToken);
        await db.InsertAllAsync(content.Answers, cancellationToken);
        db.RegisterImports.Add(new RegisterImport { ImportedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record NamesOfImport(long Import, IReadOnlyList<RegisteredName> Names);
}
