using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Removal;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.TakenBack;

namespace PublicationGate.App.Pages;

/// <summary>What was taken back, and what must be taken down by hand. With <c>?submission=ID</c> it asks for the ground to take that photo back.</summary>
internal sealed class RemovalsModel(GateDb db, TakenBackList list, VerdictStore verdicts, PostedAddresses posted, IMediator mediator, TimeProvider time) : GatePage
{
    // Whoever has more to take down begins with the oldest.
    private const int MostTasks = 200;

    /// <summary>Requests of families that are open, urgent ones first.</summary>
    public IReadOnlyList<RemovalRequest> Requests { get; private set; } = [];

    // With more of them a page of all their addresses is no overview.
    private const int MostOpened = 10;

    private ILookup<long, PostedAddress> addresses = Array.Empty<PostedAddress>().ToLookup(row => row.TakeDownId);
    private ILookup<long, OutboxEvent> asked = Array.Empty<OutboxEvent>().ToLookup(row => row.Id);
    private HashSet<string> withContent = [];

    public IReadOnlyList<RemovalTask> Tasks { get; private set; } = [];

    public IReadOnlyList<TakenBackPicture> Away { get; private set; } = [];

    public Submission? ToTakeBack { get; private set; }

    public string? Ground { get; private set; }

    public bool IsLate(RemovalRequest request) => request.AnswerBy < time.Today();

    public bool IsUrgent(RemovalRequest request) => IsLate(request) || request.Why == RequestWhy.Limit;

    /// <summary>Where the picture of a task was posted.</summary>
    public PostedAt PostedOf(RemovalTask task, string name) => new(task.Id, name, [.. addresses[task.Id]], Tasks.Count <= MostOpened, time.Today(), [.. asked[task.Id]]);

    /// <summary>Whether there may be a thumbnail of a picture that stays away, for who looks.</summary>
    public bool HasPicture(TakenBackPicture picture) => picture.SubmissionId is { } id && withContent.Contains(id) && Visit.MayOpen("/photos/{id}/preview");

    /// <summary>Number of the request that it was taken back for; null for none.</summary>
    public static long? RequestOf(TakenBackPicture picture) =>
        picture.By.StartsWith("request-", StringComparison.Ordinal) && long.TryParse(picture.By.AsSpan("request-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public async Task OnGetAsync(string? submission)
    {
        var open = await db.RemovalRequests.AsNoTracking().Where(request => request.ClosedAt == null).OrderBy(request => request.AnswerBy).ThenBy(request => request.Id).Take(MostTasks).ToListAsync(Gone);
        Requests = [.. open.OrderByDescending(IsUrgent)];
        (Tasks, Away) = ([.. (await RemovalTask.ListAsync(db, alsoEnded: false, Gone)).Take(MostTasks)], [.. (await list.ListAsync(Gone)).Where(picture => picture.LiftedAt is null)]);
        addresses = await PostedAt.ReadAsync(db, [.. Tasks.Select(task => task.Id)], Gone);
        asked = await PostedAt.ReadAskedAsync(db, [.. Tasks.Select(task => task.Id)], Gone);
        var from = Away.Select(picture => picture.SubmissionId ?? "").Distinct().ToList();
        withContent = [.. await db.Submissions.AsNoTracking().Where(one => from.Contains(one.Id) && one.ContentSha256 != "").Select(one => one.Id).ToListAsync(Gone)];
        ToTakeBack = submission is null ? null : await db.Submissions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == submission && one.ContentSha256 != "", Gone);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(string? submission, string? ground, bool family)
    {
        if (await db.Submissions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == submission && one.ContentSha256 != "", Gone) is not { } photo)
        {
            return NotFound();
        }

        var hash = photo.VerdictId is null ? null : (await verdicts.FindAsync(photo.VerdictId, Gone))?.Verdict.Facts.PictureHash;
        Ground = ground;
        return await TryAsync(photo.Id, async () =>
        {
            var (picture, hidden) = await mediator.Send(new TakeBackPicture(photo.ContentSha256, hash, family ? TakenBackFor.Family : TakenBackFor.School, ground ?? "", Me.Id, photo.Id), Gone);
            Tell("removals.taken-back", ("id", picture.Id), ("hidden", hidden));
            return GoTo("/removals");
        });
    }

    public Task<IActionResult> OnPostLiftAsync(long id, string? ground) => TryAsync(null, async () =>
    {
        if (await mediator.Send(new LiftPicture(id, ground ?? "", Me.Id), Gone) is null)
        {
            return NotFound();
        }

        Tell("removal.lifted", ("id", id));
        return GoTo("/removals");
    });

    public async Task<IActionResult> OnPostDoneAsync(long id)
    {
        if (await mediator.Send(new EndTakeDown(id, Me.Id), Gone) is null)
        {
            return NotFound();
        }

        Tell("take-down.was-ended", ("id", id));
        return GoTo("/removals");
    }

    public Task<IActionResult> OnPostAddressAsync(long id, string? address) => TryAsync(null, async () =>
    {
        await using var transaction = await db.BeginWriteAsync(Gone);
        if (!await posted.AddAddressAsync(db, id, address ?? "", AddressFrom.Person, Me.Id, Gone))
        {
            throw new RemovalRefusedException(Texts.Get("posted.add.wrong"));
        }

        await db.SaveChangesAsync(Gone);
        await transaction.CommitAsync(Gone);
        Tell("posted.added");
        return GoTo("/removals");
    });

    private async Task<IActionResult> TryAsync(string? submission, Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (RemovalRefusedException refused)
        {
            ModelState.AddModelError(submission is null ? "" : "ground", refused.Reason.In(Visit.Language));
            await OnGetAsync(submission);
            return Page();
        }
    }
}
