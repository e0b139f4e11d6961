using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Service;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Rounds;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Where a parent reads what is asked about one child, and answers in one step. Whoever holds the link may; looking at it changes nothing.</summary>
[EnableRateLimiting(RateLimits.Links)]
internal sealed class RoundAnswerPageModel(GateDb db, ProtocolInUse protocol, IMediator mediator, TimeProvider time) : GatePage
{
    /// <summary>The round; null for a link that is unknown, over or revoked, which all look the same.</summary>
    public Round? Round { get; private set; }

    public RoundState State { get; private set; }

    public string FirstName { get; private set; } = "";

    public bool IsPupil { get; private set; }

    /// <summary>What this person answered last; nobody sees what another guardian said.</summary>
    public RoundAnswer? Latest { get; private set; }

    public string School => protocol.Current.School;

    /// <summary>The last day on which it was open, which staff may have closed before its deadline.</summary>
    public DateOnly LastDay => Round!.ClosedAt is { } closed && closed.Day() < Round.Deadline ? closed.Day() : Round.Deadline;

    public async Task<IActionResult> OnGetAsync([FromRoute] string token)
    {
        await FindAsync(token);
        return Show();
    }

    // From the route: the form has a field of that name, too.
    public async Task<IActionResult> OnPostAsync([FromRoute] string token, [FromForm] string? answer)
    {
        if (await FindAsync(token) is not { } invitation)
        {
            return Show();
        }

        try
        {
            if (answer is "yes" or "no" && await mediator.Send(new AnswerRound(invitation.Id, answer == "yes"), Gone))
            {
                Tell("round.page.thanks");
            }

            return GoTo($"/round/{token}");
        }
        catch (RoundRefusedException refused)
        {
            ModelState.AddModelError("", refused.Reason.In(Visit.Language));
            return Show();
        }
    }

    private PageResult Show()
    {
        // The address is the key: it goes to nobody else.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.StatusCode = Round is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }

    private async Task<RoundInvitation?> FindAsync(string token)
    {
        var link = await AccessLinks.FindAsync(db, token, LinkPurpose.Round, time.GetUtcNow(), Gone);
        if (link is null || !long.TryParse(link.Subject, out var id) || await db.RoundInvitations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, Gone) is not { } invitation
            || !await RoundBook.MayAnswerAsync(db, invitation, time.GetUtcNow(), Gone))
        {
            return null;
        }

        Round = await db.Rounds.AsNoTracking().SingleAsync(round => round.Id == invitation.RoundId, Gone);
        State = Round.StateAt(time.GetUtcNow());
        IsPupil = invitation.IsPupil;
        FirstName = await db.Pupils.Where(pupil => pupil.Key == invitation.PupilKey).Select(pupil => pupil.FirstName).SingleAsync(Gone);
        Latest = await db.RoundAnswers.AsNoTracking().Where(answer => answer.InvitationId == id).OrderByDescending(answer => answer.Id).FirstOrDefaultAsync(Gone);
        return invitation;
    }
}
