using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Pages.Submitting;
using PublicationGate.App.Reviewing;
using PublicationGate.Rules;

namespace PublicationGate.App.Pages;

/// <summary>Photos that were submitted together, with what became of each.</summary>
internal sealed class SubmittedAlbumModel(SubmissionViews views) : GatePage
{
    private const int Most = 100;

    public IReadOnlyList<SubmissionView> Photos { get; private set; } = [];

    public int Count(Outcome outcome) => Photos.Count(photo => photo.Submission.Outcome == outcome);

    public async Task<IActionResult> OnGetAsync(string id)
    {
        Photos = await views.OfAlbumAsync(id, Viewers.Of(Me), Most, Gone);
        return Photos.Count == 0 ? NotFound() : Page();
    }
}
