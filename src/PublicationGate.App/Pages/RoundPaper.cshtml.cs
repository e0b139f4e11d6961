using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rounds;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Letters on paper for those who have no e-mail address. Links are made when that is asked for, and shown once.</summary>
internal sealed class RoundPaperModel(GateDb db, RoundBook rounds, ProtocolInUse protocol, IMediator mediator) : GatePage
{
    public Round Round { get; private set; } = null!;

    /// <summary>Letters can still be made.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>How many people who were asked have no address, and have not answered.</summary>
    public int Without { get; private set; }

    /// <summary>The links that were just made; null for none.</summary>
    public IReadOnlyList<PrintedLink>? Links { get; private set; }

    public string School => protocol.Current.School;

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (await rounds.ReadAsync(id, Gone) is not { State: not RoundState.Draft } found)
        {
            return NotFound();
        }

        var byMail = (await db.Guardians.Where(guardian => guardian.Email != null).Select(guardian => guardian.Id).ToListAsync(Gone)).ToHashSet();
        (Round, Without) = (found.Round, found.Pupils.SelectMany(pupil => pupil.Invited).Count(one => one.MayAnswer && one.Latest is null && (one.Invitation.GuardianId is not { } guardian || !byMail.Contains(guardian))));
        IsOpen = found.State == RoundState.Open;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id)
    {
        Links = await mediator.Send(new PrintRound(id, Me.Id), Gone);
        return await OnGetAsync(id);
    }
}
