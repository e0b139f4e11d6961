using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Publishing.Outbox;

/// <summary>What people do about events that were given up.</summary>
/// <param name="database">The gate's database.</param>
/// <param name="audit">Where it is recorded.</param>
/// <param name="time">The clock.</param>
public sealed class OutboxActs(GateDatabase database, AuditTrail audit, TimeProvider time)
{
    /// <summary>Events, oldest first: those that somebody should look at, or all.</summary>
    /// <param name="all">Also what was delivered or is over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<OutboxEvent>> ListAsync(bool all, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.OutboxEvents.AsNoTracking().Where(row => all || row.DueAt != null || row.State == OutboxState.Dead).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Has events tried again at once, with all their attempts: one, or all of an output, which is switched on again if it was off.</summary>
    /// <param name="id">Which one; null for all that were given up, or wait, of <paramref name="output"/>.</param>
    /// <param name="output">Of which output; null for the one of <paramref name="id"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many there are.</returns>
    public async Task<int> RetryAsync(long? id, string? output, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var found = await db.OutboxEvents.Where(row => (row.State == OutboxState.Dead || row.State == OutboxState.Waiting) && (id == null || row.Id == id) && (output == null || row.Output == output)).ToListAsync(cancellationToken);
        foreach (var row in found)
        {
            // One attempt stays on record: it may have arrived.
            (row.State, row.DueAt, row.EndedAt, row.Failure, row.Attempts) = (OutboxState.Waiting, time.GetUtcNow(), null, null, Math.Min(row.Attempts, 1));
            await RecordAsync(db, AuditKinds.OutboxRetried, row, cancellationToken);
        }

        var on = found.Select(row => row.Output).Append(output ?? "").ToList();
        await db.SwitchedOffOutputs.Where(off => on.Contains(off.Output)).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found.Count;
    }

    /// <summary>Ends an event that was given up, or waits: it need not be delivered.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="ground">Why: a sentence of a person.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is none of this number to drop.</returns>
    public async Task<bool> DropAsync(long id, string ground, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.OutboxEvents.SingleOrDefaultAsync(row => row.Id == id && (row.State == OutboxState.Dead || row.State == OutboxState.Waiting), cancellationToken) is not { } row)
        {
            return false;
        }

        (row.State, row.DueAt, row.EndedAt, row.Ground) = (OutboxState.Dropped, null, time.GetUtcNow(), ground.Trim());
        await RecordAsync(db, AuditKinds.OutboxDropped, row, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private Task RecordAsync(GateDb db, string kind, OutboxEvent row, CancellationToken cancellationToken) =>
        audit.AppendAsync(db, kind, row.ReleaseId, new Dictionary<string, string> { ["output"] = row.Output, ["event"] = row.Key }, cancellationToken);
}
