using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Confirmations;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Review;

/// <summary>
/// Takes one step of a review: what follows from it for the photo is found out by screening it anew, with what the reviewer said among the facts. Until
/// then nothing of it is released.
/// </summary>
/// <param name="SubmissionId">The submission.</param>
/// <param name="AccountId">Who takes the step; that they may is the caller's to know.</param>
/// <param name="SeenVerdictId">Id of the verdict that they looked at: a step about another one is refused. Null for a step that depends on none.</param>
/// <param name="Step">What they do.</param>
/// <returns>The submission as it is now, perhaps before its new verdict; null when there is none of this id.</returns>
/// <exception cref="ReviewRefusedException">It cannot be done; nothing was changed.</exception>
public sealed record ReviewSubmission(string SubmissionId, string AccountId, string? SeenVerdictId, ReviewStep Step) : IRequest<Submission?>
{
    /// <summary>
    /// True when another person could approve it; then nobody releases what they submitted themselves, by approving it, by marking faces or by taking
    /// back what another did, unless <see cref="ReviewOptions.AllowsOwn"/>.
    /// </summary>
    public bool OthersCouldApprove { get; init; }
}

internal sealed class ReviewSubmissionHandler(
    GateDb db, ScreeningQueue queue, VerdictStore verdicts, AuditTrail audit, ConfirmationBook confirmations, Protocol protocol, ReviewOptions options, TimeProvider time, IMediator mediator) : IRequestHandler<ReviewSubmission, Submission?>
{
    public async Task<Submission?> Handle(ReviewSubmission request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var submission = await db.Submissions.SingleOrDefaultAsync(submission => submission.Id == request.SubmissionId, cancellationToken);
        if (submission is null)
        {
            return null;
        }

        var item = await db.QueueItems.AsNoTracking().SingleAsync(item => item.Id == submission.QueueItemId, cancellationToken);
        ReviewChecks.Check(request, submission, QueuedPhoto.Read(item.Photo), options);
        var (photo, turn) = await AfterAsync(request, submission, QueuedPhoto.Read(item.Photo), cancellationToken);
        var act = new ReviewAct
        {
            SubmissionId = submission.Id, At = time.GetUtcNow(), AccountId = request.AccountId, Kind = request.Step.Kind, Words = request.Step.Words?.Trim(), Before = item.Photo, TurnBefore = submission.Turn,
            IsUndone = request.Step is ReviewStep.Undo,
        };
        db.ReviewActs.Add(act);
        await db.SaveChangesAsync(cancellationToken);
        if (photo is not null)
        {
            await ScreenAnewAsync(submission, item, photo, cancellationToken);
        }

        if (request.Step is ReviewStep.Declare declared)
        {
            await confirmations.OfPhotoAsync(db, submission.Id, request.AccountId, declared.Declaration.Confirms, protocol.Version, cancellationToken);
        }

        submission.Turn = turn;
        await audit.AppendAsync(db, AuditKinds.Reviewed, submission.Id, ActTrail.Of(act, submission.QueueItemId, request.SeenVerdictId, (request.Step as ReviewStep.Mark)?.Marks), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Added.Raise();
        return submission;
    }

    // What the photo is screened as from now on, null for as before; and whose turn it is.
    private async Task<(QueuedPhoto? Photo, SubmissionTurn Turn)> AfterAsync(ReviewSubmission request, Submission submission, QueuedPhoto photo, CancellationToken cancellationToken)
    {
        var (review, by) = (photo.Review ?? new(), request.AccountId);
        return request.Step switch
        {
            ReviewStep.Approve step => (photo with { Review = review with { Approval = new(by, step.Ground.Trim(), await HeldByAsync(submission, cancellationToken)), Refusal = null } }, SubmissionTurn.Reviewer),
            ReviewStep.Refuse step => (photo with { Review = review with { Refusal = new(by, step.Ground.Trim()), Approval = null } }, SubmissionTurn.Reviewer),
            ReviewStep.Mark step => (photo with { Declaration = step.Declared ?? photo.Declaration, Review = review with { Marks = step.Marks, Approval = null } }, submission.Turn),
            // Who says something else of it answers for the mistakes in what was said before.
            ReviewStep.Declare step => (photo.WithoutApproval() with { Declaration = step.Declaration, Mistakes = [] }, SubmissionTurn.Reviewer),
            ReviewStep.Again => (photo.WithoutApproval(), SubmissionTurn.Reviewer),
            ReviewStep.Channel step => (photo.WithoutApproval() with { Declaration = photo.Declaration with { Channel = step.To } }, SubmissionTurn.Reviewer),
            ReviewStep.Ask => (null, SubmissionTurn.Submitter),
            ReviewStep.Answer => (null, SubmissionTurn.Reviewer),
            _ => await UndoneAsync(request, submission, photo, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<string>> HeldByAsync(Submission submission, CancellationToken cancellationToken)
    {
        var found = await verdicts.FindAsync(submission.VerdictId!, cancellationToken);
        return found switch
        {
            null or { IsIntact: false } => throw new ReviewRefusedException("verdict-damaged"),
            { Verdict.Facts.IsLookedUp: false } => throw new ReviewRefusedException("not-looked-up"),
            _ when found.Verdict.Findings.Any(finding => finding.Rule == ReviewFacts.AnsweredByParents) => throw new ReviewRefusedException("parents-answer"),
            _ => [.. found.Verdict.Findings.Select(finding => finding.Key)],
        };
    }

    private async Task<(QueuedPhoto?, SubmissionTurn)> UndoneAsync(ReviewSubmission request, Submission submission, QueuedPhoto photo, CancellationToken cancellationToken)
    {
        var last = await db.ReviewActs.Where(act => act.SubmissionId == submission.Id && !act.IsUndone).OrderByDescending(act => act.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new ReviewRefusedException("nothing-to-undo");
        ReviewChecks.CheckUndo(request, submission, last, options);
        var (before, isCurrent) = (QueuedPhoto.Read(last.Before), await ActTrail.ItemOfAsync(db, last, cancellationToken) == $"item-{submission.QueueItemId}");
        if (!isCurrent && last.Kind != ReviewActKind.Refuse)
        {
            throw new ReviewRefusedException("changed-meanwhile");
        }

        last.IsUndone = true;
        // A refusal outlasts what is declared after it, so it is taken back from the photo of now.
        var restored = isCurrent ? before : photo with { Review = (photo.Review ?? new()) with { Refusal = before.Review?.Refusal } };
        var isOwnApproval = restored.Review?.Approval?.By == request.AccountId && !ReviewChecks.IsOwn(request, submission, options);
        return (last.Kind is ReviewActKind.Ask or ReviewActKind.Answer ? null : isOwnApproval ? restored : restored.WithoutApproval(), last.TurnBefore);
    }

    private async Task ScreenAnewAsync(Submission submission, QueueItem item, QueuedPhoto photo, CancellationToken cancellationToken)
    {
        var next = await queue.AddAsync(db, item.ContentSha256, photo, protocol.Version, item.Store, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        // Others that are screened as the same: they get the new verdict too.
        await Submission.MoveAllAsync(db, next.Id, next.Id, cancellationToken);
        submission.Move(next.Id);
        (submission.Channel, submission.Activity) = (photo.Declaration.Channel, photo.Declaration.Activity);
        await mediator.Publish(new SubmissionMoved(db, submission), cancellationToken);
    }
}
