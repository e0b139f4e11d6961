using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;

namespace PublicationGate.Removal.Addresses;

/// <summary>Ends take-downs of which nothing is left: every known address is gone, every output has taken down what it was sent, and nothing is on its way to one.</summary>
/// <param name="audit">Where it is recorded, with how many addresses there were; not which, since they may hold names.</param>
/// <param name="time">The clock.</param>
internal sealed class FinishedTakeDowns(AuditTrail audit, TimeProvider time)
{
    private const int MostAtOnce = 200;

    // Where outputs put pictures themselves. On every other channel people do, from a folder or a zip, and only they know where.
    private static readonly string[] PostedByOutputs = ["website", "website-closed"];

    /// <summary>Ends them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndAsync(GateDb db, CancellationToken cancellationToken)
    {
        // Without the lock of writers first: nearly always there is none.
        if (!await Finished(db).AnyAsync(cancellationToken))
        {
            return 0;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var finished = await Finished(db).OrderBy(row => row.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (var takeDown in finished)
        {
            (takeDown.EndedAt, takeDown.EndedBy) = (time.GetUtcNow(), TakeDown.Gone);
            var count = await db.PostedAddresses.CountAsync(row => row.TakeDownId == takeDown.Id, cancellationToken);
            await audit.AppendAsync(
                db, AuditKinds.TakeDownEnded, takeDown.ReleaseId, new Dictionary<string, string> { ["by"] = TakeDown.Gone, ["channel"] = takeDown.Channel, ["addresses"] = $"{count}" }, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return finished.Count;
    }

    // A file in a folder is gone as soon as it is hidden, and says nothing of where people put it from there: some address of the web must be known. One that who asked gave is none
    // of those: anybody may give any, so that it keeps a task open until it is gone and never ends one.
    private static IQueryable<TakeDown> Finished(GateDb db) => db.TakeDowns.Where(takeDown => takeDown.EndedAt == null && takeDown.FollowedAt != null
        && db.PostedAddresses.Any(row => row.TakeDownId == takeDown.Id && row.Address.StartsWith("http") && (row.From == AddressFrom.Person || (row.From == AddressFrom.Output && PostedByOutputs.Contains(takeDown.Channel))))
        && !db.PostedAddresses.Any(row => row.TakeDownId == takeDown.Id && row.State != AddressState.Gone)
        && !db.OutboxEvents.Any(sent => sent.ReleaseId == takeDown.ReleaseId && (sent.Kind == OutboxEventKind.TakeDown ? sent.State != OutboxState.Delivered : sent.DueAt != null)));
}
