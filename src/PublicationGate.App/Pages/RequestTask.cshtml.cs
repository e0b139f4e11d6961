using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Requests;
using PublicationGate.Data;
using PublicationGate.Removal;
using PublicationGate.Removal.Requests;

namespace PublicationGate.App.Pages;

/// <summary>One request for removal, for who answers it: what was asked, what it may be about, and what can be done.</summary>
internal sealed class RequestTaskModel(GateDb db, RequestedPhotos photos, IMediator mediator, TimeProvider time) : GatePage
{
    private const int MostFound = 24;
    private const string Escape = "!";
    private const Roles Answering = Roles.WebsiteManager | Roles.Head;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Words of the activity that is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Activity { get; set; }

    /// <summary>Day of release that is looked for, <c>yyyy-MM-dd</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "day")]
    public string? On { get; set; }

    public new RemovalRequest Request { get; private set; } = null!;

    /// <summary>What was found for it, or hidden.</summary>
    public IReadOnlyList<RequestedPhoto> Linked { get; private set; } = [];

    /// <summary>What was looked for, or shows a child of that name.</summary>
    public IReadOnlyList<RequestedPhoto> Found { get; private set; } = [];

    /// <summary>Releases in which a pupil of that name and group was declared.</summary>
    public IReadOnlySet<string> Showing { get; private set; } = new HashSet<string>();

    public bool HasPicture { get; private set; }

    /// <summary>Other requests from the same address on the net.</summary>
    public int SameSource { get; private set; }

    /// <summary>The family left a telephone number, and nobody told it yet what became of this.</summary>
    public bool MustCall { get; private set; }

    public string? Typed { get; private set; }

    public bool IsSearch => !string.IsNullOrWhiteSpace(Activity + On);

    public bool IsLate => Request.AnswerBy < time.Today();

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ? Page() : NotFound();

    public Task<IActionResult> OnPostHideAsync(string? release) => ActAsync("", null, () => mediator.Send(new HideForRequest(Id, [release ?? ""], Me.Id), Gone), "request.was-hidden");

    public Task<IActionResult> OnPostAnswerAsync(string? ground, bool gone) => ActAsync("ground", ground, () => mediator.Send(new AnswerRequest(Id, gone, ground ?? "", Me.Id), Gone), "request.was-answered");

    public Task<IActionResult> OnPostRestoreAsync(string? why) => ActAsync("why", why, async () =>
    {
        var others = (await db.Accounts.AsNoTracking().Where(account => account.Id != Me.Id && !account.IsLocked).Select(account => account.Roles).ToListAsync(Gone)).Exists(roles => (roles & Answering) != 0);
        return await mediator.Send(new RestoreRequest(Id, why ?? "", Me.Id) { OthersCould = others }, Gone);
    }, "request.was-restored");

    public async Task<IActionResult> OnPostCalledAsync()
    {
        if (await mediator.Send(new CallFamily(Id, Me.Id), Gone))
        {
            Tell("request.was-called", ("number", Id));
        }

        // Also when somebody else was first: the page says how it is.
        return GoTo($"/removals/requests/{Id}");
    }

    private async Task<IActionResult> ActAsync(string field, string? typed, Func<Task<RemovalRequest?>> act, string done)
    {
        try
        {
            if (await act() is null)
            {
                return NotFound();
            }

            Tell(done, ("number", Id));
            return GoTo($"/removals/requests/{Id}");
        }
        catch (RemovalRefusedException refused)
        {
            ModelState.AddModelError(field, refused.Reason.In(Visit.Language));
            Typed = typed;
            return await ReadAsync() ? Page() : NotFound();
        }
    }

    private async Task<bool> ReadAsync()
    {
        if (await db.RemovalRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == Id, Gone) is not { } request)
        {
            return false;
        }

        Request = request;
        Linked = await photos.OfAsync(Id, Gone);
        Found = request is { ClosedAt: null } and not { State: RequestState.Hidden } ? await FindAsync() : [];
        Showing = request.Child.Length == 0 ? new HashSet<string>() : await photos.ShowingAsync(request.Child, request.Group, [.. Linked.Concat(Found).Select(photo => photo.ReleaseId)], Gone);
        MustCall = (await FamilyCalls.DueAsync(db, Gone)).Any(due => due.Id == Id);
        HasPicture = await db.RequestPictures.AnyAsync(picture => picture.RequestId == Id, Gone);
        SameSource = request.Source.Length == 0 ? 0 : await db.RemovalRequests.CountAsync(other => other.Id != Id && other.Source == request.Source, Gone);
        return true;
    }

    // Unasked: those in which a child of that name was declared, latest first.
    private async Task<IReadOnlyList<RequestedPhoto>> FindAsync()
    {
        var linked = Linked.Select(photo => photo.ReleaseId).ToList();
        var standing = db.Releases.AsNoTracking().Where(release => release.WithdrawnAt == null && !linked.Contains(release.Id));
        if (!IsSearch)
        {
            var named = photos.Named(Request.Child, Request.Group);
            standing = standing.Where(release => named.Contains(release.Id));
        }

        if (DateTimeOffset.TryParseExact(On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) && day.Year is > 1900 and < 9000)
        {
            var next = day.AddDays(1);
            standing = standing.Where(release => release.ReleasedAt >= day && release.ReleasedAt < next);
        }

        var found =
            from release in standing
            join submission in db.Submissions on release.SubmissionId equals submission.Id
            select new { release, submission };
        if (!string.IsNullOrWhiteSpace(Activity))
        {
            var pattern = PublishedPhotosModel.Pattern(Activity);
            found = found.Where(one => EF.Functions.Like(one.submission.Activity!.ToLower(), pattern, Escape) || EF.Functions.Like(one.submission.FileName.ToLower(), pattern, Escape));
        }

        return await found.OrderByDescending(one => one.release.Id).Take(MostFound)
            .Select(one => new RequestedPhoto(one.release.Id, one.release.Channel, one.release.ReleasedAt, one.submission.Activity, one.release.CopyName, true, false, null, null, one.submission.Id)).ToListAsync(Gone);
    }
}
