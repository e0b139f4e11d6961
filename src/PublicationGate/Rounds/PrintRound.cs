using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Links;

namespace PublicationGate.Rounds;

/// <summary>Makes links of a round for those who get no letter by e-mail, to be printed: nobody can read them again. Earlier ones hold on. There are none for who may not answer any more.</summary>
/// <param name="Id">Number of the round.</param>
/// <param name="By">Id of the account.</param>
/// <param name="InvitationId">Only for this one, with an e-mail address or not; null for all without who have not answered.</param>
/// <returns>The links, by group and name of the pupil; null when there is no such round, or it is not open.</returns>
public sealed record PrintRound(long Id, string By, long? InvitationId = null) : IRequest<IReadOnlyList<PrintedLink>?>;

/// <summary>A link on paper.</summary>
/// <param name="FirstName">First name of the pupil.</param>
/// <param name="Group">Group of the pupil, so that the right child takes it home.</param>
/// <param name="Invitation">Who is asked.</param>
/// <param name="Language">Of who is asked; Dutch where the register does not know.</param>
/// <param name="Path">Path of the page, token included.</param>
public sealed record PrintedLink(string FirstName, string Group, RoundInvitation Invitation, string Language, string Path);

internal sealed class PrintRoundHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<PrintRound, IReadOnlyList<PrintedLink>?>
{
    public async Task<IReadOnlyList<PrintedLink>?> Handle(PrintRound request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await RoundBook.ReadAsync(db, request.Id, now, cancellationToken) is not { State: RoundState.Open, Round: var round } result)
        {
            return null;
        }

        var guardians = await db.Guardians.Select(guardian => new { guardian.Id, guardian.Language, ByMail = guardian.Email != null }).ToDictionaryAsync(guardian => guardian.Id, cancellationToken);
        var links = new List<PrintedLink>();
        foreach (var (pupil, one) in result.Pupils.SelectMany(pupil => pupil.Invited.Where(one => one.MayAnswer).Select(one => (pupil.Pupil, one))))
        {
            var (invitation, known) = (one.Invitation, one.Invitation.GuardianId is { } id ? guardians.GetValueOrDefault(id) : null);
            if (request.InvitationId is { } only ? invitation.Id == only : one.Latest is null && known is not { ByMail: true })
            {
                var (row, token) = AccessLink.Make(new LinkDraft(LinkPurpose.Round, $"{invitation.Id}", invitation.GuardianId, round.LinksEndAt), now);
                db.AccessLinks.Add(row);
                links.Add(new(pupil.FirstName, pupil.Group, invitation, known?.Language ?? "nl", AccessLink.PathOf(LinkPurpose.Round, token)));
            }
        }

        await audit.AppendAsync(db, AuditKinds.RoundPrinted, $"round-{round.Id}", new Dictionary<string, string> { ["by"] = request.By, ["links"] = $"{links.Count}" }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return links;
    }
}
