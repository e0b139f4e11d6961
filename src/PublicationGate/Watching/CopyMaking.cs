using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>
/// Sees to it that each release that stands has its copy in the store and a certificate that holds, and that the copies of withdrawn ones leave the store. It looks at the rows, so
/// that whatever releases or withdraws need not tell it.
/// </summary>
/// <param name="watch">What the watch stands on.</param>
/// <param name="maker">Makes one copy.</param>
/// <param name="signer">Issues certificates.</param>
internal sealed class CopyMaking(WatchParts watch, CopyMaker maker, CertificateSigner signer)
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // An original that is away may come back with its disk; what could not be looked up, sooner.
    private static readonly TimeSpan AwayFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan MissingFor = TimeSpan.FromMinutes(1);

    /// <summary>Works until it is cancelled; a copy under way is made to its end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var count = await RemoveAsync(cancellationToken) + await MakeAsync(cancellationToken);
                watch.Readiness.Set(WatchFailure.Copies, null);
                watch.Readiness.SetFailed("copies", "", null);
                if (count == 0)
                {
                    await watch.ToCopy.WaitAsync(Look, watch.Time, cancellationToken);
                    continue;
                }

                watch.Readiness.Set(WatchFailure.Store, null);
                watch.Readiness.Set(WatchFailure.Decoder, null);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (CryptographicException failure) when (WatchFailure.Of(failure) is null)
            {
                watch.Readiness.Set(WatchFailure.Copies, Texts.Get("watch.certificate-key", ("file", DataFolder.CertificateKey)));
                await Task.Delay(TimeSpan.FromSeconds(1), watch.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // One release that breaks something unforeseen must not stop what hides and takes down others.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                await watch.OutliveAsync("copies", "", failure, cancellationToken);
            }
        }
    }

    /// <summary>Whether a release waits for its copy or certificate that can have one now.</summary>
    public async Task<bool> IsDoneAsync(GateDb db, CancellationToken cancellationToken) => !await Due(db).AnyAsync(cancellationToken);

    /// <summary>Makes what is due, at most so much at once.</summary>
    /// <returns>How many releases there were.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        var due = await Due(db).Take(MostAtOnce).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var (release, item) in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await MakeAsync(db, release, item, cancellationToken);
        }

        return due.Count;
    }

    /// <summary>Has the copies of withdrawn releases leave the store, at most so many at once.</summary>
    /// <returns>How many releases there were.</returns>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        var withdrawn = await db.Releases.AsNoTracking().Where(release => release.WithdrawnAt != null && release.CopySha256 != null).OrderBy(release => release.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (var release in withdrawn)
        {
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            await CopiesInStore.RemoveUnusedAsync(db, watch.Store, release.Id, release.CopySha256!, cancellationToken);
            await db.Releases.Where(row => row.Id == release.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.CopySha256, (string?)null), cancellationToken);
            await watch.Audit.AppendAsync(db, AuditKinds.CopyRemoved, release.Id, new Dictionary<string, string> { ["content"] = release.CopySha256! }, cancellationToken);
            await SaveAsync(db, transaction);
        }

        return withdrawn.Count;
    }

    // While a photo is screened anew, its verdict says what becomes of the release.
    private IQueryable<DueRelease> Due(GateDb db)
    {
        var (now, store) = (watch.Time.GetUtcNow(), watch.Store.Id);
        return
            from release in db.Releases
            where release.WithdrawnAt == null && (release.NextLookAt == null || release.NextLookAt <= now)
            join submission in db.Submissions on release.SubmissionId equals submission.Id
            join item in db.QueueItems on submission.QueueItemId equals item.Id
            where item.Store == store && item.State == QueueState.Decided && item.VerdictId == release.VerdictId
            orderby release.Id
            select new DueRelease(release, item);
    }

    private async Task MakeAsync(GateDb db, Release release, QueueItem item, CancellationToken cancellationToken)
    {
        var found = await new VerdictStore(db, watch.Time).FindAsync(release.VerdictId, cancellationToken);
        if (found is not { IsIntact: true } || found.Verdict.Outcome != Outcome.Approved)
        {
            // Erased, or changed behind the gate's back: it lets nothing out.
            await (found is null ? PutOffAsync(db, release, AwayFor) : HoldAsync(db, release, item, NoCopy.NotMade));
            return;
        }

        try
        {
            var made = await CopyOfAsync(release, found.Verdict, cancellationToken);
            if (made?.Refusal is { } refusal)
            {
                await HoldAsync(db, release, item, refusal);
                return;
            }

            await CertifyAsync(db, release, item, found.Verdict, made);
        }
        catch (ContentStoreException gone) when (gone.Problem is ContentStoreProblem.Missing or ContentStoreProblem.Damaged)
        {
            // Over its period, or lost: without a copy nothing leaves the gate.
            await PutOffAsync(db, release, AwayFor);
        }
        catch (FactMissingException)
        {
            await PutOffAsync(db, release, MissingFor);
        }
    }

    // Null where it lies in the store already.
    private async Task<MadeCopy?> CopyOfAsync(Release release, Verdict verdict, CancellationToken cancellationToken)
    {
        if (release.CopySha256 is { } kept && watch.Store.Contains(kept))
        {
            return null;
        }

        try
        {
            return await maker.MakeAsync(watch.Store, verdict, watch.Protocol, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever a photo breaks, it is held and the others go on.
        catch (Exception failure) when (failure is not (OperationCanceledException or ContentStoreException or FactMissingException) && WatchFailure.Of(failure) is null)
#pragma warning restore CA1031
        {
            return MadeCopy.None(NoCopy.NotMade);
        }
    }

    private async Task CertifyAsync(GateDb db, Release release, QueueItem item, Verdict verdict, MadeCopy? made)
    {
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        var row = await db.Releases.SingleOrDefaultAsync(row => row.Id == release.Id && row.WithdrawnAt == null, CancellationToken.None);
        var isCurrent = await db.QueueItems.AnyAsync(now => now.Id == item.Id && now.VerdictId == verdict.Id, CancellationToken.None);
        if (row is null || !isCurrent || (made is not null && !watch.Store.Contains(made.Sha256)))
        {
            // Withdrawn while it was made, or another process cleared it away: the rows say what comes next.
            if (made is not null)
            {
                await CopiesInStore.RemoveUnusedAsync(db, watch.Store, release.Id, made.Sha256, CancellationToken.None);
            }

            return;
        }

        if (made is not null)
        {
            row.CopySha256 = made.Sha256;
            row.CopyName ??= await CopyNames.FirstFreeAsync(db, made.Stem, release.ReleasedAt, made.Extension, CancellationToken.None);
        }

        await signer.IssueAsync(db, row, verdict, CancellationToken.None);
        row.NextLookAt = signer.NextAt;
        await SaveAsync(db, transaction);
        watch.ToPlace.Raise();
    }

    // It does not count: withdrawn at once, and the next worker gives the photo up, which makes the verdict that holds it.
    private async Task HoldAsync(GateDb db, Release release, QueueItem item, string refusal)
    {
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        var now = watch.Time.GetUtcNow();
        if (await watch.Queue.HoldAsync(db, item, refusal, CancellationToken.None)
            && await db.Releases.Where(row => row.Id == release.Id && row.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, now), CancellationToken.None) > 0)
        {
            await watch.Audit.AppendAsync(db, AuditKinds.ReleaseWithdrawn, release.Id, new Dictionary<string, string> { ["submission"] = release.SubmissionId, ["verdict"] = release.VerdictId }, CancellationToken.None);
        }

        await SaveAsync(db, transaction);
        watch.Queue.Added.Raise();
    }

    private async Task PutOffAsync(GateDb db, Release release, TimeSpan time)
    {
        var next = watch.Time.GetUtcNow() + time;
        await db.Releases.Where(row => row.Id == release.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextLookAt, next), CancellationToken.None);
    }

    private static async Task SaveAsync(GateDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction)
    {
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }

    private sealed record DueRelease(Release Release, QueueItem Item);
}
