using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Makes a round, or changes one that is still a draft.</summary>
/// <param name="Id">Its number; null for a new one.</param>
/// <param name="Draft">What it is to be.</param>
/// <param name="By">Id of the account.</param>
/// <returns>The round; null when there is none of this number.</returns>
/// <exception cref="RoundRefusedException">It holds mistakes, of which the first is told, or it is a draft no more; nothing was changed.</exception>
public sealed record SaveRound(long? Id, RoundDraft Draft, string By) : IRequest<Round?>;

/// <summary>Removes a round in which nobody was asked.</summary>
/// <param name="Id">Its number.</param>
/// <param name="By">Id of the account.</param>
/// <returns>False when there is none of this number.</returns>
/// <exception cref="RoundRefusedException">It is a draft no more.</exception>
public sealed record DropRound(long Id, string By) : IRequest<bool>;

internal sealed class SaveRoundHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<SaveRound, Round?>, IRequestHandler<DropRound, bool>
{
    public async Task<Round?> Handle(SaveRound request, CancellationToken cancellationToken)
    {
        if (request.Draft.Mistakes(time.Today()).FirstOrDefault() is { Key: not null } wrong)
        {
            throw new RoundRefusedException(wrong.Field, Texts.Get(wrong.Key, wrong.Values));
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // Looked at once now, so that a mistake is told to who made it; kept by key, so that no name stays in a draft.
        await AskedPupils.FindAsync(db, request.Draft.Groups, request.Draft.Pupils, time.Today(), cancellationToken);
        var keys = await AskedPupils.NamedAsync(db, request.Draft.Pupils, time.Today(), cancellationToken);
        var round = request.Id is { } id ? await DraftAsync(id, cancellationToken) : Empty(request.By);
        if (round is null)
        {
            return null;
        }

        request.Draft.Fill(round, [.. keys.Select(pupil => pupil.Key)]);
        await db.SaveChangesAsync(cancellationToken);
        await RecordAsync(AuditKinds.RoundSaved, round.Id, request.By, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return round;
    }

    public async Task<bool> Handle(DropRound request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await DraftAsync(request.Id, cancellationToken) is not { } round)
        {
            return false;
        }

        db.Rounds.Remove(round);
        await RecordAsync(AuditKinds.RoundDropped, round.Id, request.By, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<Round?> DraftAsync(long id, CancellationToken cancellationToken) => await db.Rounds.SingleOrDefaultAsync(round => round.Id == id, cancellationToken) switch
    {
        { OpenedAt: not null } => throw RoundRefusedException.Of("draft"),
        var round => round,
    };

    private Round Empty(string by)
    {
        var round = new Round
        {
            Name = "", Organisation = "", Channel = "", Kind = RoundKind.Ask, Scope = Consent.ConsentScope.Group, Explanation = "", Groups = "", Keys = "", Deadline = default, ReminderDays = 0,
            MadeBy = by, MadeAt = time.GetUtcNow(),
        };
        db.Rounds.Add(round);
        return round;
    }

    private async Task RecordAsync(string kind, long id, string by, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(db, kind, $"round-{id}", new Dictionary<string, string> { ["by"] = by }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
