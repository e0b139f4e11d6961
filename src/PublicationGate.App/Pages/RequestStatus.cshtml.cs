using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Requests;
using PublicationGate.App.Service;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Removal;
using PublicationGate.Removal.Requests;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>One request for removal, for who has its link: how far it is, a choice where there is one, the receipt. It names nobody, since links are passed on.</summary>
[EnableRateLimiting(RateLimits.Requests)]
internal sealed class RequestStatusModel(GateDb db, RequestedPhotos photos, ProtocolInUse protocol, IMediator mediator, TimeProvider time) : GatePage
{
    /// <summary>The request; null when the link does not hold: no difference is told between one that is over, revoked, or made up.</summary>
    public new RemovalRequest? Request { get; private set; }

    public string Token { get; private set; } = "";

    /// <summary>What may be meant, one of each picture.</summary>
    public IReadOnlyList<RequestedPhoto> Choice { get; private set; } = [];

    /// <summary>What was hidden.</summary>
    public IReadOnlyList<RequestedPhoto> Hidden { get; private set; } = [];

    /// <summary>What was typed, where the form comes back.</summary>
    public string? Words { get; private set; }

    /// <summary>Which sentence says how far it is.</summary>
    public string Says => Request is { State: RequestState.Received, Why: RequestWhy.Limit } ? "Limit" : Request is { State: RequestState.Received, Why: RequestWhy.Unreadable } ? "Unreadable" : Request!.State.ToString();

    /// <summary>The whole address of this page.</summary>
    public string Link => WholeAddressOf(AccessLink.PathOf(LinkPurpose.Request, Token));

    /// <summary>Who is asked.</summary>
    public string School => protocol.Current.School;

    /// <summary>Which sentence says how the link is kept, and who is told: only what is true without a mail server too.</summary>
    public string Keeping => FamilyContact.EmailOf(Request!.Contact) is not null ? SendsLetters ? "request.keep-link.mail" : "request.keep-link.hint"
        : Request.Contact.Length > 0 ? "request.keep-link.call" : "request.keep-link.hint";

    public bool MayBeSeen(RequestedPhoto photo) => photos.MayBeSeen(photo);

    /// <summary>Whether what it shows and where it was may be told: to who has the picture or its very address, and where everybody sees it anyway. Others may have thought of a name.</summary>
    public bool MayBeTold(RequestedPhoto photo) => photo.IsLike || Request!.Names(photo.ReleaseId, photo.Addresses) || (photo.Channel is { } channel && photos.IsOpenToAll(channel));

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Token = (string)context.RouteData.Values["token"]!;
        await ReadAsync();
        if (Request is null)
        {
            // Said on this page: what to do instead.
            Response.StatusCode = StatusCodes.Status404NotFound;
            context.Result = Page();
            return;
        }

        await next();
    }

    public Task<IActionResult> OnPostChooseAsync(string[] release) => ActAsync("", () => mediator.Send(new HideForRequest(Request!.Id, release, null), Gone));

    public Task<IActionResult> OnPostAddAsync(string? words)
    {
        Words = words;
        return ActAsync("words", async () =>
        {
            var added = await mediator.Send(new AddToRequest(Request!.Id, words ?? ""), Gone);
            Tell("request.added");
            return added;
        });
    }

    private async Task<IActionResult> ActAsync(string field, Func<Task<RemovalRequest?>> act)
    {
        try
        {
            await act();
            return GoTo(AccessLink.PathOf(LinkPurpose.Request, Token));
        }
        catch (RemovalRefusedException refused)
        {
            ModelState.AddModelError(field, refused.Reason.In(Visit.Language));
            return Page();
        }
    }

    private async Task ReadAsync()
    {
        if (await AccessLinks.FindAsync(db, Token, LinkPurpose.Request, time.GetUtcNow(), Gone) is not { } link)
        {
            return;
        }

        var id = long.Parse(link.Subject, CultureInfo.InvariantCulture);
        Request = await db.RemovalRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id, Gone);
        var all = Request is null ? [] : await photos.OfAsync(id, Gone);
        Hidden = [.. all.Where(photo => photo.HiddenAt is not null)];
        Choice = Request?.State == RequestState.Choosing ? await ChoiceAsync(all) : [];
    }

    // A picture has a release on each channel, which go together: one that can be shown stands for it.
    private async Task<IReadOnlyList<RequestedPhoto>> ChoiceAsync(IReadOnlyList<RequestedPhoto> all)
    {
        var ids = all.Select(photo => photo.ReleaseId).ToList();
        var contents = await db.Releases.AsNoTracking().Where(release => ids.Contains(release.Id)).ToDictionaryAsync(release => release.Id, release => release.ContentSha256, Gone);
        return [.. all.Where(photo => contents.ContainsKey(photo.ReleaseId)).GroupBy(photo => contents[photo.ReleaseId]).Select(same => same.OrderByDescending(MayBeSeen).First())];
    }
}
