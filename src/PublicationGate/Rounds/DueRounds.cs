using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Does what the calendar asks of rounds: closes those whose deadline is past, and writes to those who have not answered when their day has come.</summary>
/// <param name="db">A context without changes.</param>
/// <param name="mediator">Closes and reminds.</param>
/// <param name="time">The clock.</param>
public sealed class DueRounds(GateDb db, IMediator mediator, TimeProvider time)
{
    /// <summary>Looks once.</summary>
    /// <param name="school">Name of the school, for the letters.</param>
    /// <param name="cancellationToken">Stops between rounds; the next look goes on.</param>
    /// <returns>How many rounds were closed or reminded of.</returns>
    public async Task<int> RunAsync(string school, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var open = await db.Rounds.AsNoTracking().Where(round => round.OpenedAt != null && round.ClosedAt == null).OrderBy(round => round.Id).ToListAsync(cancellationToken);
        var (over, toRemind) = (open.Where(round => round.Deadline < today).ToList(), open.Where(round => IsToBeReminded(round, today)).ToList());
        foreach (var round in over)
        {
            await mediator.Send(new CloseRound(round.Id, null), cancellationToken);
        }

        foreach (var round in toRemind)
        {
            await mediator.Send(new RemindRound(round.Id, null, school), cancellationToken);
        }

        return over.Count + toRemind.Count;
    }

    // Not on the day on which the first letter went out.
    private static bool IsToBeReminded(Round round, DateOnly today) =>
        round is { RemindedAt: null, ReminderDays: > 0, AsksAnswer: true } && today >= round.Deadline.AddDays(-(int)round.ReminderDays) && today <= round.Deadline && round.OpenedAt!.Value.Day() < today;
}
