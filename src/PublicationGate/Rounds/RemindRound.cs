using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Writes once more to the parents of pupils about whom nobody has answered; at most once a day, and not to those whose earlier letter still waits.</summary>
/// <param name="Id">Number of the round.</param>
/// <param name="By">Id of the account; null when it is its day.</param>
/// <param name="School">Name of the school, for the letters.</param>
/// <returns>What came of it; null when there is no such round, or it is not open.</returns>
/// <exception cref="RoundRefusedException">It asks for no answer.</exception>
public sealed record RemindRound(long Id, string? By, string School) : IRequest<RemindedRound?>;

/// <summary>What came of reminding.</summary>
/// <param name="Letters">Letters that were written.</param>
/// <param name="Waiting">People who get none, since their earlier letter was not sent yet.</param>
public sealed record RemindedRound(int Letters, int Waiting);

internal sealed class RemindRoundHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<RemindRound, RemindedRound?>
{
    public async Task<RemindedRound?> Handle(RemindRound request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Rounds.SingleOrDefaultAsync(round => round.Id == request.Id, cancellationToken) is not { } round || round.StateAt(now) != RoundState.Open)
        {
            return null;
        }

        if (!round.AsksAnswer)
        {
            throw RoundRefusedException.Of("asks-nothing");
        }

        var former = RoundBook.Former(db);
        var silent = await db.RoundInvitations.AsNoTracking()
            .Where(invitation => invitation.RoundId == round.Id
                && !db.RoundAnswers.Any(answer => answer.RoundId == round.Id && answer.PupilKey == invitation.PupilKey && !former.Any(row => row.Id == answer.InvitationId))).ToListAsync(cancellationToken);
        // Two letters at once would only confuse: who has not had the first yet need not be reminded of it.
        var waiting = await RoundLetters.WaitingAsync(db, round.Id, cancellationToken);
        var toRemind = silent.Where(invitation => !waiting.Contains(invitation.Id)).ToList();
        round.RemindedAt = now;
        var letters = await RoundLetters.WriteAsync(db, round, toRemind, "round-reminder", "reminder-" + now.Day().ToString("yyyyMMdd", CultureInfo.InvariantCulture), request.School, now, cancellationToken);
        await audit.AppendAsync(db, AuditKinds.RoundReminded, $"round-{round.Id}", new Dictionary<string, string> { ["by"] = request.By ?? "clock", ["letters"] = $"{letters}" }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(letters, silent.Count - toRemind.Count);
    }
}
