using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Pages.Submitting;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Publishing;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>One submission: the photo with what was found, what would change it, what was declared, and what people did about it.</summary>
internal sealed class OneSubmissionModel(SubmissionViews views, GateDb db, ProtocolInUse protocol, IMediator mediator) : GatePage
{
    private Dictionary<string, string?> names = [];

    public SubmissionView View { get; private set; } = null!;

    public Explanation? Explanation { get; private set; }

    public IReadOnlyList<ReviewAct> Acts { get; private set; } = [];

    /// <summary>What was released of it, oldest first.</summary>
    public IReadOnlyList<Release> Releases { get; private set; } = [];

    /// <summary><see cref="Acts"/> and <see cref="Releases"/>, in the order of time.</summary>
    public IEnumerable<(DateTimeOffset At, object Told)> History => Acts.Select(act => (act.At, (object)act)).Concat(Releases.Select(release => (release.ReleasedAt, (object)release))).OrderBy(one => one.Item1);

    /// <summary>What is declared now: key of the label, and the value.</summary>
    public IReadOnlyList<(string Key, string Value)> Declared { get; private set; } = [];

    /// <summary>What was typed as an answer, when it could not be taken.</summary>
    public string? Words { get; private set; }

    public bool SeesAll => Viewers.Of(Me).SeesAll;

    /// <summary>Submitted by who looks at it.</summary>
    public bool IsOwn => View.Submission.SubmitterId == Me.Id;

    /// <summary>Whether who looks at it may declare something else of it.</summary>
    public bool MayChange => Visit.MayOpen("/submissions/{id}/declare") && (IsOwn || Viewers.Changing(Me).SeesAll);

    /// <summary>The question that waits for an answer; null for none.</summary>
    public ReviewAct? Question => View.Submission is { Turn: SubmissionTurn.Submitter, Outcome: Outcome.Held } ? Acts.LastOrDefault(act => act is { Kind: ReviewActKind.Ask, IsUndone: false }) : null;

    /// <summary>A step as the sentences name it.</summary>
    public static string Word(ReviewActKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    /// <summary>Name of the person of an account.</summary>
    public string NameOf(string account) => account == Me.Id ? T("submission.you") : names.GetValueOrDefault(account) ?? T("submission.somebody");

    /// <summary>What a clause asks.</summary>
    public Text ClauseText(string id) => protocol.Current.ShortTextOf(id);

    /// <summary>A reviewer answered for this finding.</summary>
    public bool IsSettled(string clause, ExplainedFinding finding) => View.IsSettled(new Finding(finding.Rule, clause, finding.Outcome, finding.Found));

    public async Task<IActionResult> OnGetAsync(string id) => await LoadAsync(id, Viewers.Of(Me)) ? Page() : NotFound();

    /// <summary>What became of it, for the page that sent it.</summary>
    public async Task<IActionResult> OnGetResultAsync(string id) => await views.FindAsync(id, Viewers.Of(Me), Gone) is { } view ? Partial("Submitting/_Result", view) : NotFound();

    /// <summary>Has the page shown anew once there is a verdict.</summary>
    public async Task<IActionResult> OnGetStateAsync(string id)
    {
        if (await views.FindAsync(id, Viewers.Of(Me), Gone) is not { } view)
        {
            return NotFound();
        }

        Response.Headers["HX-Refresh"] = view.IsWaiting ? "false" : "true";
        return Partial("Submitting/_Waiting", view);
    }

    /// <summary>Answers a reviewer's question.</summary>
    public async Task<IActionResult> OnPostAnswerAsync(string id, string? words)
    {
        if (!await LoadAsync(id, Viewers.Changing(Me)) || !IsOwn)
        {
            return NotFound();
        }

        Words = words;
        return await StepAsync(new ReviewStep.Answer(words ?? ""), null, "words", "submission.answer.done");
    }

    /// <summary>Has it judged anew as it is declared, with what the register and the protocol say today.</summary>
    public async Task<IActionResult> OnPostAgainAsync(string id)
    {
        if (!await LoadAsync(id, Viewers.Changing(Me)) || !MayChange)
        {
            return NotFound();
        }

        return await StepAsync(new ReviewStep.Again(), View.Submission.VerdictId, "", "submission.again.done");
    }

    private async Task<IActionResult> StepAsync(ReviewStep step, string? seen, string field, string done)
    {
        try
        {
            await mediator.Send(new ReviewSubmission(View.Submission.Id, Me.Id, seen, step), Gone);
            Tell(done);
            return GoTo("/submissions/" + View.Submission.Id);
        }
        catch (ReviewRefusedException refused)
        {
            ModelState.AddModelError(field, refused.Reason.In(Visit.Language));
            return Page();
        }
    }

    private async Task<bool> LoadAsync(string id, Viewer viewer)
    {
        if (await views.FindAsync(id, viewer, Gone) is not { } view)
        {
            return false;
        }

        View = view;
        Explanation = view.Verdict is { } verdict ? await views.ExplainAsync(verdict, Gone) : null;
        Acts = await db.ReviewActs.AsNoTracking().Where(act => act.SubmissionId == id).OrderBy(act => act.Id).ToListAsync(Gone);
        Releases = await db.Releases.AsNoTracking().Where(release => release.SubmissionId == id).OrderBy(release => release.Id).ToListAsync(Gone);
        var people = Acts.Select(act => act.AccountId).Append(view.Submission.SubmitterId ?? "").Distinct().ToList();
        names = await db.Accounts.AsNoTracking().Where(account => people.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.UserName, Gone);
        Declared = await PhotoAsync() is { } photo ? [.. DeclaredLines.Of(photo.Declaration, view.Verdict?.Facts.Consent, Visit)] : [];
        return true;
    }

    private async Task<QueuedPhoto?> PhotoAsync()
    {
        var item = View.Submission.QueueItemId;
        return await db.QueueItems.AsNoTracking().Where(one => one.Id == item).Select(one => one.Photo).SingleOrDefaultAsync(Gone) is { } photo ? QueuedPhoto.Read(photo) : null;
    }
}
