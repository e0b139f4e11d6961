using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Reviewing;

/// <summary>A submission with all that a person needs to decide about it.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="Found">Its verdict; null while there is none, or where its evidence was erased or cannot be read.</param>
/// <param name="Acts">What people did about it, latest first.</param>
/// <param name="Submitter">Name of who submitted it; null for a folder.</param>
internal sealed record ReviewedPhoto(Submission Submission, FoundVerdict? Found, IReadOnlyList<ToldAct> Acts, string? Submitter)
{
    /// <summary>What was judged.</summary>
    public PhotoFacts? Facts => Found?.Verdict.Facts;

    /// <summary>The places that can be spoken of.</summary>
    public IReadOnlyList<PhotoRegion> Regions { get; } = Found is { } found ? PhotoRegion.Of(found.Verdict.Facts) : [];

    /// <summary>The act that would be taken back now; null for none.</summary>
    public ToldAct? Undoable => Acts.FirstOrDefault(act => !act.IsUndone);
}

/// <summary>One act as people read it.</summary>
internal sealed record ToldAct(long Id, DateTimeOffset At, string By, ReviewActKind Kind, string? Words, bool IsUndone);

/// <summary>Looks submissions up for those who review them.</summary>
internal sealed class ReviewedPhotos(GateDb db, VerdictStore verdicts, RuleList rules, TimeProvider time)
{
    /// <summary>How many grounds are offered.</summary>
    private const int RecentGrounds = 12;

    /// <summary>A submission; null when there is none of this id that the viewer may see.</summary>
    public async Task<ReviewedPhoto?> FindAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (await viewer.Of(db.Submissions.AsNoTracking()).SingleOrDefaultAsync(submission => submission.Id == id, cancellationToken) is not { } submission)
        {
            return null;
        }

        var submitter = submission.SubmitterId is { } by ? await db.Accounts.Where(account => account.Id == by).Select(account => account.UserName).SingleOrDefaultAsync(cancellationToken) : null;
        return new(submission, await VerdictOfAsync(submission, cancellationToken), await ActsOfAsync(id, cancellationToken), submitter);
    }

    /// <summary>What people did about a submission, latest first.</summary>
    public async Task<IReadOnlyList<ToldAct>> ActsOfAsync(string id, CancellationToken cancellationToken) => await (
        from act in db.ReviewActs
        where act.SubmissionId == id
        join account in db.Accounts on act.AccountId equals account.Id into accounts
        from account in accounts.DefaultIfEmpty()
        orderby act.Id descending
        select new ToldAct(act.Id, act.At, account == null ? act.AccountId : account.UserName!, act.Kind, act.Words, act.IsUndone)).ToListAsync(cancellationToken);

    /// <summary>The photo after one, or before it, among those that wait for a reviewer; null when there is no other.</summary>
    public async Task<string?> NeighbourAsync(HeldFilter filter, string id, bool isNext, CancellationToken cancellationToken)
    {
        var waiting = filter.Of(db.Submissions, time.GetUtcNow()).Where(submission => submission.Turn == SubmissionTurn.Reviewer).Select(submission => submission.Id);
        return isNext
            ? await waiting.Where(other => other.CompareTo(id) > 0).OrderBy(other => other).FirstOrDefaultAsync(cancellationToken) ?? await waiting.Where(other => other != id).OrderBy(other => other).FirstOrDefaultAsync(cancellationToken)
            : await waiting.Where(other => other.CompareTo(id) < 0).OrderByDescending(other => other).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The grounds that were given lately, latest first, each once.</summary>
    public async Task<IReadOnlyList<string>> RecentGroundsAsync(ReviewActKind kind, CancellationToken cancellationToken)
    {
        var words = await db.ReviewActs.Where(act => act.Kind == kind && act.Words != null).OrderByDescending(act => act.Id).Take(RecentGrounds * 8).Select(act => act.Words!).ToListAsync(cancellationToken);
        return [.. words.Distinct().Take(RecentGrounds)];
    }

    /// <summary>The verdict on a photo clause by clause; null without one.</summary>
    public async Task<Explanation?> ExplainAsync(ReviewedPhoto photo, CancellationToken cancellationToken)
    {
        try
        {
            return photo.Found is { Verdict: var verdict } ? Explanation.Of(verdict, await verdicts.ProtocolOfAsync(verdict, cancellationToken), rules) : null;
        }
        catch (UnreadableVerdictException)
        {
            return null;
        }
    }

    private async Task<FoundVerdict?> VerdictOfAsync(Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            return submission.VerdictId is { } id ? await verdicts.FindAsync(id, cancellationToken) : null;
        }
        catch (UnreadableVerdictException)
        {
            return null;
        }
    }
}
