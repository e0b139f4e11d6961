using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>A submission as its submitter sees it.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="Verdict">Its verdict; null while there is none, or when its evidence is not there any more.</param>
internal sealed record SubmissionView(Submission Submission, Verdict? Verdict)
{
    /// <summary>Why there is nothing to show of a verdict that was made: erased, or damaged; null for nothing.</summary>
    public Text? Lacks { get; init; }

    /// <summary>It waits for its verdict.</summary>
    public bool IsWaiting => Submission.VerdictId is null;

    /// <summary>The photo with what was counted in it; null when there is no picture to show.</summary>
    public Overlay? Overlay => Verdict is { Facts: var facts } ? Overlay.Of(facts, PictureOf(Submission.Id)) : null;

    /// <summary>Findings that still stand: those that a reviewer did not settle.</summary>
    public bool IsSettled(Finding finding) => Verdict?.Facts.Review?.Settles(finding) == true;

    /// <summary>Address of the picture of a submission, for who may see it.</summary>
    public static string PictureOf(string id) => $"/photos/{id}/preview?size=1200";

    /// <summary>Address of a small picture.</summary>
    public static string ThumbnailOf(string id) => $"/photos/{id}/preview?size=160";
}

/// <summary>Finds submissions with their verdicts, for those who may see them.</summary>
internal sealed class SubmissionViews(GateDb db, VerdictStore verdicts, RuleList rules)
{
    /// <summary>One submission; null when there is none of this id, or none for this viewer.</summary>
    public async Task<SubmissionView?> FindAsync(string id, Viewer viewer, CancellationToken cancellationToken) =>
        await viewer.Of(db.Submissions.AsNoTracking()).SingleOrDefaultAsync(submission => submission.Id == id, cancellationToken) is { } found ? await ViewAsync(found, cancellationToken) : null;

    /// <summary>The photos that were submitted together, first come first.</summary>
    public async Task<IReadOnlyList<SubmissionView>> OfAlbumAsync(string album, Viewer viewer, int most, CancellationToken cancellationToken)
    {
        var views = new List<SubmissionView>();
        foreach (var submission in await viewer.Of(db.Submissions.AsNoTracking()).Where(one => one.AlbumId == album).OrderBy(one => one.Id).Take(most).ToListAsync(cancellationToken))
        {
            views.Add(await ViewAsync(submission, cancellationToken));
        }

        return views;
    }

    /// <summary>A verdict clause by clause, with what would change it; null when the protocol that it names is not kept any more.</summary>
    public async Task<Explanation?> ExplainAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        try
        {
            return Explanation.Of(verdict, await verdicts.ProtocolOfAsync(verdict, cancellationToken), rules);
        }
        catch (UnreadableVerdictException)
        {
            return null;
        }
    }

    private async Task<SubmissionView> ViewAsync(Submission submission, CancellationToken cancellationToken)
    {
        if (submission.VerdictId is not { } verdictId)
        {
            return new(submission, null);
        }

        try
        {
            return await verdicts.FindAsync(verdictId, cancellationToken) is not { } found
                ? new(submission, null) { Lacks = Texts.Get("submission.erased") }
                : new(submission, found.Verdict) { Lacks = found.IsIntact ? null : Texts.Get("submission.changed") };
        }
        catch (UnreadableVerdictException)
        {
            return new(submission, null) { Lacks = Texts.Get("submission.changed") };
        }
    }
}
