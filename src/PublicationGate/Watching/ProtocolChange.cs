using Microsoft.EntityFrameworkCore;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>Brings what still waits for its verdict under the protocol that the gate judges by now.</summary>
internal static class ProtocolChange
{
    /// <summary>Does so for the store of this watch; what another process works on at this moment is left to it.</summary>
    public static async Task CarryOverAsync(WatchParts watch, CancellationToken cancellationToken)
    {
        await using var db = watch.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        foreach (var old in await db.QueueItems.Where(item => item.Store == watch.Store.Id && item.State == QueueState.Waiting && item.ProtocolVersion != watch.Protocol.Version).ToListAsync(cancellationToken))
        {
            var item = await watch.Queue.AddAsync(db, old.ContentSha256, QueuedPhoto.Read(old.Photo), watch.Protocol.Version, old.Store, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await db.TakenFiles.Where(file => file.QueueItemId == old.Id).ExecuteUpdateAsync(set => set.SetProperty(file => file.QueueItemId, item.Id), cancellationToken);
            db.QueueItems.Remove(old);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
