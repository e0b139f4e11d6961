using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Mailing;

namespace PublicationGate.Rounds;

/// <summary>Closes a round: its result counts from now on, silence is no. Its letters that still wait are not sent. Website managers get the result by letter.</summary>
/// <param name="Id">Number of the round.</param>
/// <param name="By">Id of the account; null when its deadline closes it.</param>
/// <returns>False when there is no such round, or it is not open.</returns>
public sealed record CloseRound(long Id, string? By) : IRequest<bool>;

/// <summary>The result of a round is another than before: what waits for it is to be screened anew. Told within the transaction in which that is kept.</summary>
/// <param name="Db">The context of that transaction.</param>
/// <param name="RoundId">Number of the round.</param>
public sealed record RoundDecided(GateDb Db, long RoundId) : INotification;

internal sealed class CloseRoundHandler(GateDb db, AuditTrail audit, TimeProvider time, IMediator mediator) : IRequestHandler<CloseRound, bool>
{
    public async Task<bool> Handle(CloseRound request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Rounds.SingleOrDefaultAsync(round => round.Id == request.Id && round.OpenedAt != null && round.ClosedAt == null, cancellationToken) is not { } round)
        {
            return false;
        }

        (round.ClosedAt, round.ClosedBy) = (now, request.By);
        var dropped = await RoundLetters.DropAsync(db, round.Id, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var result = (await RoundBook.ReadAsync(db, round.Id, now, cancellationToken))!;
        var (yes, no, silent) = ($"{result.CountOf(ConsentState.Yes)}", $"{result.CountOf(ConsentState.No)}", $"{result.CountOf(ConsentState.Silent)}");
        await Letters.WriteToRolesAsync(db, Roles.WebsiteManager, new LetterDraft($"round-{round.Id}-result", "", "", "round-result")
        {
            Values = new Dictionary<string, string> { ["round"] = round.Name, ["id"] = $"{round.Id}", ["yes"] = yes, ["no"] = no, ["silent"] = silent },
        }, now, cancellationToken);
        var details = new Dictionary<string, string> { ["by"] = request.By ?? "deadline", ["letters-dropped"] = $"{dropped}", ["yes"] = yes, ["no"] = no, ["silent"] = silent };
        await audit.AppendAsync(db, AuditKinds.RoundClosed, $"round-{round.Id}", details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await mediator.Publish(new RoundDecided(db, round.Id), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
