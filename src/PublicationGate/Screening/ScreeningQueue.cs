using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Screening;

/// <summary>
/// Photos that wait for their verdict, in the gate's own database. What is in it outlives the program; several processes may work on it, and each
/// item is one worker's at a time, for as long as that gives signs of life. Safe for concurrent use.
/// </summary>
/// <param name="database">Where it is.</param>
/// <param name="options">Leases and pauses.</param>
/// <param name="time">Wall clock, since leases are between machines. Who decides checks the lease again, so a clock that jumps costs work, never a second verdict.</param>
public sealed class ScreeningQueue(GateDatabase database, ScreeningQueueOptions options, TimeProvider time)
{
    private const int Thousandths = 1000;

    /// <summary>Leases and pauses.</summary>
    public ScreeningQueueOptions Options => options;

    /// <summary>Wakes the workers of this process; raised after what was added is committed.</summary>
    internal WorkSignal Added { get; } = new();

    /// <summary>Hears of verdicts.</summary>
    public QueueDecisions Decisions { get; } = new(database, time);

    /// <summary>
    /// Adds a photo, or finds it: one that was decided is screened anew, since who agreed to what may be another today. Belongs to the caller's unit of work.
    /// </summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>.</param>
    /// <param name="contentSha256">Hash of its content; empty when its bytes could not be read.</param>
    /// <param name="photo">What is said of it.</param>
    /// <param name="protocolVersion">Version of the protocol in force.</param>
    /// <param name="store">Id of the store that has its bytes.</param>
    /// <param name="cancellationToken">Ends the look for it.</param>
    public async Task<QueueItem> AddAsync(GateDb db, string contentSha256, QueuedPhoto photo, string protocolVersion, string store, CancellationToken cancellationToken)
    {
        var declared = photo.Sha256;
        var item = db.QueueItems.Local.FirstOrDefault(known => known.ContentSha256 == contentSha256 && known.DeclarationSha256 == declared && known.ProtocolVersion == protocolVersion)
            ?? await db.QueueItems.SingleOrDefaultAsync(known => known.ContentSha256 == contentSha256 && known.DeclarationSha256 == declared && known.ProtocolVersion == protocolVersion, cancellationToken);
        if (item is null)
        {
            item = new QueueItem
            {
                ContentSha256 = contentSha256, DeclarationSha256 = declared, ProtocolVersion = protocolVersion, Photo = photo.Write(), Store = store,
                State = QueueState.Waiting, DueAt = Now(),
            };
            db.QueueItems.Add(item);
        }
        else
        {
            item.Store = store;
            Reopen(item);
        }

        return item;
    }

    /// <summary>Takes the items that are due, oldest first; nobody else gets them before their lease ends.</summary>
    /// <param name="owner">This process.</param>
    /// <param name="store">Id of the store that it works on.</param>
    /// <param name="protocolVersion">Version of the protocol that it judges under.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<QueueItem>> ClaimAsync(string owner, string store, string protocolVersion, int most, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = Now();
        return await db.ClaimAsync(new(owner, store, protocolVersion, now, now + options.LeaseFor, most), cancellationToken);
    }

    /// <summary>Gives a sign of life for items that this process works on.</summary>
    public async Task RenewAsync(string owner, IReadOnlyCollection<long> items, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var until = Now() + options.LeaseFor;
        await Leased(db).Where(item => item.LeaseOwner == owner && items.Contains(item.Id)).ExecuteUpdateAsync(set => set.SetProperty(item => item.DueAt, until), cancellationToken);
    }

    /// <summary>Gives an item back that was not tried to the end; the attempt does not count.</summary>
    /// <param name="claim">The item as it was claimed.</param>
    /// <param name="pause">How long nobody should take it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task ReleaseAsync(QueueItem claim, TimeSpan pause, CancellationToken cancellationToken) => ReturnAsync(claim, claim.Attempts - 1, pause, null, cancellationToken);

    /// <summary>Gives an item back whose attempt failed: it is due again after a pause.</summary>
    /// <param name="claim">The item as it was claimed.</param>
    /// <param name="failure">Kind of failure; no names.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task FailAsync(QueueItem claim, string failure, CancellationToken cancellationToken) =>
        ReturnAsync(claim, claim.Attempts, options.PauseAfter(claim.Attempts, RandomNumberGenerator.GetInt32(Thousandths) / (double)Thousandths), failure, cancellationToken);

    /// <summary>At the start of a process: gives back what its dead predecessors had.</summary>
    /// <param name="owners">What the names of these predecessors begin with; it is certain that none of them lives.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task TakeOverAsync(string owners, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = Now();
        await Leased(db).Where(item => item.LeaseOwner!.StartsWith(owners)).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.State, QueueState.Waiting).SetProperty(item => item.LeaseOwner, (string?)null).SetProperty(item => item.DueAt, now), cancellationToken);
    }

    /// <summary>After a clock was set back: what would wait for longer than anything may is due now.</summary>
    /// <returns>How many items there were.</returns>
    public async Task<int> MendAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = Now();
        var horizon = now + options.LeaseFor + options.LongestPause + TimeSpan.FromMinutes(1);
        return await db.QueueItems.Where(item => item.DueAt > horizon).ExecuteUpdateAsync(set => set.SetProperty(item => item.DueAt, now), cancellationToken);
    }

    /// <summary>
    /// Has an item held that was decided, since nothing came of its approval: the next worker gives it up, which makes the verdict that holds it. In the transaction of the context;
    /// raise <see cref="Added"/> after it.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="item">The item with the verdict that is to be overruled.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when it has another verdict by now.</returns>
    internal async Task<bool> HoldAsync(GateDb db, QueueItem item, string failure, CancellationToken cancellationToken)
    {
        // Beyond the attempts.
        long attempts = options.MostAttempts;
        var now = Now();
        return await db.QueueItems.Where(row => row.Id == item.Id && row.VerdictId == item.VerdictId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, QueueState.Waiting).SetProperty(row => row.DueAt, now).SetProperty(row => row.Attempts, attempts)
                .SetProperty(row => row.Failure, failure).SetProperty(row => row.VerdictId, (string?)null).SetProperty(row => row.Outcome, (Rules.Outcome?)null),
            cancellationToken) > 0;
    }

    /// <summary>How many items of a store wait for their verdict.</summary>
    public async Task<int> CountUndecidedAsync(string store, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.QueueItems.CountAsync(item => item.Store == store && item.DueAt != null, cancellationToken);
    }

    /// <summary>How many items wait for their verdict, and for how long the one that is due longest could have been taken; zero when none is due.</summary>
    public (int Depth, TimeSpan OldestAge) Backlog()
    {
        using var db = database.CreateDbContext();
        var undecided = db.QueueItems.AsNoTracking().Where(item => item.DueAt != null);
        var late = undecided.OrderBy(item => item.DueAt).Select(item => item.DueAt).FirstOrDefault() is { } due ? Now() - due : TimeSpan.Zero;
        return (undecided.Count(), late > TimeSpan.Zero ? late : TimeSpan.Zero);
    }

    private static IQueryable<QueueItem> Leased(GateDb db) => db.QueueItems.Where(item => item.State == QueueState.Leased);

    // One that a worker has at this moment is screened with what was said in its key; nothing of that changed.
    private void Reopen(QueueItem item)
    {
        if (item.State == QueueState.Decided)
        {
            (item.State, item.Attempts, item.DueAt, item.LeaseOwner, item.Failure, item.VerdictId, item.Outcome) = (QueueState.Waiting, 0, Now(), null, null, null, null);
        }
    }

    private async Task ReturnAsync(QueueItem claim, long attempts, TimeSpan pause, string? failure, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var due = Now() + pause;
        await Leased(db).Where(item => item.Id == claim.Id && item.LeaseOwner == claim.LeaseOwner && item.Attempts == claim.Attempts).ExecuteUpdateAsync(
            set => set.SetProperty(item => item.State, QueueState.Waiting).SetProperty(item => item.LeaseOwner, (string?)null).SetProperty(item => item.Attempts, attempts)
                .SetProperty(item => item.DueAt, due).SetProperty(item => item.Failure, item => failure ?? item.Failure),
            cancellationToken);
    }

    private DateTimeOffset Now() => time.GetUtcNow();
}
