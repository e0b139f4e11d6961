using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Watching;

/// <summary>
/// Queues files again of which other things are declared than when they were taken in. Approved ones too, whose copies are taken back until the new verdict is there.
/// A folder that is gone declares nothing new: who tidies up an inbox takes nothing back.
/// </summary>
internal sealed class RedeclaredFiles(WatchParts watch)
{
    /// <summary>The mistakes in what is declared of a photo, for people.</summary>
    public static IReadOnlyList<Text> MistakesOf(EffectiveDeclaration declared) => [.. declared.Errors.Select(error => new Text(error.In("nl"), error.In("en")))];

    /// <summary>Looks at all files that a change may concern; waits out a database that is away, since the inbox tells of a change once.</summary>
    public async Task RequeueAsync(Inbox inbox, DeclarationsChanged changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await TryAsync(inbox, changed, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                if (!await watch.PauseAfterAsync(failure, cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    private async Task TryAsync(Inbox inbox, DeclarationsChanged changed, CancellationToken cancellationToken)
    {
        var moved = await FindAsync(inbox, changed, cancellationToken);
        if (moved.Count == 0)
        {
            return;
        }

        await using var db = watch.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        foreach (var (fileId, itemId, photo) in moved)
        {
            var file = await db.TakenFiles.SingleOrDefaultAsync(file => file.Id == fileId && file.QueueItemId == itemId, cancellationToken);
            if (file is not null)
            {
                await MoveAsync(db, file, photo, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        watch.Queue.Added.Raise();
        watch.ToPlace.Raise();
    }

    private async Task<List<(long File, long Item, QueuedPhoto Photo)>> FindAsync(Inbox inbox, DeclarationsChanged changed, CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        var below = changed.Folder == changed.Inbox ? "" : Path.GetRelativePath(changed.Inbox, changed.Folder) + Path.DirectorySeparatorChar;
        var rows = await (
            from file in db.TakenFiles.AsNoTracking()
            join item in db.QueueItems on file.QueueItemId equals item.Id
            where file.Inbox == changed.Inbox && file.Name.StartsWith(below)
            select new { file.Id, file.Name, item.Photo, item.DeclarationSha256, ItemId = item.Id }).ToListAsync(cancellationToken);
        var there = rows.Select(row => (row, Path: Path.Combine(changed.Inbox, row.Name))).Where(row => Directory.Exists(Path.GetDirectoryName(row.Path))).ToList();
        var declared = inbox.DeclarationsOf(changed.Inbox, there.Select(row => row.Path));
        return [.. there.Zip(declared, (file, now) => (file.row, Photo: QueuedPhoto.Read(file.row.Photo) with { Declaration = now.Declaration, Mistakes = MistakesOf(now) }))
            .Where(pair => pair.Photo.Sha256 != pair.row.DeclarationSha256).Select(pair => (pair.row.Id, pair.row.ItemId, pair.Photo.WithoutApproval()))];
    }

    private async Task MoveAsync(GateDb db, TakenFile file, QueuedPhoto photo, CancellationToken cancellationToken)
    {
        var earlier = file.QueueItemId;
        var item = await watch.Queue.AddAsync(db, file.ContentSha256, photo, watch.Protocol.Version, watch.Store.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Submission.MoveAllAsync(db, item.Id, item.Id, cancellationToken);
        (file.QueueItemId, file.IsOpen) = (item.Id, true);
        await TakenSubmissions.FollowAsync(db, file, item, watch, cancellationToken);
        await watch.Audit.AppendAsync(db, AuditKinds.ItemDeclaredAnew, $"item-{item.Id}", new Dictionary<string, string> { ["before"] = $"item-{earlier}", ["declaration"] = item.DeclarationSha256 }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        // What nobody asks for any more need not be screened.
        await db.QueueItems.Where(old => old.Id == earlier && old.State != QueueState.Decided && !db.TakenFiles.Any(other => other.QueueItemId == earlier) && !db.Submissions.Any(other => other.QueueItemId == earlier)).ExecuteDeleteAsync(cancellationToken);
        await db.TakenFiles.Where(other => other.QueueItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(other => other.IsOpen, true), cancellationToken);
    }
}
