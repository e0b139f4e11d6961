using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Links;

namespace PublicationGate.Mailing;

/// <summary>Letters that wait to be sent, in the gate's own database. Several processes may work on it; a letter is one worker's at a time. Safe for concurrent use.</summary>
/// <param name="database">Where it is.</param>
/// <param name="audit">Where it is recorded.</param>
/// <param name="address">What links begin with: without one, letters with links wait.</param>
/// <param name="options">Leases and pauses.</param>
/// <param name="time">Wall clock, since leases are between machines. A clock that jumps costs a second letter with the same Message-ID, never one that is missing.</param>
public sealed class LetterQueue(GateDatabase database, AuditTrail audit, PublicAddress address, MailOptions options, TimeProvider time)
{
    /// <summary>Leases and pauses.</summary>
    public MailOptions Options => options;

    /// <summary>Takes the next letter whose turn it is; nobody else gets it before its lease ends.</summary>
    /// <returns>The letter; null when there is none.</returns>
    public async Task<Letter?> ClaimAsync(string owner, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        // Without the lock of writers first: nearly always there is nothing.
        if (!await Due(db, now).AnyAsync(cancellationToken))
        {
            return null;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await Due(db, now).OrderBy(letter => letter.DueAt).ThenBy(letter => letter.Id).FirstOrDefaultAsync(cancellationToken) is not { } claimed)
        {
            return null;
        }

        (claimed.State, claimed.LeaseOwner, claimed.DueAt) = (LetterState.Leased, owner, now + options.LeaseFor);
        claimed.Attempts++;
        await SaveAsync(db, transaction, cancellationToken);
        return claimed;
    }

    /// <summary>Gives a letter back that was not tried; the attempt does not count.</summary>
    public async Task ReleaseAsync(Letter claim, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var (due, attempts) = (time.GetUtcNow() + pause, claim.Attempts - 1);
        await Own(db, claim).ExecuteUpdateAsync(
            set => set.SetProperty(letter => letter.State, LetterState.Waiting).SetProperty(letter => letter.LeaseOwner, (string?)null).SetProperty(letter => letter.DueAt, due).SetProperty(letter => letter.Attempts, attempts), cancellationToken);
    }

    /// <summary>The mail server has it: only that it was sent is kept.</summary>
    internal Task SentAsync(Letter claim, CancellationToken cancellationToken) => EndAsync(claim, (db, letter) =>
    {
        letter.Failure = null;
        return EndAsync(db, letter, LetterState.Sent, null, cancellationToken);
    }, cancellationToken);

    /// <summary>The attempt failed: the letter is due again after a pause, or given up.</summary>
    internal Task FailAsync(Letter claim, MailException failure, CancellationToken cancellationToken) => EndAsync(claim, async (db, letter) =>
    {
        letter.Failure = failure.Code;
        if (failure.IsLasting || letter.Attempts >= options.MostAttempts)
        {
            (letter.State, letter.DueAt, letter.LeaseOwner, letter.EndedAt) = (LetterState.Dead, null, null, time.GetUtcNow());
            await RecordAsync(db, AuditKinds.LetterGivenUp, letter, null, cancellationToken);
        }
        else
        {
            (letter.State, letter.LeaseOwner, letter.DueAt) = (LetterState.Waiting, null, time.GetUtcNow() + GrowingPause.After(options.FirstPause, options.LongestPause, letter.Attempts));
        }
    }, cancellationToken);

    /// <summary>Ends a letter that must not go any more: its guardian is gone, or has another address. The queue leaves it alone where it is another's by now.</summary>
    internal Task DropAsync(Letter claim, CancellationToken cancellationToken) =>
        EndAsync(claim, (db, letter) => EndAsync(db, letter, LetterState.Dropped, null, cancellationToken), cancellationToken);

    /// <summary>Whether a claimed letter is its worker's still, and its address that of the guardian to whom its link is given; null for a link that no guardian gets.</summary>
    internal static async Task<bool> IsToGoAsync(GateDb db, Letter claim, long? guardian, CancellationToken cancellationToken) =>
        await Own(db, claim).AnyAsync(cancellationToken) && (guardian is null || await db.Guardians.AnyAsync(row => row.Id == guardian && row.Email == claim.To, cancellationToken));

    /// <summary>At the start of a process: gives back what its dead predecessors had.</summary>
    /// <param name="owners">What the names of these predecessors begin with; it is certain that none of them lives.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task TakeOverAsync(string owners, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        await db.Letters.Where(letter => letter.State == LetterState.Leased && letter.LeaseOwner!.StartsWith(owners)).ExecuteUpdateAsync(
            set => set.SetProperty(letter => letter.State, LetterState.Waiting).SetProperty(letter => letter.LeaseOwner, (string?)null).SetProperty(letter => letter.DueAt, now), cancellationToken);
    }

    /// <summary>Ends waits that a clock which was set back made too long.</summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        var horizon = now + options.LeaseFor + options.LongestPause + TimeSpan.FromMinutes(1);
        await db.Letters.Where(letter => letter.DueAt > horizon).ExecuteUpdateAsync(set => set.SetProperty(letter => letter.DueAt, now), cancellationToken);
    }

    /// <summary>How many letters that can be sent were not tried yet; none while a letter fails, since that may last.</summary>
    public async Task<int> CountUntriedAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        // A letter that is meant for later than any break keeps nobody waiting.
        var (hasAddress, soon) = (address.Root is not null, time.GetUtcNow() + options.BreakFor);
        return await db.Letters.CountAsync(
            letter => (hasAddress || letter.Link == null) && (letter.State == LetterState.Leased || (letter.State == LetterState.Waiting && letter.Failure == null && letter.DueAt <= soon))
                && !db.Letters.Any(other => other.State == LetterState.Waiting && other.Failure != null), cancellationToken);
    }

    /// <summary>Letters, oldest first: those that wait or were given up, or all.</summary>
    /// <param name="all">Also those that were sent or dropped.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Letter>> ListAsync(bool all, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.Letters.AsNoTracking().Where(letter => all || letter.DueAt != null || letter.State == LetterState.Dead).OrderBy(letter => letter.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Has letters tried again at once, with all their attempts.</summary>
    /// <param name="id">Which one; null for all that were given up, or wait.</param>
    /// <param name="by">The account of who asks; null for the command line.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many there are.</returns>
    public async Task<int> RetryAsync(long? id, string? by, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var found = await Open(db).Where(letter => id == null || letter.Id == id).ToListAsync(cancellationToken);
        foreach (var letter in found)
        {
            (letter.State, letter.DueAt, letter.EndedAt, letter.Failure, letter.Attempts) = (LetterState.Waiting, time.GetUtcNow(), null, null, 0);
            await RecordAsync(db, AuditKinds.LetterRetried, letter, by, cancellationToken);
        }

        await SaveAsync(db, transaction, cancellationToken);
        return found.Count;
    }

    /// <summary>Ends a letter that was given up, or waits: it need not be sent.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="ground">Why: a sentence of a person.</param>
    /// <param name="by">The account of who asks; null for the command line.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is none of this number to drop.</returns>
    public async Task<bool> DropAsync(long id, string ground, string? by, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await Open(db).SingleOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } letter)
        {
            return false;
        }

        letter.Ground = ground.Trim();
        await EndAsync(db, letter, LetterState.Dropped, by, cancellationToken);
        await SaveAsync(db, transaction, cancellationToken);
        return true;
    }

    private Task EndAsync(GateDb db, Letter letter, LetterState state, string? by, CancellationToken cancellationToken)
    {
        (letter.State, letter.DueAt, letter.LeaseOwner, letter.EndedAt) = (state, null, null, time.GetUtcNow());
        (letter.To, letter.Values, letter.Link) = ("", "", null);
        return RecordAsync(db, state == LetterState.Sent ? AuditKinds.LetterSent : AuditKinds.LetterDropped, letter, by, cancellationToken);
    }

    // A waiting letter that has its time, or a leased one whose worker is gone.
    private IQueryable<Letter> Due(GateDb db, DateTimeOffset now)
    {
        var hasAddress = address.Root is not null;
        return db.Letters.Where(letter => letter.DueAt <= now && (hasAddress || letter.Link == null));
    }

    private static IQueryable<Letter> Open(GateDb db) => db.Letters.Where(letter => letter.State == LetterState.Dead || letter.State == LetterState.Waiting);

    private static IQueryable<Letter> Own(GateDb db, Letter claim) =>
        db.Letters.Where(letter => letter.Id == claim.Id && letter.State == LetterState.Leased && letter.LeaseOwner == claim.LeaseOwner && letter.Attempts == claim.Attempts);

    private async Task EndAsync(Letter claim, Func<GateDb, Letter, Task> end, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // Another's by now: what that one does counts.
        if (await Own(db, claim).SingleOrDefaultAsync(cancellationToken) is { } letter)
        {
            await end(db, letter);
            await SaveAsync(db, transaction, cancellationToken);
        }
    }

    private Task RecordAsync(GateDb db, string kind, Letter letter, string? by, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string> { ["letter"] = letter.Kind, ["attempts"] = $"{letter.Attempts}" };
        if (letter.Failure is not null)
        {
            details["failure"] = letter.Failure;
        }

        if (by is not null)
        {
            details["by"] = by;
        }

        return audit.AppendAsync(db, kind, letter.Key, details, cancellationToken);
    }

    private static async Task SaveAsync(GateDb db, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
