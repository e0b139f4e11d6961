using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>An album: one decision for some of its photos or all, with what became of each.</summary>
internal sealed class ReviewAlbumModel(GateDb db, ReviewSteps steps, ReviewedPhotos photos, ProtocolInUse protocol) : GatePage
{
    // More at once would keep a browser waiting for longer than people do.
    private const int Most = 200;

    [BindProperty(SupportsGet = true)]
    public string AlbumId { get; set; } = "";

    /// <summary>Ids of the photos that were chosen.</summary>
    [BindProperty]
    public string[] Photos { get; set; } = [];

    /// <summary>The verdicts that were looked at, as <c>photo:verdict</c>.</summary>
    [BindProperty]
    public string[] Seen { get; set; } = [];

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public string? Channel { get; set; }

    public IReadOnlyList<Submission> Rows { get; private set; } = [];

    /// <summary>What became of each photo of the step just taken, by its id; null for a step that was taken.</summary>
    public IReadOnlyDictionary<string, string?> Results { get; private set; } = new Dictionary<string, string?>();

    /// <summary>The acts just done, as <c>photo:act</c>, to be taken back together.</summary>
    public IReadOnlyList<string> Undoable { get; private set; } = [];

    public IReadOnlyList<string> Grounds { get; private set; } = [];

    public Protocol Protocol => protocol.Current;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostApproveAsync() => DecideAsync(_ => new ReviewStep.Approve(Ground ?? ""));

    public Task<IActionResult> OnPostRefuseAsync() => DecideAsync(_ => new ReviewStep.Refuse(Ground ?? ""));

    public Task<IActionResult> OnPostChannelAsync()
    {
        if (!Intake.Channels.All.Contains(Channel))
        {
            Mistake("channel", "review.no-channel");
            return ShowAsync();
        }

        return EachAsync(photo => photo.Facts is null ? null : new ReviewStep.Channel(Channel!));
    }

    /// <summary>Takes back what was done to several photos at once; where somebody did something since, that stays.</summary>
    public async Task<IActionResult> OnPostUndoAsync(string[] acts)
    {
        var done = new Dictionary<string, string?>();
        foreach (var (id, act) in acts.Take(Most).Select(Pair))
        {
            if (long.TryParse(act, out var number))
            {
                done[id] = await TryAsync(id, null, new ReviewStep.Undo(number));
            }
        }

        Results = done;
        return await ShowAsync();
    }

    private Task<IActionResult> DecideAsync(Func<ReviewedPhoto, ReviewStep?> step)
    {
        if (string.IsNullOrWhiteSpace(Ground))
        {
            Mistake("Ground", "review.not.no-words");
            return ShowAsync();
        }

        return EachAsync(step);
    }

    private async Task<IActionResult> EachAsync(Func<ReviewedPhoto, ReviewStep?> step)
    {
        if (Photos.Length is 0 or > Most)
        {
            Mistake("", Photos.Length == 0 ? "review.album.none-chosen" : "review.album.too-many", Photos.Length == 0 ? [] : [("most", Most)]);
            return await ShowAsync();
        }

        var (seen, done, undoable) = (Seen.Select(Pair).ToLookup(pair => pair.Id, pair => pair.Value), new Dictionary<string, string?>(), new List<string>());
        foreach (var id in Photos.Distinct())
        {
            if (await photos.FindAsync(Viewers.Of(Me), id, Gone) is not { } photo || photo.Submission.AlbumId != AlbumId)
            {
                continue;
            }

            done[id] = step(photo) is { } what ? await TryAsync(id, seen[id].FirstOrDefault() ?? "", what) : T("review.not.not-looked-up");
            if (done[id] is null && (await photos.ActsOfAsync(id, Gone)).FirstOrDefault(act => !act.IsUndone) is { } act)
            {
                undoable.Add($"{id}:{act.Id}");
            }
        }

        (Results, Undoable) = (done, undoable);
        return await ShowAsync();
    }

    private async Task<string?> TryAsync(string id, string? seen, ReviewStep step)
    {
        try
        {
            await steps.TakeAsync(Me, id, seen, step, Gone);
            return null;
        }
        catch (Exception failure) when (StepFailure.Of(failure) is not null)
        {
            return StepFailure.Of(failure)!.In(Visit.Language);
        }
    }

    private async Task<IActionResult> ShowAsync()
    {
        Rows = await Viewers.Of(Me).Of(db.Submissions.AsNoTracking()).Where(submission => submission.AlbumId == AlbumId).OrderBy(submission => submission.Id).Take(Most).ToListAsync(Gone);
        Grounds = await photos.RecentGroundsAsync(ReviewActKind.Approve, Gone);
        return Rows.Count == 0 ? NotFound() : Page();
    }

    private static (string Id, string? Value) Pair(string written) => written.Split(':', 2) is [var id, var value] ? (id, value) : (written, null);
}
