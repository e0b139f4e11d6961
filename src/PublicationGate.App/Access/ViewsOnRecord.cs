using System.Collections.Concurrent;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.App.Access;

/// <summary>Puts on record who looked at what is kept of a pupil, and who downloaded copies. Ids and pseudonyms only. Safe for concurrent use.</summary>
internal sealed class ViewsOnRecord(GateDatabase database, AuditTrail audit, TimeProvider time)
{
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<(string Account, string Pupil), long> known = [];

    /// <summary>Somebody looks at all that is kept of a pupil: one entry for an account, pupil and hour; after a start of the service perhaps a second.</summary>
    public async Task PupilAsync(Account account, string pupilKey, CancellationToken cancellationToken)
    {
        var hour = time.GetUtcNow().Ticks / TimeSpan.TicksPerHour;
        if (known.TryGetValue((account.Id, pupilKey), out var last) && last == hour)
        {
            return;
        }

        await RecordAsync(AuditKinds.PupilViewed, db => PersonKey.PseudonymAsync(db, PersonKey.OfPupil(pupilKey), cancellationToken), account, cancellationToken);
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[(account.Id, pupilKey)] = hour;
    }

    /// <summary>Somebody downloads the copy of a release, or those of an album.</summary>
    public Task DownloadAsync(Account account, string subject, CancellationToken cancellationToken) => RecordAsync(AuditKinds.CopyDownloaded, _ => Task.FromResult(subject), account, cancellationToken);

    private async Task RecordAsync(string kind, Func<GateDb, Task<string>> subject, Account account, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await audit.AppendAsync(db, kind, await subject(db), new Dictionary<string, string> { ["account"] = account.Id }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
