using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Publishing.Outbox;

/// <summary>
/// Events that wait to be delivered, in the gate's own database. Several processes may work on it; an event is one worker's at a time, and of what concerns one
/// submission and one output the later is not begun before the earlier has ended. Safe for concurrent use.
/// </summary>
/// <param name="database">Where it is.</param>
/// <param name="audit">Where deliveries are recorded.</param>
/// <param name="options">Leases and pauses.</param>
/// <param name="time">Wall clock, since leases are between machines. A clock that jumps costs a second delivery under the same key, never one that is missing.</param>
public sealed class OutboxQueue(GateDatabase database, AuditTrail audit, OutboxOptions options, TimeProvider time)
{
    private const int Together = 500;

    /// <summary>Leases and pauses.</summary>
    public OutboxOptions Options => options;

    /// <summary>Takes the next event for an output whose turn it is; nobody else gets it before its lease ends.</summary>
    /// <returns>The event; null when there is none.</returns>
    public async Task<OutboxEvent?> ClaimAsync(string owner, string output, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        // Without the lock of writers first: nearly always there is nothing.
        if (!await Due(db, output, now).AnyAsync(cancellationToken))
        {
            return null;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await Due(db, output, now).OrderBy(row => row.DueAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken) is not { } claimed)
        {
            return null;
        }

        (claimed.State, claimed.LeaseOwner, claimed.DueAt) = (OutboxState.Leased, owner, now + options.LeaseFor);
        claimed.Attempts++;
        await SaveAsync(db, transaction, cancellationToken);
        return claimed;
    }

    /// <summary>Gives a sign of life for an event that is being delivered.</summary>
    public async Task RenewAsync(OutboxEvent claim, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var until = time.GetUtcNow() + options.LeaseFor;
        await Own(db, claim).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until), cancellationToken);
    }

    /// <summary>Gives an event back that was not sent; the attempt does not count.</summary>
    public async Task ReleaseAsync(OutboxEvent claim, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var (due, attempts) = (time.GetUtcNow() + pause, claim.Attempts - 1);
        await Own(db, claim).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, OutboxState.Waiting).SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.DueAt, due).SetProperty(row => row.Attempts, attempts), cancellationToken);
    }

    /// <summary>The output has it.</summary>
    /// <param name="claim">The event as it was claimed.</param>
    /// <param name="remote">Where its publication is.</param>
    /// <param name="cancellationToken">Ends the call; then it is delivered again under the same key.</param>
    internal Task DeliveredAsync(OutboxEvent claim, RemoteCopy? remote, CancellationToken cancellationToken) => EndAsync(claim, async (db, row) =>
    {
        (row.State, row.DueAt, row.LeaseOwner, row.Failure, row.EndedAt, row.Remote) = (OutboxState.Delivered, null, null, null, time.GetUtcNow(), remote?.Write());
        await RecordAsync(db, row.Kind == OutboxEventKind.Publish ? AuditKinds.OutputPublished : AuditKinds.OutputTakenDown, row, cancellationToken);
    }, cancellationToken);

    /// <summary>There is nothing to deliver any more. What an earlier attempt may have brought there is taken down, whether or not the withdrawal was told of by now.</summary>
    internal Task OvertakenAsync(OutboxEvent claim, CancellationToken cancellationToken) => EndAsync(claim, async (db, row) =>
    {
        // Nothing was sent this time.
        row.Attempts--;
        ReleaseEvents.Overtake(row, time.GetUtcNow());
        await ReleaseEvents.WithdrawnAsync(db, [row.ReleaseId], time, cancellationToken);
    }, cancellationToken);

    /// <summary>The attempt failed: the event is due again after a pause, or given up, or overtaken by its take-down.</summary>
    internal Task FailAsync(OutboxEvent claim, OutputException failure, CancellationToken cancellationToken) => EndAsync(claim, async (db, row) =>
    {
        row.Failure = failure.Code;
        if (failure.IsGone)
        {
            await SwitchOffAsync(db, row.Output, cancellationToken);
        }

        if (row.Kind == OutboxEventKind.Publish && await db.OutboxEvents.AnyAsync(other => other.ReleaseId == row.ReleaseId && other.Output == row.Output && other.Kind == OutboxEventKind.TakeDown, cancellationToken))
        {
            ReleaseEvents.Overtake(row, time.GetUtcNow());
        }
        else if (failure.IsGone || failure.IsLasting || (row.Kind == OutboxEventKind.Publish && row.Attempts >= options.MostAttempts))
        {
            await GiveUpAsync(db, row, cancellationToken);
        }
        else
        {
            var pause = options.PauseAfter(row.Attempts, failure.RetryAfter);
            (row.State, row.LeaseOwner, row.DueAt) = (OutboxState.Waiting, null, time.GetUtcNow() + pause);
        }
    }, cancellationToken);

    /// <summary>Whether an output is told nothing more; what waits for it is then given up.</summary>
    internal async Task<bool> IsSwitchedOffAsync(string output, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        if (!await db.SwitchedOffOutputs.AnyAsync(off => off.Output == output, cancellationToken))
        {
            return false;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        foreach (var row in await db.OutboxEvents.Where(row => row.Output == output && row.DueAt != null).ToListAsync(cancellationToken))
        {
            row.Failure = "switched-off";
            await GiveUpAsync(db, row, cancellationToken);
        }

        await SaveAsync(db, transaction, cancellationToken);
        return true;
    }

    /// <summary>At the start of a process: gives back what its dead predecessors had.</summary>
    /// <param name="owners">What the names of these predecessors begin with; it is certain that none of them lives.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task TakeOverAsync(string owners, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        await db.OutboxEvents.Where(row => row.State == OutboxState.Leased && row.LeaseOwner!.StartsWith(owners)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, OutboxState.Waiting).SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.DueAt, now), cancellationToken);
    }

    /// <summary>Writes down the take-downs of releases that were withdrawn by whoever did not say so, and ends waits that a clock which was set back made too long.</summary>
    /// <returns>How many take-downs were missing.</returns>
    public async Task<int> MendAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        var horizon = now + options.LeaseFor + options.LongestPause + TimeSpan.FromMinutes(1);
        await db.OutboxEvents.Where(row => row.DueAt > horizon).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), cancellationToken);
        var missing = await (
            from row in db.OutboxEvents
            join release in db.Releases on row.ReleaseId equals release.Id
            where release.WithdrawnAt != null && row.Kind == OutboxEventKind.Publish && (row.State != OutboxState.Overtaken || row.Attempts > 0)
                && !db.OutboxEvents.Any(other => other.ReleaseId == row.ReleaseId && other.Output == row.Output && other.Kind == OutboxEventKind.TakeDown)
            select row.ReleaseId).Distinct().Take(Together).ToListAsync(cancellationToken);
        if (missing.Count == 0)
        {
            return 0;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var added = await ReleaseEvents.WithdrawnAsync(db, missing, time, cancellationToken);
        await SaveAsync(db, transaction, cancellationToken);
        return added;
    }

    /// <summary>How many events for these outputs neither arrived nor failed yet; an output that fails now is not counted, since that may last, nor a release that has no copy.</summary>
    public async Task<int> CountUntriedAsync(IReadOnlyCollection<string> outputs, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.OutboxEvents.CountAsync(
            row => outputs.Contains(row.Output) && (row.State == OutboxState.Leased || (row.State == OutboxState.Waiting && row.Failure == null
                    && (row.Kind == OutboxEventKind.TakeDown || !db.Releases.Any(release => release.Id == row.ReleaseId && release.WithdrawnAt == null && release.CopySha256 == null))))
                && !db.OutboxEvents.Any(other => other.Output == row.Output && other.State == OutboxState.Waiting && other.Failure != null), cancellationToken);
    }

    // A waiting event that has its time, or a leased one whose worker gave no sign; behind no earlier one of its submission, nor before its copy.
    private static IQueryable<OutboxEvent> Due(GateDb db, string output, DateTimeOffset now) => db.OutboxEvents.Where(row => row.Output == output && row.DueAt <= now
        && (row.Kind == OutboxEventKind.TakeDown || !db.Releases.Any(release => release.Id == row.ReleaseId && release.WithdrawnAt == null && release.CopySha256 == null))
        && !db.OutboxEvents.Any(earlier => earlier.SubmissionId == row.SubmissionId && earlier.Output == output && earlier.DueAt != null && earlier.Id < row.Id));

    private static IQueryable<OutboxEvent> Own(GateDb db, OutboxEvent claim) =>
        db.OutboxEvents.Where(row => row.Id == claim.Id && row.State == OutboxState.Leased && row.LeaseOwner == claim.LeaseOwner && row.Attempts == claim.Attempts);

    private async Task EndAsync(OutboxEvent claim, Func<GateDb, OutboxEvent, Task> end, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // Another's by now: what that one does counts.
        if (await Own(db, claim).SingleOrDefaultAsync(cancellationToken) is { } row)
        {
            await end(db, row);
            await SaveAsync(db, transaction, cancellationToken);
        }
    }

    private async Task SwitchOffAsync(GateDb db, string output, CancellationToken cancellationToken)
    {
        if (!await db.SwitchedOffOutputs.AnyAsync(off => off.Output == output, cancellationToken))
        {
            db.SwitchedOffOutputs.Add(new SwitchedOffOutput { Output = output, At = time.GetUtcNow() });
        }
    }

    private async Task GiveUpAsync(GateDb db, OutboxEvent row, CancellationToken cancellationToken)
    {
        (row.State, row.DueAt, row.LeaseOwner, row.EndedAt) = (OutboxState.Dead, null, null, time.GetUtcNow());
        await RecordAsync(db, AuditKinds.OutputGivenUp, row, cancellationToken);
    }

    private Task RecordAsync(GateDb db, string kind, OutboxEvent row, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string> { ["output"] = row.Output, ["event"] = row.Key, ["attempts"] = $"{row.Attempts}" };
        if (row.Failure is not null)
        {
            details["failure"] = row.Failure;
        }

        return audit.AppendAsync(db, kind, row.ReleaseId, details, cancellationToken);
    }

    private static async Task SaveAsync(GateDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
