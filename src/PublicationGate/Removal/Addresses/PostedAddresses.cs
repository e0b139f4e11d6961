using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Removal.Addresses;

/// <summary>Which addresses a take-down is about: those that outputs remembered, and those that people name.</summary>
/// <param name="audit">Where it is recorded that somebody named one; not which, since addresses may hold names.</param>
/// <param name="time">The clock.</param>
public sealed class PostedAddresses(AuditTrail audit, TimeProvider time)
{
    // More than one person can look at, and one who names thousands is looking for something else.
    private const int MostOfPeople = 50;

    /// <summary>Adds an address at which a hidden picture can still be seen, or is said to be; it is looked at soon, and the take-down stays open until it is gone there.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="takeDownId">Number of the take-down.</param>
    /// <param name="address">Address of the picture, or of a page that shows it.</param>
    /// <param name="from">Who names it.</param>
    /// <param name="by">Id of the account, or where it is done.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when nothing was added: the take-down has ended, it is no address of the web, or there are too many.</returns>
    public async Task<bool> AddAddressAsync(GateDb db, long takeDownId, string address, AddressFrom from, string by, CancellationToken cancellationToken)
    {
        if (WebAddress.Of(address) is not { } web || await db.TakeDowns.SingleOrDefaultAsync(row => row.Id == takeDownId && row.EndedAt == null, cancellationToken) is not { } takeDown)
        {
            return false;
        }

        if (await db.PostedAddresses.OrderBy(row => row.Id).FirstOrDefaultAsync(row => row.TakeDownId == takeDownId && row.Address == web, cancellationToken) is { } known)
        {
            // Who names one that is gone says that it is back.
            (known.State, known.MissingAt, known.DueAt, known.Looks) = (known.State == AddressState.Gone ? AddressState.Waiting : known.State, null, time.GetUtcNow(), 0);
            // What a family said, the school says now too.
            known.From = from == AddressFrom.Person && known.From == AddressFrom.Parent ? from : known.From;
        }
        else if (await db.PostedAddresses.CountAsync(row => row.TakeDownId == takeDownId && row.From != AddressFrom.Output, cancellationToken) >= MostOfPeople)
        {
            return false;
        }
        else
        {
            db.PostedAddresses.Add(new PostedAddress { TakeDownId = takeDownId, Address = web, From = from, State = AddressState.Waiting, DueAt = time.GetUtcNow() });
        }

        await audit.AppendAsync(db, AuditKinds.AddressAdded, takeDown.ReleaseId, new Dictionary<string, string> { ["by"] = by, ["channel"] = takeDown.Channel }, cancellationToken);
        return true;
    }

    /// <summary>Adds what outputs remember of open take-downs and nobody wrote down yet: also of a publication that arrived after its picture was hidden.</summary>
    /// <returns>How many addresses.</returns>
    internal static async Task<int> CollectAsync(GateDb db, PostedAddressOptions options, CancellationToken cancellationToken)
    {
        var missing = (
            from takeDown in db.TakeDowns
            where takeDown.EndedAt == null
            join publish in db.OutboxEvents on takeDown.ReleaseId equals publish.ReleaseId
            where publish.Kind == OutboxEventKind.Publish && publish.Remote!.Contains("\"addresses\":[\"") && !db.PostedAddresses.Any(row => row.TakeDownId == takeDown.Id && row.OutboxEventId == publish.Id)
            select new { TakeDown = takeDown, Publish = publish }).AsNoTracking();
        // Without the lock of writers first: nearly always there is nothing.
        if (!await missing.AnyAsync(cancellationToken))
        {
            return 0;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var count = 0;
        foreach (var found in await missing.ToListAsync(cancellationToken))
        {
            var addresses = RemoteCopy.Read(found.Publish.Remote)!.Addresses.Select(address => WebAddress.Of(address) ?? address).Distinct().ToList();
            // One that a person named first is the output's from now on.
            await db.PostedAddresses.Where(row => row.TakeDownId == found.TakeDown.Id && row.OutboxEventId == null && addresses.Contains(row.Address)).ExecuteDeleteAsync(cancellationToken);
            db.PostedAddresses.AddRange(addresses.Select(address => new PostedAddress
            {
                TakeDownId = found.TakeDown.Id, Address = address, From = AddressFrom.Output, OutboxEventId = found.Publish.Id, State = AddressState.Waiting, DueAt = found.TakeDown.HiddenAt + options.FirstLookAfter,
            }));
            count += addresses.Count;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return count;
    }
}
