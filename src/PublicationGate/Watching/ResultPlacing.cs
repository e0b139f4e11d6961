using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>Brings the result folders to what the database says: it lays what was decided, and takes approved copies back that must be screened anew.</summary>
/// <param name="watch">What the watch stands on.</param>
/// <param name="folders">The result folders of each inbox.</param>
/// <param name="placed">Hears of each result.</param>
internal sealed class ResultPlacing(WatchParts watch, IReadOnlyDictionary<string, ResultFolders> folders, Action<ScreenedFile, PlacedResult> placed)
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Works until it is cancelled; a result under way is laid to its end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var count = await PlaceAsync(cancellationToken);
                watch.Readiness.Set(WatchFailure.Results, null);
                watch.Readiness.SetFailed("results", "", null);
                if (count == 0)
                {
                    await watch.ToPlace.WaitAsync(Look, watch.Time, cancellationToken);
                    continue;
                }

                watch.Readiness.Set(WatchFailure.Decoder, null);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ContentStoreException failure) when (WatchFailure.Of(failure) is null)
            {
                // An original that is missing or damaged keeps its result from being laid: somebody has to see to the store.
                watch.Readiness.Set(WatchFailure.Results, failure.Reason);
                await Task.Delay(Look, watch.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // One result that breaks something unforeseen must not stop what hides and takes down others.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                await watch.OutliveAsync("results", "", failure, cancellationToken);
            }
        }
    }

    /// <summary>Places what there is to place, at most so many at once.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> PlaceAsync(CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        var inboxes = folders.Keys.ToList();
        var open = await (
            from file in db.TakenFiles.AsNoTracking()
            join item in db.QueueItems.AsNoTracking() on file.QueueItemId equals item.Id
            where file.IsOpen && inboxes.Contains(file.Inbox) && (item.State == QueueState.Decided || file.PlacedOutcome == Outcome.Approved)
            // What is approved leaves as the copy that its certificate covers, so it waits for that, and goes nowhere once its release was withdrawn.
            where item.State != QueueState.Decided
                || !db.Releases.Any(release => release.VerdictId == item.VerdictId && db.Submissions.Any(submission => submission.Id == release.SubmissionId && submission.TakenFileId == file.Id))
                || db.Releases.Any(release => release.VerdictId == item.VerdictId && release.WithdrawnAt == null && (release.CopySha256 != null || release.NextLookAt != null) && db.Submissions.Any(submission => submission.Id == release.SubmissionId && submission.TakenFileId == file.Id))
            // Children first: what must not be seen any more goes before anything else is laid.
            orderby item.State == QueueState.Decided, file.Id
            select new OpenFile(file, item)).Take(MostAtOnce).ToListAsync(cancellationToken);
        var count = 0;
        foreach (var (file, item) in open)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count += await (item.State == QueueState.Decided ? LayAsync(db, file, item) : TakeBackAsync(db, file)) ? 1 : 0;
        }

        return count;
    }

    private async Task<bool> LayAsync(GateDb db, TakenFile file, QueueItem item)
    {
        // On its own: SQLite cannot look it up within the query for what is open.
        var release = await db.Releases.AsNoTracking().FirstOrDefaultAsync(
            one => one.VerdictId == item.VerdictId && one.WithdrawnAt == null && db.Submissions.Any(submission => submission.Id == one.SubmissionId && submission.TakenFileId == file.Id), CancellationToken.None);
        if (release is { CopySha256: null })
        {
            // Its copy was put off: where the original cannot be had, that is said.
            using var original = await watch.Store.ReadAsync(file.ContentSha256, file.Name, CancellationToken.None);
            return false;
        }

        var (verdict, _, isIntact) = await new VerdictStore(db, watch.Time).FindAsync(item.VerdictId!, CancellationToken.None) ?? throw new InvalidOperationException("A decided item has its verdict.");
        if (!isIntact)
        {
            // Changed behind the gate's back: what it says now lets nothing out.
            await HoldAsync(db, item, NoCopy.NotMade);
            return true;
        }

        var screened = new ScreenedFile(file.Inbox, Path.Combine(file.Inbox, file.Name), verdict, TimeSpan.FromMilliseconds(item.ElapsedMs))
        {
            CopySha256 = release?.CopySha256, Copy = watch.Protocol.TermsOf(verdict.Facts.Declaration.Channel).Copy,
        };
        var results = folders[file.Inbox];
        if (file.PlacedVerdictId is null)
        {
            // New in this folder, also where the same photo had a result before that somebody may have taken away by hand.
            await results.TakeBackAsync(ItemOf(file), CancellationToken.None);
        }

        try
        {
            var result = await results.PlaceAsync(screened, CancellationToken.None);
            await RecordAsync(db, file, item, verdict, !result.OriginalIsLeft);
            placed(screened, result);
        }
        catch (Exception noCopy) when (noCopy is UnreadableImageException or StillRecognisableException)
        {
            // Approved, and yet there is no copy to be had: only the verdict of a person can help.
            await HoldAsync(db, item, noCopy is StillRecognisableException ? NoCopy.StillShows : NoCopy.NotMade);
        }

        return true;
    }

    private async Task RecordAsync(GateDb db, TakenFile file, QueueItem item, Verdict verdict, bool hasLeft)
    {
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        var isCurrent = await db.QueueItems.AnyAsync(now => now.Id == item.Id && now.VerdictId == verdict.Id, CancellationToken.None);
        // Open still when it was declared anew, or put back, while its result was laid.
        await db.TakenFiles.Where(row => row.Id == file.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PlacedVerdictId, verdict.Id).SetProperty(row => row.PlacedOutcome, verdict.Outcome).SetProperty(row => row.PlacedIn, folders[file.Inbox].Folder)
                .SetProperty(row => row.HasLeft, row => hasLeft && row.ModifiedTicks == file.ModifiedTicks)
                .SetProperty(row => row.IsOpen, row => !(isCurrent && row.QueueItemId == item.Id && row.ModifiedTicks == file.ModifiedTicks)),
            CancellationToken.None);
        await watch.Audit.AppendAsync(db, AuditKinds.ResultPlaced, $"item-{item.Id}", new Dictionary<string, string> { ["verdict"] = verdict.Id, ["result"] = ItemOf(file) }, CancellationToken.None);
        await SaveAsync(db, transaction);
    }

    private async Task<bool> TakeBackAsync(GateDb db, TakenFile file)
    {
        await folders[file.Inbox].TakeBackAsync(ItemOf(file), CancellationToken.None);
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        await db.TakenFiles.Where(row => row.Id == file.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PlacedVerdictId, (string?)null).SetProperty(row => row.PlacedOutcome, (Outcome?)null), CancellationToken.None);
        await watch.Audit.AppendAsync(db, AuditKinds.ResultTakenBack, $"item-{file.QueueItemId}", new Dictionary<string, string> { ["result"] = ItemOf(file) }, CancellationToken.None);
        await SaveAsync(db, transaction);
        return true;
    }

    private async Task HoldAsync(GateDb db, QueueItem item, string failure)
    {
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        await watch.Queue.HoldAsync(db, item, failure, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        watch.Queue.Added.Raise();
    }

    private static async Task SaveAsync(GateDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction)
    {
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }

    private static string ItemOf(TakenFile file) => ScreenedFile.ItemOf(Path.Combine(file.Inbox, file.Name), file.ContentSha256);

    private sealed record OpenFile(TakenFile File, QueueItem Item);
}
