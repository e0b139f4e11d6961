using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Answers in a round, once: the same answer again adds nothing. What a no hides is hidden in the same transaction, by the database itself.</summary>
/// <param name="InvitationId">Whose answer it is.</param>
/// <param name="IsYes">True for yes.</param>
/// <param name="WrittenBy">Id of the account that writes it down; null for who answers by a link.</param>
/// <param name="Ground">Why staff write it down; null for who answers by a link.</param>
/// <returns>False when there is no such invitation, the round is a draft, or who holds the link may not answer any more.</returns>
/// <exception cref="RoundRefusedException">A yes comes too late, or is of who may not answer any more, the round asks for none, or staff give no ground; nothing was changed.</exception>
public sealed record AnswerRound(long InvitationId, bool IsYes, string? WrittenBy = null, string? Ground = null) : IRequest<bool>;

internal sealed class AnswerRoundHandler(GateDb db, AuditTrail audit, TimeProvider time, IMediator mediator) : IRequestHandler<AnswerRound, bool>
{
    private const int LongestGround = 1000;

    public async Task<bool> Handle(AnswerRound request, CancellationToken cancellationToken)
    {
        var ground = request.WrittenBy is null ? null : GroundOf(request.Ground);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var found = await (from row in db.RoundInvitations.AsNoTracking() where row.Id == request.InvitationId join round in db.Rounds.AsNoTracking() on row.RoundId equals round.Id select new { row, round })
            .SingleOrDefaultAsync(cancellationToken);
        if (found?.round.StateAt(now) is null or RoundState.Draft)
        {
            return false;
        }

        // A no that staff write down is heeded, whoever says it.
        if ((request.IsYes || request.WrittenBy is null) && !await RoundBook.MayAnswerAsync(db, found.row, now, cancellationToken))
        {
            return request.WrittenBy is null ? false : throw RoundRefusedException.Of("former");
        }

        Check(found.round, request, now);
        var (invitation, before) = (found.row, await db.RoundAnswers.AsNoTracking().Where(answer => answer.InvitationId == request.InvitationId).OrderByDescending(answer => answer.Id).FirstOrDefaultAsync(cancellationToken));
        if (before?.IsYes == request.IsYes && request.WrittenBy is null)
        {
            return true;
        }

        db.RoundAnswers.Add(new RoundAnswer
        {
            RoundId = invitation.RoundId, PupilKey = invitation.PupilKey, InvitationId = invitation.Id, IsPupil = invitation.IsPupil, IsYes = request.IsYes, WrittenBy = request.WrittenBy, Ground = ground,
            // After the answer before, whatever the clock did: of two at one moment no would win.
            At = before is not null && before.At >= now ? before.At.AddMilliseconds(1) : now,
        });
        await RecordAsync(invitation, request, cancellationToken);
        if (request.IsYes && found.round.StateAt(now) == RoundState.Closed)
        {
            await mediator.Publish(new RoundDecided(db, invitation.RoundId), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static void Check(Round round, AnswerRound request, DateTimeOffset now)
    {
        if (request.IsYes && request.WrittenBy is null && round.StateAt(now) == RoundState.Closed)
        {
            throw RoundRefusedException.Of("late-yes");
        }

        if (request.IsYes && !round.AsksAnswer)
        {
            throw RoundRefusedException.Of("asks-nothing");
        }
    }

    private static string GroundOf(string? ground) => ground?.Trim() switch
    {
        null or "" => throw new RoundRefusedException("ground", Texts.Get("round.mistake.ground")),
        { Length: > LongestGround } => throw new RoundRefusedException("ground", Texts.Get("round.mistake.long", ("most", LongestGround))),
        var given => given,
    };

    private async Task RecordAsync(RoundInvitation invitation, AnswerRound request, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string> { ["round"] = $"{invitation.RoundId}", ["answer"] = request.IsYes ? "yes" : "no", ["by"] = request.WrittenBy ?? "link" };
        await audit.AppendAsync(db, AuditKinds.RoundAnswered, await PersonKey.PseudonymAsync(db, PersonKey.OfPupil(invitation.PupilKey), cancellationToken), details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
