using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Removal.Requests;

namespace PublicationGate.App.Duties;

/// <summary>Requests of families that a picture goes, which somebody must answer or see to, and families that must be called about theirs.</summary>
internal sealed class RequestDuties(GateDb db, TimeProvider time) : IDuties
{
    // More than these stand on the page of requests.
    private const int Most = 10;

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        var open = await db.RemovalRequests.AsNoTracking().Where(request => request.ClosedAt == null).OrderBy(request => request.Why == RequestWhy.Limit ? 0 : 1).ThenBy(request => request.AnswerBy).ThenBy(request => request.Id)
            .Take(Most).Select(request => new { request.Id, request.Why, request.State, request.AnswerBy }).ToListAsync(cancellationToken);
        var calls = await FamilyCalls.DueAsync(db, cancellationToken);
        return [.. calls.Take(Most).Select(Call), .. open.Select(one => new Duty(
            Texts.Get(
                one.AnswerBy < today ? "dashboard.duty.request.overdue" : one.Why == RequestWhy.Limit ? "dashboard.duty.request.today" : one.State == RequestState.Hidden ? "dashboard.duty.request.hidden" : "dashboard.duty.request",
                ("number", one.Id), ("date", DayTexts.InLists(one.AnswerBy))),
            $"/removals/requests/{one.Id}", one.AnswerBy < today || one.Why == RequestWhy.Limit) { Route = "/removals/requests/{id}" })];
    }

    private static Duty Call(RemovalRequest request) =>
        new(Texts.Get("dashboard.duty.request.call." + request.State, ("contact", request.Contact), ("number", request.Id)), $"/removals/requests/{request.Id}") { Route = "/removals/requests/{id}" };
}
