using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Watching;

/// <summary>Takes finished files of watched folders into the store, then into the queue; only what is on record there may leave its folder later.</summary>
internal sealed class InboxIntake(WatchParts watch, Inbox inbox, RedeclaredFiles redeclared)
{
    // One transaction for many files that come together, and not so many that the first would wait long for the last.
    private const int MostAtOnce = 128;
    private const int Copies = 8;

    /// <summary>Of the files given, those that are on record in this state and did not leave since.</summary>
    public static async Task<IReadOnlyCollection<ReadyFile>> TakenBeforeAsync(GateDatabase database, IReadOnlyList<ReadyFile> files, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var known = new HashSet<(string Inbox, string Name, long Length, long Ticks)>();
        foreach (var folder in files.GroupBy(file => file.Inbox))
        {
            var names = folder.Select(file => file.Name).ToList();
            var rows = await db.TakenFiles.AsNoTracking().Where(file => file.Inbox == folder.Key && names.Contains(file.Name) && !file.HasLeft).ToListAsync(cancellationToken);
            known.UnionWith(rows.Select(row => (row.Inbox, row.Name, row.Length, row.ModifiedTicks)));
        }

        return [.. files.Where(file => known.Contains((file.Inbox, file.Name, file.Length, file.ModifiedAt.UtcTicks)))];
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var news = Channel.CreateUnbounded<InboxNews>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(news.Writer, stop.Token);
        try
        {
            while (await news.Reader.WaitToReadAsync(cancellationToken))
            {
                var files = new List<ReadyFile>();
                while (files.Count < MostAtOnce && news.Reader.TryPeek(out var next) && next is ReadyFile file)
                {
                    files.Add(file);
                    news.Reader.TryRead(out _);
                }

                if (files.Count > 0)
                {
                    await TakeAsync(files, cancellationToken);
                }
                else if (news.Reader.TryRead(out var other) && other is DeclarationsChanged changed)
                {
                    await redeclared.RequeueAsync(inbox, changed, cancellationToken);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(reading);
        }

        await reading;
    }

    private async Task ReadAsync(ChannelWriter<InboxNews> news, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var next in inbox.ReadAsync(cancellationToken))
            {
                await news.WriteAsync(next, cancellationToken);
            }
        }
        finally
        {
            news.Complete();
        }
    }

    private async Task TakeAsync(List<ReadyFile> files, CancellationToken cancellationToken)
    {
        var stored = new ConcurrentBag<StoredFile>();
        try
        {
            await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Copies, CancellationToken = cancellationToken }, async (file, token) =>
            {
                if (await StoreAsync(file, token) is { } copy)
                {
                    stored.Add(copy);
                }
            });
            watch.Readiness.Set(WatchFailure.Store, null);
            await RecordAsync([.. stored.OrderBy(copy => copy.File.Path, StringComparer.Ordinal)], cancellationToken);
            watch.Readiness.Set(WatchFailure.Database, null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nothing of it is on record: the files stand where they stood, and are handed over again.
            files.ForEach(inbox.GiveBack);
            if (!await watch.PauseAfterAsync(failure, cancellationToken))
            {
                throw;
            }

            return;
        }

        var taken = stored.Select(copy => copy.File).ToHashSet();
        files.ForEach(file => (taken.Contains(file) ? (Action<ReadyFile>)inbox.Taken : inbox.GiveBack)(file));
        watch.Queue.Added.Raise();
    }

    // Null for a file that cannot be taken as it is now: it is handed over again once it stands still anew.
    private async Task<StoredFile?> StoreAsync(ReadyFile file, CancellationToken cancellationToken)
    {
        var content = await watch.Store.AddAsync(file.Path, cancellationToken);
        if (content.Problem is IntakeProblem.Vanished or IntakeProblem.Link or IntakeProblem.NotARegularFile
            || (!file.IsUnfinished && (content.Problem is not (IntakeProblem.None or IntakeProblem.TooLarge) || HasChanged(file, content))))
        {
            return null;
        }

        var sha256 = content.Sha256 ?? "";
        return new(file, sha256, new QueuedPhoto
        {
            FileName = Path.GetFileName(file.Path),
            FolderName = Path.GetFileName(Path.GetDirectoryName(file.Path)) is { Length: > 0 } folder ? folder : null,
            Declaration = file.Declared.Declaration,
            Mistakes = RedeclaredFiles.MistakesOf(file.Declared),
            Sidecars = await SidecarsAsync(file.Path, cancellationToken),
            Problem = file.IsUnfinished ? IntakeProblem.Unfinished : content.Problem,
            Length = content.Length,
            Place = sha256.Length == 0 ? file.Path : null,
        });
    }

    // What was copied while somebody wrote is no state that the file ever had.
    private static bool HasChanged(ReadyFile file, StoredContent content)
    {
        var now = new FileInfo(file.Path);
        return content.Length != file.Length || !now.Exists || now.Length != file.Length || now.LastWriteTimeUtc.Ticks != file.ModifiedAt.UtcTicks;
    }

    private async Task<IReadOnlyList<QueuedSidecar>> SidecarsAsync(string photo, CancellationToken cancellationToken)
    {
        var kept = new List<QueuedSidecar>();
        foreach (var sidecar in await Sidecar.BesideAsync(photo, cancellationToken))
        {
            using var bytes = new MemoryStream(sidecar.Content?.ToArray() ?? []);
            var content = await watch.Store.AddAsync(bytes, cancellationToken);
            kept.Add(new(sidecar.Name, content.Problem == IntakeProblem.None ? content.Sha256 : null));
        }

        return kept;
    }

    private async Task RecordAsync(IReadOnlyList<StoredFile> stored, CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var items = new List<QueueItem>();
        var refusals = new List<ReviewRefusal?>();
        foreach (var copy in stored)
        {
            // What a reviewer refused elsewhere is refused here too.
            var refusal = await StandingRefusals.FindAsync(db, copy.ContentSha256, cancellationToken);
            refusals.Add(refusal);
            items.Add(await watch.Queue.AddAsync(db, copy.ContentSha256, refusal is null ? copy.Photo : copy.Photo with { Review = new() { Refusal = refusal } }, watch.Protocol.Version, watch.Store.Id, cancellationToken));
        }

        await db.SaveChangesAsync(cancellationToken);
        var files = new List<(TakenFile File, QueueItem Item)>();
        foreach (var (copy, item) in stored.Zip(items))
        {
            await Submission.MoveAllAsync(db, item.Id, item.Id, cancellationToken);
            // Files of the same content under the same names share their verdict: a new one is everyone's.
            await db.TakenFiles.Where(file => file.QueueItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(file => file.IsOpen, true), cancellationToken);
            var (folder, name, content) = (copy.File.Inbox, copy.File.Name, copy.ContentSha256);
            var known = await db.TakenFiles.SingleOrDefaultAsync(file => file.Inbox == folder && file.Name == name && file.ContentSha256 == content, cancellationToken);
            if (known is null)
            {
                known = new TakenFile
                {
                    Inbox = folder, Name = name, Length = copy.File.Length, ModifiedTicks = copy.File.ModifiedAt.UtcTicks, ContentSha256 = content, QueueItemId = item.Id, IsOpen = true,
                };
                db.TakenFiles.Add(known);
            }
            else
            {
                // Put back: its result is laid anew, whatever became of the earlier one.
                (known.Length, known.ModifiedTicks, known.QueueItemId, known.IsOpen, known.PlacedVerdictId, known.HasLeft) =
                    (copy.File.Length, copy.File.ModifiedAt.UtcTicks, item.Id, true, null, false);
            }

            files.Add((known, item));
            await watch.Audit.AppendAsync(db, AuditKinds.ItemTaken, $"item-{item.Id}", new Dictionary<string, string> { ["content"] = content, ["declaration"] = item.DeclarationSha256 }, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        for (var at = 0; at < files.Count; at++)
        {
            var submission = await TakenSubmissions.FollowAsync(db, files[at].File, files[at].Item, watch, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            if (submission is not null && refusals[at] is { } refusal)
            {
                await new CarriedRefusals(watch.Audit, watch.Time).Handle(new(db, submission, refusal, stored[at].Photo), cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record StoredFile(ReadyFile File, string ContentSha256, QueuedPhoto Photo);
}
