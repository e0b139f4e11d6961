using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Erasure;

/// <summary>Removes every trace of a pupil from the gate: rows, originals, results, the key of the pseudonym, and the bytes in the database's files.</summary>
/// <remarks>Broken off at any moment, the same call again does the rest: files go before the rows that lead to them.</remarks>
/// <param name="database">The gate's database.</param>
/// <param name="data">The gate's data folder, for the store and the receipts.</param>
/// <param name="results">Folders of results beside those that the watch has on record.</param>
/// <param name="gone">Folders of results on record that are gone for good, with all that was in them.</param>
/// <param name="time">Clock of the receipt.</param>
public sealed class PersonErasure(GateDatabase database, string data, IReadOnlyCollection<string> results, IReadOnlyCollection<string> gone, TimeProvider time)
{
    /// <summary>What would go; changes nothing. Null when the register does not know the key.</summary>
    /// <exception cref="InputErrorsException">A folder of results is away.</exception>
    public async Task<ErasureReceipt?> PreviewAsync(string pupilKey, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        return await EraseAsync(db, pupilKey, isDryRun: true, cancellationToken) is var (receipt, _) ? receipt : null;
    }

    /// <summary>Erases the pupil, all of it or nothing, and leaves a receipt in the data folder. Null when the register does not know the key.</summary>
    /// <exception cref="InputErrorsException">A folder of results is away; nothing was erased.</exception>
    public async Task<ErasureReceipt?> EraseAsync(string pupilKey, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.OverwriteDeletedAsync(cancellationToken);
        if (await EraseAsync(db, pupilKey, isDryRun: false, cancellationToken) is not var (receipt, row))
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken);
        WriteReceipt(row.Id, receipt.Write());
        return receipt with { IsForgotten = await FinishAsync(cancellationToken) };
    }

    /// <summary>Whether the files of the database are still to be rewritten after an erasure.</summary>
    public async Task<bool> IsUnfinishedAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.Erasures.AnyAsync(erasure => erasure.FinishedAt == null, cancellationToken);
    }

    /// <summary>Rewrites the database's files, so that nothing is left in them of what was deleted. False when somebody was using it all the while.</summary>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        if (!await database.ForgetDeletedAsync(cancellationToken))
        {
            return false;
        }

        await using var db = database.CreateDbContext();
        foreach (var erasure in await db.Erasures.Where(erasure => erasure.FinishedAt == null).ToListAsync(cancellationToken))
        {
            erasure.FinishedAt = time.GetUtcNow();
            if (File.Exists(ReceiptOf(erasure.Id)))
            {
                WriteReceipt(erasure.Id, ErasureReceipt.Forgotten(await File.ReadAllTextAsync(ReceiptOf(erasure.Id), cancellationToken)));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<(ErasureReceipt Receipt, RecordedErasure Row)?> EraseAsync(GateDb db, string pupilKey, bool isDryRun, CancellationToken cancellationToken)
    {
        if (await db.Pupils.AsNoTracking().SingleOrDefaultAsync(pupil => pupil.Key == pupilKey, cancellationToken) is not { } pupil)
        {
            return null;
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var person = new PersonMentions(pupil, await OthersAsync(db, pupilKey, cancellationToken));
        var verdicts = await ErasedVerdicts.FindAsync(db, person, cancellationToken);
        var register = new ErasedRegister(db, pupilKey, person);
        // Files first: while the rows are there, the same call finds them again.
        var releases = await ErasedReleases.FindAsync(db, verdicts, cancellationToken);
        var (originals, copies, laid) = new ErasedFiles(data, await ResultFoldersAsync(db, cancellationToken)).Erase(verdicts, releases, isDryRun);
        var removed = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            ["originals"] = originals, ["copies"] = copies, ["results"] = laid, ["verdicts"] = verdicts.Ids.Count, ["certificates"] = releases.Certificates.Count,
        };
        var open = await ErasedRequests.OpenAsync(db, person, verdicts.Contents, cancellationToken);
        foreach (var table in ErasedRows.All)
        {
            removed[table.Name] = await table.EraseAsync(db, person, verdicts.Contents, isDryRun, cancellationToken);
        }

        var left = await register.LeftAsync(open, cancellationToken);
        var key = await db.PersonKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Person == PersonKey.OfPupil(pupilKey), cancellationToken) ?? PersonKey.New(PersonKey.OfPupil(pupilKey));
        var erasure = new RecordedErasure { Subject = key.Pseudonym, PupilKey = pupilKey, At = now };
        if (!isDryRun)
        {
            db.Erasures.Add(erasure);
            await db.SaveChangesAsync(cancellationToken);
            await verdicts.EraseAsync(db, now, cancellationToken);
            await releases.EraseAsync(db, now, cancellationToken);
        }

        await register.EraseAsync(removed, isDryRun, cancellationToken);
        if (!isDryRun)
        {
            erasure.PupilKey = null;
            var details = removed.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(CultureInfo.InvariantCulture));
            await new AuditTrail(time).AppendAsync(db, AuditKinds.PersonErased, key.Pseudonym, details, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return (new ErasureReceipt { Subject = key.Pseudonym, At = now, Removed = removed, Left = left }, erasure);
    }

    // Refused before anything goes: once the rows are gone nothing leads to results on a disk that was away.
    private async Task<HashSet<string>> ResultFoldersAsync(GateDb db, CancellationToken cancellationToken)
    {
        var folders = await db.TakenFiles.Where(file => file.PlacedIn != null).Select(file => file.PlacedIn!).Distinct().ToListAsync(cancellationToken);
        var all = folders.Concat(results.Select(Path.GetFullPath)).Except(gone.Select(Path.GetFullPath)).ToHashSet();
        var away = all.Where(folder => !Directory.Exists(folder)).Order(StringComparer.Ordinal).ToList();
        return away.Count == 0 ? all : throw new InputErrorsException([.. away.Select(folder => new InputError(folder, 0, null, Texts.Get("erasure.results-away")))]);
    }

    private static async Task<List<(string, string)>> OthersAsync(GateDb db, string pupilKey, CancellationToken cancellationToken)
    {
        var pupils = await db.Pupils.Where(pupil => pupil.Key != pupilKey).Select(pupil => new { pupil.FirstName, pupil.Surname }).ToListAsync(cancellationToken);
        var staff = await db.Staff.Select(member => new { member.FirstName, member.Surname }).ToListAsync(cancellationToken);
        return [.. pupils.Concat(staff).Select(other => (other.FirstName, other.Surname))];
    }

    private string ReceiptOf(long id) => Path.Combine(data, "erasures", id.ToString(CultureInfo.InvariantCulture) + ".json");

    private void WriteReceipt(long id, string receipt)
    {
        OwnerOnlyFile.CreateFolder(Path.GetDirectoryName(ReceiptOf(id))!);
        using var file = OwnerOnlyFile.Open(ReceiptOf(id), FileMode.Create);
        file.Write(Encoding.UTF8.GetBytes(receipt));
        file.Flush(flushToDisk: true);
    }
}
