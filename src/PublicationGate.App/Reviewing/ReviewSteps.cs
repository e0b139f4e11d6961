using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Reviewing;

/// <summary>Takes steps of a review as the pages offer them.</summary>
internal sealed class ReviewSteps(
    GateDb db, IMediator mediator, ScreeningQueue queue, VerdictStore verdicts, IContentStore store, ReleaseCopies copies, ConsentRegister register, ProtocolInUse protocol, TimeProvider time)
{
    // What was seen in the photo is kept, so that judging it anew takes some hundredths of a second.
    private static readonly TimeSpan ForItsVerdict = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ForItsLastCheck = TimeSpan.FromMilliseconds(50);

    /// <summary>As <see cref="SendAsync"/>, and waits a moment for what follows from it.</summary>
    /// <returns>The submission with its new verdict, or without one yet; null when it is gone.</returns>
    /// <exception cref="ReviewRefusedException">It cannot be done; nothing was changed.</exception>
    /// <exception cref="StillRecognisableException">It cannot be approved, since somebody would be recognised; nothing was changed.</exception>
    public async Task<Submission?> TakeAsync(Account by, string submissionId, string? seen, ReviewStep step, CancellationToken cancellationToken)
    {
        if (await SendAsync(by, submissionId, seen, step, cancellationToken) is not { } taken)
        {
            return null;
        }

        await queue.Decisions.WaitAsync(taken.QueueItemId, step is ReviewStep.Approve or ReviewStep.Refuse ? ForItsLastCheck : ForItsVerdict, cancellationToken);
        return await db.Submissions.AsNoTracking().SingleOrDefaultAsync(submission => submission.Id == submissionId, cancellationToken);
    }

    /// <summary>Takes a step.</summary>
    /// <param name="by">Who takes it; that they may is the access table's to say.</param>
    /// <param name="submissionId">The submission.</param>
    /// <param name="seen">Id of the verdict that they looked at; null for a step that depends on none.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The submission, perhaps before its new verdict; null when there is none of this id.</returns>
    /// <exception cref="ReviewRefusedException">It cannot be done; nothing was changed.</exception>
    /// <exception cref="StillRecognisableException">It cannot be approved, since somebody would be recognised; nothing was changed.</exception>
    public async Task<Submission?> SendAsync(Account by, string submissionId, string? seen, ReviewStep step, CancellationToken cancellationToken)
    {
        if (step is ReviewStep.Approve)
        {
            await CheckCopyAsync(submissionId, cancellationToken);
        }

        var request = new ReviewSubmission(submissionId, by.Id, seen, step) { OthersCouldApprove = step is ReviewStep.Approve or ReviewStep.Mark or ReviewStep.Undo && await Viewers.OthersCouldApproveAsync(db, by.Id, cancellationToken) };
        return await mediator.Send(request, cancellationToken);
    }

    /// <summary>What is declared when a pupil is made unrecognisable: all others.</summary>
    /// <param name="declared">As it is declared now.</param>
    /// <param name="pupil">Register key of the pupil.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<Declaration> WithoutAsync(Declaration declared, string pupil, CancellationToken cancellationToken)
    {
        if (declared.People is not { Count: > 0 } people)
        {
            return declared with { Absent = [.. declared.Absent, pupil] };
        }

        var others = new List<string>();
        foreach (var entry in people)
        {
            var meant = await register.LookUpAsync(declared with { People = [entry], AdultNames = [] }, protocol.Current.ConsentTerms(), time.GetUtcNow(), cancellationToken);
            if (!meant.Pupils.Any(one => one.Key == pupil))
            {
                others.Add(entry);
            }
        }

        // With a group and no people the whole group would be declared.
        return others.Count > 0
            ? declared with { People = others }
            : declared with { People = null, Group = null, Absent = [], NobodyRecognisable = declared.AdultCount == 0 && declared.AdultNames.Count == 0 };
    }

    // Before the approval, so that nothing is approved of which there can be no copy.
    private async Task CheckCopyAsync(string submissionId, CancellationToken cancellationToken)
    {
        var verdictId = await db.Submissions.Where(submission => submission.Id == submissionId).Select(submission => submission.VerdictId).SingleOrDefaultAsync(cancellationToken);
        if (verdictId is null || await verdicts.FindAsync(verdictId, cancellationToken) is not { Verdict: { Facts: { ContentSha256: { } content, Review.Concealed.Count: > 0 } } verdict })
        {
            return;
        }

        using var file = await store.ReadAsync(content, verdict.Facts.FileName, cancellationToken);
        try
        {
            await Task.Run(() => copies.Of(file.Content, verdict, new CleanCopyOptions(), cancellationToken), cancellationToken);
        }
        catch (UnreadableImageException)
        {
            throw new ReviewRefusedException("not-looked-up");
        }
    }
}
