using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Removal.Requests;

/// <summary>
/// Lets back what a request hid, such as by mischief: its pictures are no longer kept away for it, and are screened anew under the consent of today. What passes is
/// released again by itself; what another family wants gone stays away.
/// </summary>
/// <param name="Id">Number of the request.</param>
/// <param name="Ground">Why; who asked reads it.</param>
/// <param name="By">Id of the account.</param>
/// <returns>The request; null when nothing is hidden for one of this number.</returns>
/// <exception cref="RemovalRefusedException">There is no ground, or it is somebody else's to decide; nothing was changed.</exception>
public sealed record RestoreRequest(long Id, string Ground, string By) : IRequest<RemovalRequest?>
{
    /// <summary>True when another person could restore it; then nobody restores what they submitted themselves, unless <see cref="ReviewOptions.AllowsOwn"/>.</summary>
    public bool OthersCould { get; init; }
}

internal sealed class RestoreRequestHandler(GateDb db, ScreeningQueue queue, AuditTrail audit, ReviewOptions options, TimeProvider time, IMediator mediator) : IRequestHandler<RestoreRequest, RemovalRequest?>
{
    public async Task<RemovalRequest?> Handle(RestoreRequest request, CancellationToken cancellationToken)
    {
        var ground = RemovalRefusedException.GroundOf(request.Ground);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.RemovalRequests.SingleOrDefaultAsync(row => row.Id == request.Id && row.HiddenAt != null && row.State != RequestState.Restored, cancellationToken) is not { } row)
        {
            return null;
        }

        var releases = await db.RequestedReleases.Where(one => one.RequestId == row.Id && one.HiddenAt != null).Select(one => one.ReleaseId).ToListAsync(cancellationToken);
        var submissions = await db.Submissions.Where(submission => db.Releases.Any(release => releases.Contains(release.Id) && release.SubmissionId == submission.Id)).ToListAsync(cancellationToken);
        if (request.OthersCould && !options.AllowsOwn && submissions.Exists(submission => submission.SubmitterId == request.By))
        {
            throw new RemovalRefusedException(Texts.Get("request.own-photo"));
        }

        await LiftAsync(row, ground, request.By, cancellationToken);
        // One that nobody followed yet is screened anew by that, which then ends its take-down too.
        var followedLater = await db.TakeDowns.Where(takeDown => takeDown.FollowedAt == null && releases.Contains(takeDown.ReleaseId)).Select(takeDown => takeDown.SubmissionId).ToListAsync(cancellationToken);
        foreach (var submission in submissions.Where(submission => !followedLater.Contains(submission.Id)))
        {
            await ScreenAnewAsync(submission, cancellationToken);
        }

        await RequestClosing.CloseAsync(db, audit, row, RequestState.Restored, request.By, ground, time.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Added.Raise();
        return row;
    }

    private async Task LiftAsync(RemovalRequest row, string ground, string by, CancellationToken cancellationToken)
    {
        var name = row.Name;
        foreach (var picture in await db.TakenBackPictures.Where(picture => picture.By == name && picture.LiftedAt == null).ToListAsync(cancellationToken))
        {
            picture.Lift(time.GetUtcNow(), ground, by);
            await audit.AppendAsync(db, AuditKinds.PictureLifted, $"taken-back-{picture.Id}", new Dictionary<string, string> { ["by"] = by }, cancellationToken);
        }
    }

    // As it was screened when it was hidden.
    private async Task ScreenAnewAsync(Submission submission, CancellationToken cancellationToken)
    {
        var item = await db.QueueItems.AsNoTracking().SingleAsync(item => item.Id == submission.QueueItemId, cancellationToken);
        var next = await queue.AddAsync(db, item.ContentSha256, QueuedPhoto.Read(item.Photo), item.ProtocolVersion, item.Store, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Submission.MoveAllAsync(db, next.Id, next.Id, cancellationToken);
        submission.Move(next.Id);
        await mediator.Publish(new SubmissionMoved(db, submission), cancellationToken);
    }
}
