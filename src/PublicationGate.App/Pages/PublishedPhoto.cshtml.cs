using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Publishing;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>One release: what stands, on which verdict, and what people did before and after.</summary>
internal sealed class PublishedPhotoModel(GateDb db, ReviewedPhotos photos) : GatePage
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    public Release Release { get; private set; } = null!;

    public Submission Submission { get; private set; } = null!;

    /// <summary>Other releases of the same photo, latest first.</summary>
    public IReadOnlyList<Release> Others { get; private set; } = [];

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
        return Page();
    }
}
