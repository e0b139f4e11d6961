using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using PublicationGate.App.Reviewing;
using PublicationGate.Faces;
using PublicationGate.Publishing;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>One photo to decide about. Each action is a form of its own; <c>review.js</c> sends the same forms.</summary>
internal sealed class ReviewPhotoModel(ReviewedPhotos photos, ReviewSteps steps, ProtocolInUse protocol) : GatePage
{
    // Sent by review.js: it shows the next photo itself, and asks for what is to be said there.
    private const string ScriptHeader = "X-Gate-Script";
    private const string NextHeader = "X-Gate-Next";

    /// <summary>The keys that review.js knows, and what each does.</summary>
    public static IReadOnlyList<(string Key, string What)> Keys { get; } =
    [
        ("j →", "review.next"), ("k ←", "review.previous"), ("1 … 9", "review.key.box"), ("a", "review.approve"), ("r", "review.refuse"), ("n", "review.no-face"), ("p", "review.pupil"),
        ("v", "review.adult"), ("c", "review.conceal-face"), ("x", "review.as-counted"), ("m", "review.missed-face"), ("w", "review.conceal-person"), ("h", "review.other-channel"),
        ("q", "review.key.ask"), ("u", "review.undo"), ("l", "review.to-list"), ("Esc", "review.key.escape"), ("?", "review.keys"),
    ];

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>One channel; empty for all.</summary>
    [FromQuery(Name = "for")]
    public string? For { get; set; }

    [FromQuery(Name = "album")]
    public string? Album { get; set; }

    [FromQuery(Name = "days")]
    public int Days { get; set; }

    /// <summary>A photo that was decided just now, which can be taken back from here.</summary>
    [FromQuery(Name = "done")]
    public string? DoneId { get; set; }

    /// <summary>The verdict that the form is about.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    /// <summary>What was typed in the form that came back, and which form that is.</summary>
    public (string Form, string? Words) Typed { get; private set; }

    public HeldFilter Filter => new(For, Album, Days);

    public ReviewedPhoto Photo { get; private set; } = null!;

    /// <summary>Its verdict clause by clause; null without one.</summary>
    public Explanation? Explanation { get; private set; }

    /// <summary>What was decided just now.</summary>
    public DoneAct? Done { get; private set; }

    public string? Next { get; private set; }

    public string? Previous { get; private set; }

    public IReadOnlyList<string> Grounds { get; private set; } = [];

    public IReadOnlyList<string> Refusals { get; private set; } = [];

    public Protocol Protocol => protocol.Current;

    /// <summary>The picture with its boxes; null when it could not be read.</summary>
    public Overlay? Overlay => Photo.Facts is not { Image: { } image } facts ? null
        : new Overlay($"/photos/{Id}/preview?size={Previewing.Previews.Large}", image.Width, image.Height, [.. Photo.Regions.Select(one => new OverlayBox(one.Number, one.Box, one.IsDoubtful && one.Said is null) { Mark = MarkOf(one) })])
        {
            Alt = T("overlay.alt", ("sure", facts.Faces.Sure.Count), ("doubtful", facts.Faces.Doubtful.Count)),
        };

    /// <summary>The address of one of the forms.</summary>
    public string To(string handler) => Filter.At("/review/" + Id, ("handler", handler));

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await photos.FindAsync(Viewers.Of(Me), Id, Gone) is not { } found)
        {
            context.Result = NotFound();
            return;
        }

        Photo = found;
        await next();
    }

    public async Task OnGetAsync()
    {
        await ShowAsync();
        if (DoneId is { } id && await photos.FindAsync(Viewers.Of(Me), id, Gone) is { } decided)
        {
            Done = DoneAct.Of(decided);
        }
    }

    public Task<IActionResult> OnPostApproveAsync(string? approve) => DecideAsync("approve", approve, new ReviewStep.Approve(approve ?? ""));

    public Task<IActionResult> OnPostRefuseAsync(string? refuse) => DecideAsync("refuse", refuse, new ReviewStep.Refuse(refuse ?? ""));

    public Task<IActionResult> OnPostAskAsync(string? ask) => DecideAsync("ask", ask, new ReviewStep.Ask(ask ?? ""));

    public Task<IActionResult> OnPostChannelAsync(string? channel) => Intake.Channels.All.Contains(channel)
        ? StayAsync("channel", new ReviewStep.Channel(channel!))
        : RefusedAsync("channel", "review.no-channel");

    /// <summary>Says what chosen places are, or a drawn one.</summary>
    /// <param name="boxes">Numbers of chosen places.</param>
    /// <param name="kind">A <see cref="FaceMarkKind"/>; <c>Counted</c> for what the gate counted.</param>
    /// <param name="who">Register key of the declared pupil who is made unrecognisable; null where that is nobody declared.</param>
    /// <param name="place">A drawn place: left, top, width and height in pixels of the upright original.</param>
    public async Task<IActionResult> OnPostMarkAsync(int[] boxes, string? kind, string? who, [FromForm] float[] place)
    {
        var isKind = Enum.TryParse<FaceMarkKind>(kind, out var said) && Enum.IsDefined(said);
        FaceBox? drawn = place is [var x, var y, var width, var height] ? new FaceBox(x, y, width, height, 0) : null;
        if (Photo.Facts is not { } facts || (boxes.Length == 0 && drawn is null) || (!isKind && kind != "Counted"))
        {
            return await RefusedAsync("mark", "review.no-boxes");
        }

        var step = new ReviewStep.Mark(PhotoRegion.Marked(facts, boxes, isKind ? said : null, drawn));
        var conceals = isKind && said is FaceMarkKind.ConcealFace or FaceMarkKind.ConcealPerson;
        return await StayAsync("mark", conceals && !string.IsNullOrEmpty(who) ? step with { Declared = await steps.WithoutAsync(facts.Declaration, who, Gone) } : step);
    }

    public Task<IActionResult> OnPostUndoAsync(long? act) => StayAsync("undo", new ReviewStep.Undo(act));

    // What is done with a decision; the next photo comes.
    private async Task<IActionResult> DecideAsync(string form, string? words, ReviewStep step)
    {
        Typed = (form, words);
        if (await TryAsync(form, step) is { } refused)
        {
            return refused;
        }

        var next = await photos.NeighbourAsync(Filter, Id, isNext: true, Gone) is { } id ? Filter.At("/review/" + id) : Filter.At("/review");
        var done = DoneAct.Of((await photos.FindAsync(Viewers.Of(Me), Id, Gone))!);
        if (Request.Headers.ContainsKey(ScriptHeader))
        {
            Response.Headers[NextHeader] = next;
            return Partial("_Done", done);
        }

        if (next == Filter.At("/review"))
        {
            Tell(done.Key);
            return GoTo(next);
        }

        return GoTo(next + (next.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "done=" + Id);
    }

    private async Task<IActionResult> StayAsync(string form, ReviewStep step) => await TryAsync(form, step) ?? GoTo(Filter.At("/review/" + Id));

    private async Task<IActionResult?> TryAsync(string form, ReviewStep step)
    {
        try
        {
            // A form that does not say what was looked at is about nothing; an undo names its act.
            return await steps.TakeAsync(Me, Id, step is ReviewStep.Undo ? null : Seen ?? "", step, Gone) is null ? NotFound() : null;
        }
        catch (StillRecognisableException showing) when (showing.Regions.Count > 0 && Photo.Facts is not null)
        {
            var numbers = PhotoRegion.ConcealedOf(Photo.Facts);
            Mistake(FieldOf(form), "review.still-showing", ("numbers", string.Join(", ", showing.Regions.Select(at => numbers.ElementAtOrDefault(at)))));
        }
        catch (Exception failure) when (StepFailure.Of(failure) is not null)
        {
            ModelState.AddModelError(FieldOf(form), StepFailure.Of(failure)!.In(Visit.Language));
        }

        await ShowAsync();
        return Page();
    }

    private async Task<IActionResult> RefusedAsync(string form, string key)
    {
        Mistake(FieldOf(form), key);
        await ShowAsync();
        return Page();
    }

    private static string FieldOf(string form) => form switch { "undo" => "", _ => form };

    // As it is now: what is refused may have been changed by somebody else.
    private async Task ShowAsync()
    {
        Photo = await photos.FindAsync(Viewers.Of(Me), Id, Gone) ?? Photo;
        Explanation = await photos.ExplainAsync(Photo, Gone);
        (Next, Previous) = (await photos.NeighbourAsync(Filter, Id, isNext: true, Gone), await photos.NeighbourAsync(Filter, Id, isNext: false, Gone));
        (Grounds, Refusals) = (await photos.RecentGroundsAsync(ReviewActKind.Approve, Gone), await photos.RecentGroundsAsync(ReviewActKind.Refuse, Gone));
    }

    private static string? MarkOf(PhotoRegion place) => place.Said switch
    {
        FaceMarkKind.NoFace => "no-face",
        FaceMarkKind.Adult => "adult",
        FaceMarkKind.ConcealFace or FaceMarkKind.ConcealPerson => "concealed",
        _ => null,
    };
}

/// <summary>What was decided of a photo just now, and how to take it back.</summary>
/// <param name="Key">The sentence.</param>
/// <param name="Id">The photo.</param>
/// <param name="Act">The act; null when it was taken back already.</param>
internal sealed record DoneAct(string Key, string Id, long? Act)
{
    public static DoneAct Of(ReviewedPhoto photo) => new(KeyOf(photo.Undoable?.Kind, photo.Submission.Outcome), photo.Submission.Id, photo.Undoable?.Id);

    private static string KeyOf(ReviewActKind? kind, Outcome? outcome) => (kind, outcome) switch
    {
        (ReviewActKind.Approve, Outcome.Approved) => "review.done.released",
        (ReviewActKind.Approve, null) => "review.done.approved",
        (ReviewActKind.Approve, _) => "review.done.still-held",
        (ReviewActKind.Refuse, _) => "review.done.refused",
        (ReviewActKind.Ask, _) => "review.done.asked",
        _ => "review.done.other",
    };
}
