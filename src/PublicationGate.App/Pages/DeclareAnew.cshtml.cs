using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Pages.Submitting;
using PublicationGate.App.Reviewing;
using PublicationGate.App.Service;
using PublicationGate.Data;
using PublicationGate.Review;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Declares something else of a photo that was submitted; it is judged anew.</summary>
[EnableRateLimiting(RateLimits.Search)]
internal sealed class DeclareAnewModel(SubmissionViews views, DeclarationDesk desk, GateDb db, IMediator mediator) : GatePage
{
    public SubmissionView Submission { get; private set; } = null!;

    public DeclarationView View { get; private set; } = null!;

    /// <summary>Id of the verdict that the form was made beside; empty where there was none.</summary>
    public string? Seen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!await LoadAsync(id))
        {
            return NotFound();
        }

        var item = Submission.Submission.QueueItemId;
        var photo = await db.QueueItems.AsNoTracking().Where(one => one.Id == item).Select(one => one.Photo).SingleOrDefaultAsync(Gone);
        Seen = Submission.Submission.VerdictId;
        return photo is null ? NotFound() : await ShowAsync(await desk.FormOfAsync(QueuedPhoto.Read(photo).Declaration, Gone));
    }

    public async Task<IActionResult> OnPostAsync(string id, string? seen)
    {
        if (!await LoadAsync(id))
        {
            return NotFound();
        }

        Seen = seen;
        var form = DeclarationForm.Of(Request.Form);
        if (await desk.DeclareAsync(form, Mistake, Gone) is { } declaration && await IsDeclaredAsync(new ReviewStep.Declare(declaration)))
        {
            Tell("submission.declare.done");
            return GoTo("/submissions/" + id);
        }

        return await ShowAsync(form);
    }

    /// <summary>Without scripts: the pupils of the group that was chosen, or those who have the name that is looked for.</summary>
    public async Task<IActionResult> OnPostShowAsync(string id, string? seen)
    {
        Seen = seen;
        return await LoadAsync(id) ? await ShowAsync(DeclarationForm.Of(Request.Form)) : NotFound();
    }

    private async Task<bool> IsDeclaredAsync(ReviewStep step)
    {
        try
        {
            await mediator.Send(new ReviewSubmission(Submission.Submission.Id, Me.Id, Seen ?? "", step), Gone);
            return true;
        }
        catch (ReviewRefusedException refused)
        {
            ModelState.AddModelError("", refused.Reason.In(Visit.Language));
            return false;
        }
    }

    private async Task<bool> LoadAsync(string id)
    {
        if (await views.FindAsync(id, Viewers.Changing(Me), Gone) is not { } found)
        {
            return false;
        }

        Submission = found;
        return true;
    }

    private async Task<IActionResult> ShowAsync(DeclarationForm form)
    {
        View = await desk.ShowAsync(form, Gone);
        return Page();
    }
}
