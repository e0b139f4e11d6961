using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Keeps the verdict of a claimed item: verdict, audit entry and state of the queue in one short transaction, or nothing of it.</summary>
internal sealed class QueueDecision(GateDb db, VerdictStore verdicts, AuditTrail audit, Protocol protocol, ScreeningQueue queue, IMediator mediator)
{
    // A run of 'screen' may keep the same protocol or verdict at this very moment; it is there at the next try.
    private const int Tries = 3;

    /// <returns>The verdict; null when the item is no longer the claimer's, or was given back since its facts are overtaken.</returns>
    public async Task<Verdict?> KeepAsync(QueueItem claim, Verdict verdict, SeenRegisters? seen, string kind, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await TryAsync(claim, verdict, seen, kind, elapsed, cancellationToken);
            }
            catch (DbUpdateException failure) when (attempt < Tries && !DatabaseFailure.IsPassing(failure))
            {
                // Again, with what others added meanwhile in sight.
            }
        }
    }

    private async Task<Verdict?> TryAsync(QueueItem claim, Verdict verdict, SeenRegisters? seen, string kind, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var item = await db.QueueItems.SingleOrDefaultAsync(item => item.Id == claim.Id, cancellationToken);
        if (item is not { State: QueueState.Leased } || item.LeaseOwner != claim.LeaseOwner || item.Attempts != claim.Attempts)
        {
            return null;
        }

        // Take back beats put out: looked at in the transaction that releases, in which nobody else writes.
        if (verdict.Outcome == Outcome.Approved && seen is not null && await seen.AreOvertakenAsync(db, verdict.Facts, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            await queue.ReleaseAsync(claim, TimeSpan.Zero, cancellationToken);
            queue.Added.Raise();
            return null;
        }

        await verdicts.KeepAsync(verdict, protocol, cancellationToken);
        (item.State, item.DueAt, item.LeaseOwner) = (QueueState.Decided, null, null);
        (item.VerdictId, item.Outcome, item.ElapsedMs) = (verdict.Id, verdict.Outcome, (long)elapsed.TotalMilliseconds);
        var details = new Dictionary<string, string>
        {
            ["verdict"] = verdict.Id, ["outcome"] = verdict.Outcome.ToString(), ["protocol"] = verdict.ProtocolVersion,
            ["content"] = item.ContentSha256, ["declaration"] = item.DeclarationSha256, ["attempts"] = item.Attempts.ToString(CultureInfo.InvariantCulture),
        };
        await audit.AppendAsync(db, kind, $"item-{item.Id}", details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await mediator.Publish(new ItemDecided(db, item, verdict), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        GateMetrics.Decided(verdict);
        return verdict;
    }
}
