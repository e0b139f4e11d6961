using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Primitives;
using PublicationGate.App.Access;
using PublicationGate.App.Pages.Submitting;
using PublicationGate.App.Reviewing;
using PublicationGate.App.Service;
using PublicationGate.App.Uploads;
using PublicationGate.Intake;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using System.Globalization;

namespace PublicationGate.App.Pages;

/// <summary>Where people submit photos. Its script sends each photo by itself; without scripts one form brings them all.</summary>
/// <remarks>The framework's own check of the token would read all photos into a file first; so this page checks it in its handlers, and where photos come in, the upload does.</remarks>
[IgnoreAntiforgeryToken]
[EnableRateLimiting(RateLimits.Search)]
internal sealed class SubmitModel(DeclarationDesk desk, PhotoUpload upload, SubmissionViews views, IntakeOptions intake, ProtocolInUse protocol, IAntiforgery forgery, TimeProvider time) : GatePage
{
    /// <summary>What is filled in, with all that stands around it.</summary>
    public DeclarationView View { get; private set; } = null!;

    /// <summary>Largest photo in bytes.</summary>
    public int LimitBytes => intake.MaximumBytes;

    /// <summary>The same in MB.</summary>
    public int LimitMegabytes => intake.MaximumBytes >> 20;

    /// <summary>Photos that this page sends one by one belong together.</summary>
    public string Album => Submission.NewId(time.GetUtcNow());

    /// <inheritdoc/>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (HttpMethods.IsPost(Request.Method) && context.HandlerMethod?.Name is not null and not "Photo" && !await forgery.IsRequestValidAsync(HttpContext))
        {
            context.Result = BadRequest();
            return;
        }

        await next();
    }

    public Task OnGetAsync()
    {
        var open = ChannelChoice.Of(protocol.Current).Where(channel => channel.Why is null).Select(channel => channel.Id).ToList();
        return ShowAsync(new DeclarationForm { Channel = open.Contains(Channels.Default) ? Channels.Default : open.FirstOrDefault() });
    }

    /// <summary>All photos at once, without scripts; the answer is the page of what was submitted.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var form = new DeclarationForm();
        try
        {
            var submitted = await upload.TakeInAsync(HttpContext, Me, SubmissionSource.Page, isForm: true, declare: fields => DeclareAsync(form = Of(fields)));
            await upload.DecisionAsync(submitted[^1], Gone);
            return GoTo("/submissions/album/" + submitted[0].AlbumId);
        }
        catch (UploadRefusedException refused)
        {
            Tell(refused);
            Response.StatusCode = refused.Status;
            await ShowAsync(form);
            return Page();
        }
    }

    /// <summary>One photo of several, sent by the script: what is known of it so far, which asks by itself for its verdict.</summary>
    public async Task<IActionResult> OnPostPhotoAsync()
    {
        // In the header only: a look into the form would read the photo.
        if (!Request.Headers.ContainsKey(Forgery.Header) || !await forgery.IsRequestValidAsync(HttpContext))
        {
            return BadRequest();
        }

        try
        {
            var submitted = await upload.TakeInAsync(HttpContext, Me, SubmissionSource.Page, declare: fields => DeclareAsync(Of(fields)), album: Request.Query["album"].ToString());
            return Partial("Submitting/_Result", await views.FindAsync(submitted[0].Id, Viewers.Of(Me), Gone));
        }
        catch (UploadRefusedException refused)
        {
            if (refused.RetryAfter is { } wait)
            {
                Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            Tell(refused);
            Response.StatusCode = refused.Status;
            return Content(string.Join(' ', ModelState.Values.SelectMany(field => field.Errors).Select(error => error.ErrorMessage)), "text/plain; charset=utf-8");
        }
    }

    /// <summary>Without scripts: the pupils of the group that was chosen, or those who have the name that is looked for.</summary>
    public async Task<IActionResult> OnPostShowAsync()
    {
        await ShowAsync(DeclarationForm.Of(Request.Form));
        return Page();
    }

    /// <summary>Who can be in the photo.</summary>
    public async Task<IActionResult> OnPostPeopleAsync()
    {
        var form = DeclarationForm.Of(Request.Form);
        return Partial("Submitting/_People", (form, await desk.PeopleAsync(form, Gone)));
    }

    /// <summary>What is found in the texts.</summary>
    public async Task<IActionResult> OnPostTextsAsync()
    {
        var found = await desk.TextsAsync(DeclarationForm.Of(Request.Form), Gone);
        ViewData["unknown"] = found is null;
        return Partial("Submitting/_Texts", found ?? []);
    }

    /// <summary>What holds on the chosen channel.</summary>
    public IActionResult OnPostTerms() => Content(ChannelChoice.TermsOf(protocol.Current, DeclarationForm.Of(Request.Form).Channel ?? "").In(Visit.Language), "text/plain; charset=utf-8");

    /// <summary>Whether the declaration can be sent: the summary of its mistakes, or nothing.</summary>
    public async Task<IActionResult> OnPostCheckAsync()
    {
        await CheckAsync(DeclarationForm.Of(Request.Form));
        Response.StatusCode = ModelState.IsValid ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Partial("_Mistakes", this);
    }

    private static DeclarationForm Of(UploadFields fields) => DeclarationForm.Of(new FormCollection(fields.All.ToDictionary(field => field.Key, field => new StringValues([.. field.Value]))));

    private async Task<Declaration> DeclareAsync(DeclarationForm form) =>
        await CheckAsync(form) ?? throw new UploadRefusedException(StatusCodes.Status422UnprocessableEntity, "wrong-fields");

    // Told before anything of it goes out: once for all photos of the form.
    private async Task<Declaration?> CheckAsync(DeclarationForm form)
    {
        var declaration = await desk.DeclareAsync(form, Mistake, Gone);
        if (form.Confirms.Contains(DeclarationKeys.StaysOnline))
        {
            return declaration;
        }

        Mistake("confirms", "submit.mistake.confirms");
        return null;
    }

    private void Tell(UploadRefusedException refused)
    {
        foreach (var (field, texts) in refused.Errors)
        {
            texts.ToList().ForEach(text => ModelState.AddModelError(field, text.In(Visit.Language)));
        }

        if (ModelState.IsValid)
        {
            ModelState.AddModelError("photo", refused.Reason.In(Visit.Language));
        }
    }

    private async Task ShowAsync(DeclarationForm form) => View = await desk.ShowAsync(form, Gone);
}
