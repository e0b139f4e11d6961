using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Audit;

/// <summary>Makes checkpoints in time: the first of each day, and one whenever another thousand entries are full. Safe for concurrent use.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="tell">Hears, once, when one cannot be made. Nothing else fails for that: it is made good later.</param>
/// <param name="time">Clock.</param>
public sealed class Checkpoints(CheckpointFolder folder, Action<Text> tell, TimeProvider time)
{
    /// <summary>At most so many entries stand between two checkpoints, while checkpoints can be made.</summary>
    public const int Interval = 1000;

    private readonly Lock making = new();
    private Checkpoint? last;
    private bool isRead;
    private bool isTold;

    /// <summary>Hears from now on of what is committed to a database, and makes good what its past lacks.</summary>
    public async Task FollowAsync(GateDatabase database, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        if (await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Id).FirstOrDefaultAsync(cancellationToken) is { } newest)
        {
            Committed(newest);
        }

        database.AuditCommitted = Committed;
    }

    /// <summary>Makes a checkpoint of an entry that was committed, when one is due.</summary>
    public void Committed(AuditEntry entry)
    {
        lock (making)
        {
            try
            {
                if (IsDue(entry))
                {
                    folder.Add(entry, time.GetUtcNow(), last?.Entry);
                    last = new Checkpoint(entry.Id, entry.Hash, time.GetUtcNow(), last?.Entry, "");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                if (isTold)
                {
                    return;
                }

                isTold = true;
                tell(Texts.Get("audit.no-checkpoint", ("folder", folder.Folder), ("detail", e.Message)));
            }
        }
    }

    private bool IsDue(AuditEntry entry)
    {
        if (!isRead)
        {
            (last, isRead) = (folder.Newest(), true);
        }

        return last is null || entry.Id / Interval > last.Entry / Interval || (entry.Id > last.Entry && time.GetUtcNow().UtcDateTime.Date > last.At.UtcDateTime.Date);
    }
}
