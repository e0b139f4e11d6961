using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Removal;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>One release: what stands, on which verdict, and what people did before and after.</summary>
internal sealed class PublishedPhotoModel(GateDb db, ReviewedPhotos photos, VerdictStore verdicts) : GatePage
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    public Release Release { get; private set; } = null!;

    public Submission Submission { get; private set; } = null!;

    /// <summary>Other releases of the same photo, latest first.</summary>
    public IReadOnlyList<Release> Others { get; private set; } = [];

    /// <summary>What outputs were told of it, in order.</summary>
    public IReadOnlyList<OutboxEvent> Deliveries { get; private set; } = [];

    /// <summary>With the texts that it was approved with; null where its verdict cannot be read, or was erased.</summary>
    public Declaration? Declared { get; private set; }

    /// <summary>Why it was hidden; null while it stands, and where a later verdict did not approve it.</summary>
    public TakeDownWhy? Why { get; private set; }

    /// <summary>The request for which it was hidden; null for none.</summary>
    public long? RequestNumber { get; private set; }

    public IReadOnlyList<ToldAct> Acts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await db.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.Id == Id, Gone) is not { } found
            || await db.Submissions.AsNoTracking().SingleOrDefaultAsync(submission => submission.Id == found.SubmissionId, Gone) is not { } submission)
        {
            return NotFound();
        }

        (Release, Submission) = (found, submission);
        Others = await db.Releases.AsNoTracking().Where(other => other.SubmissionId == found.SubmissionId && other.Id != found.Id).OrderByDescending(other => other.Id).ToListAsync(Gone);
        Acts = await photos.ActsOfAsync(submission.Id, Gone);
        Deliveries = await db.OutboxEvents.AsNoTracking().Where(row => row.ReleaseId == found.Id).OrderBy(row => row.Id).ToListAsync(Gone);
        if (found.WithdrawnAt is null)
        {
            Declared = await DeclaredAsync();
        }
        else
        {
            Why = await db.TakeDowns.AsNoTracking().Where(row => row.ReleaseId == found.Id).OrderByDescending(row => row.Id).Select(row => (TakeDownWhy?)row.Why).FirstOrDefaultAsync(Gone);
            RequestNumber = Why == TakeDownWhy.TakenBack
                ? await db.RequestedReleases.AsNoTracking().Where(row => row.ReleaseId == found.Id && row.HiddenAt != null).OrderBy(row => row.HiddenAt).Select(row => (long?)row.RequestId).FirstOrDefaultAsync(Gone) : null;
        }

        return Page();
    }

    /// <summary>Whether a browser can open an address.</summary>
    public static bool IsLink(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private async Task<Declaration?> DeclaredAsync()
    {
        try
        {
            return await verdicts.FindAsync(Release.VerdictId, Gone) is { IsIntact: true } verdict ? verdict.Verdict.Facts.Declaration : null;
        }
        catch (UnreadableVerdictException)
        {
            return null;
        }
    }
}
