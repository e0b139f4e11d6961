using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Writes once more to the parents of pupils about whom nobody has answered; at most once a day.</summary>
/// <param name="Id">Number of the round.</param>
/// <param name="By">Id of the account; null when it is its day.</param>
/// <param name="School">Name of the school, for the letters.</param>
/// <returns>How many letters there are; null when there is no such round, or it is not open.</returns>
/// <exception cref="RoundRefusedException">It asks for no answer.</exception>
public sealed record RemindRound(long Id, string? By, string School) : IRequest<int?>;

internal sealed class RemindRoundHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<RemindRound, int?>
{
    public async Task<int?> Handle(RemindRound request, CancellationToken cancellationToken)
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
        round.RemindedAt = now;
        var letters = await RoundLetters.WriteAsync(db, round, silent, "round-reminder", "reminder-" + now.Day().ToString("yyyyMMdd", CultureInfo.InvariantCulture), request.School, now, cancellationToken);
        await audit.AppendAsync(db, AuditKinds.RoundReminded, $"round-{round.Id}", new Dictionary<string, string> { ["by"] = request.By ?? "clock", ["letters"] = $"{letters}" }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return letters;
    }
}
