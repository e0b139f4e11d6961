using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Opens a round: settles whom it is about and who is asked, and writes to everybody with an e-mail address.</summary>
/// <param name="Id">Number of the round.</param>
/// <param name="By">Id of the account.</param>
/// <param name="School">Name of the school, for the letters.</param>
/// <returns>How many people are asked, and how many of them by letter; null when there is no such round.</returns>
/// <exception cref="RoundRefusedException">It is a draft no more, its deadline is past, or a group of it has nobody; nothing was changed.</exception>
public sealed record OpenRound(long Id, string By, string School) : IRequest<OpenedRound?>;

/// <summary>What came of opening a round.</summary>
/// <param name="Pupils">Pupils whom it is about.</param>
/// <param name="Asked">People who are asked.</param>
/// <param name="Letters">Those of them who get a letter by e-mail.</param>
public sealed record OpenedRound(int Pupils, int Asked, int Letters);

internal sealed class OpenRoundHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<OpenRound, OpenedRound?>
{
    public async Task<OpenedRound?> Handle(OpenRound request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var (now, today) = (time.GetUtcNow(), time.Today());
        if (await db.Rounds.SingleOrDefaultAsync(round => round.Id == request.Id, cancellationToken) is not { } round)
        {
            return null;
        }

        if (round.OpenedAt is not null || round.Deadline < today)
        {
            throw round.OpenedAt is null ? new RoundRefusedException("deadline", Texts.Get("round.mistake.deadline")) : RoundRefusedException.Of("draft");
        }

        var pupils = await AskedPupils.FindAsync(db, RoundDraft.Lines(round.Groups), RoundDraft.Lines(round.Keys), today, cancellationToken);
        (round.OpenedAt, round.OpenedBy, round.Keys) = (now, request.By, "");
        db.RoundPupils.AddRange(pupils.Select(pupil => new RoundPupil { RoundId = round.Id, PupilKey = pupil.Key }));
        var invited = (await AskedPupils.InviteAsync(db, round.Id, pupils, today, cancellationToken)).Select(one => one.Row).ToList();
        db.RoundInvitations.AddRange(invited);
        await db.SaveChangesAsync(cancellationToken);
        var letters = await RoundLetters.WriteAsync(db, round, invited, round.Kind == RoundKind.Ask ? "round-ask" : "round-notice", "invitation", request.School, now, cancellationToken);
        var details = new Dictionary<string, string> { ["by"] = request.By, ["pupils"] = $"{pupils.Count}", ["asked"] = $"{invited.Count}", ["letters"] = $"{letters}" };
        await audit.AppendAsync(db, AuditKinds.RoundOpened, $"round-{round.Id}", details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(pupils.Count, invited.Count, letters);
    }
}
