using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Watching;

/// <summary>Brings what still waits for its verdict under the protocol that the gate judges by now.</summary>
internal static class ProtocolChange
{
    /// <summary>Does so for the store of this watch; what another process works on at this moment is left to it.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public static async Task<bool> CarryOverAsync(WatchParts watch, CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        if (!await Left(db, watch).AnyAsync(cancellationToken))
        {
            return false;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        foreach (var old in await Left(db, watch).ToListAsync(cancellationToken))
        {
            var item = await watch.Queue.AddAsync(db, old.ContentSha256, QueuedPhoto.Read(old.Photo), watch.Protocol.Version, old.Store, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await db.TakenFiles.Where(file => file.QueueItemId == old.Id).ExecuteUpdateAsync(set => set.SetProperty(file => file.QueueItemId, item.Id), cancellationToken);
            await Submission.MoveAllAsync(db, old.Id, item.Id, cancellationToken);
            db.QueueItems.Remove(old);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static IQueryable<QueueItem> Left(GateDb db, WatchParts watch)
    {
        var (store, version) = (watch.Store.Id, watch.Protocol.Version);
        return db.QueueItems.Where(item => item.Store == store && item.State == QueueState.Waiting && item.ProtocolVersion != version);
    }
}
