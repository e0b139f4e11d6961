using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Removal.Requests;

/// <summary>Somebody of the school called a family that left a telephone number, and told what became of the request.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="By">Id of the account.</param>
/// <returns>False when no call is due for a request of this number; nothing was changed.</returns>
public sealed record CallFamily(long Id, string By) : IRequest<bool>;

/// <summary>Families that no letter can tell what became of their request, since they left a telephone number.</summary>
public static class FamilyCalls
{
    /// <summary>Requests whose families must still be called, the longest closed first. A number that was emptied can no longer be called.</summary>
    /// <param name="db">The gate's database.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<IReadOnlyList<RemovalRequest>> DueAsync(GateDb db, CancellationToken cancellationToken)
    {
        var closed = await db.RemovalRequests.AsNoTracking().Where(request => request.ClosedAt != null && request.EmptiedAt == null && request.Contact != "" && !EF.Functions.Like(request.Contact, "%@%"))
            .OrderBy(request => request.ClosedAt).ThenBy(request => request.Id).ToListAsync(cancellationToken);
        if (closed.Count == 0)
        {
            return closed;
        }

        var names = closed.Select(request => request.Name).ToList();
        var calls = await db.AuditEntries.AsNoTracking().Where(entry => entry.Kind == AuditKinds.RequestCalled && names.Contains(entry.Subject)).Select(entry => new { entry.Subject, entry.At }).ToListAsync(cancellationToken);
        // One that was looked at again is told again; the trail has milliseconds.
        return closed.FindAll(request => !calls.Exists(call => call.Subject == request.Name && call.At.ToUnixTimeMilliseconds() >= request.ClosedAt!.Value.ToUnixTimeMilliseconds()));
    }
}

internal sealed class CallFamilyHandler(GateDb db, AuditTrail audit) : IRequestHandler<CallFamily, bool>
{
    public async Task<bool> Handle(CallFamily request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (!(await FamilyCalls.DueAsync(db, cancellationToken)).Any(due => due.Id == request.Id))
        {
            return false;
        }

        await audit.AppendAsync(db, AuditKinds.RequestCalled, RemovalRequest.NameOf(request.Id), new Dictionary<string, string> { ["by"] = request.By }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
