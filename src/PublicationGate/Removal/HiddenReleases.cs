using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Publishing;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Removal;

/// <summary>Follows releases that were hidden: puts that on record, and has their photos screened anew. Finds them by looking, so that a crash loses none.</summary>
/// <param name="db">A context without changes.</param>
/// <param name="queue">Where photos wait.</param>
/// <param name="verdicts">The evidence that they were released on.</param>
/// <param name="audit">What is told of.</param>
/// <param name="time">The clock.</param>
/// <param name="mediator">Tells of what is withdrawn, and of submissions that move.</param>
public sealed class HiddenReleases(GateDb db, ScreeningQueue queue, VerdictStore verdicts, AuditTrail audit, TimeProvider time, IMediator mediator)
{
    private const int MostAtOnce = 50;

    /// <summary>Follows what was hidden, oldest first, at most so many at once.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        if (!await db.TakeDowns.AnyAsync(row => row.FollowedAt == null, cancellationToken))
        {
            return 0;
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var hidden = await db.TakeDowns.Where(row => row.FollowedAt == null).OrderBy(row => row.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (var takeDown in hidden)
        {
            await FollowAsync(takeDown, cancellationToken);
            takeDown.FollowedAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        queue.Added.Raise();
        return hidden.Count;
    }

    private async Task FollowAsync(TakeDown takeDown, CancellationToken cancellationToken)
    {
        // Erased meanwhile: nothing is left to screen, but what was posted must still be taken down.
        if (await db.Releases.SingleOrDefaultAsync(release => release.Id == takeDown.ReleaseId, cancellationToken) is not { } release)
        {
            return;
        }

#pragma warning disable CA1308 // Words of the trail are lower case.
        var details = new Dictionary<string, string> { ["submission"] = release.SubmissionId, ["verdict"] = release.VerdictId, ["why"] = takeDown.Why.ToString().ToLowerInvariant() };
#pragma warning restore CA1308
        await audit.AppendAsync(db, AuditKinds.ReleaseWithdrawn, release.Id, details, cancellationToken);
        await StandingReleases.ForgetAsync(db, release, cancellationToken);
        await mediator.Publish(new ReleaseWithdrawn(db, release), cancellationToken);
        // One that moved on already has another verdict, or will have one.
        var submission = await db.Submissions.SingleOrDefaultAsync(submission => submission.Id == release.SubmissionId, cancellationToken);
        if (submission?.VerdictId == release.VerdictId)
        {
            await ScreenAnewAsync(submission!, cancellationToken);
        }
    }

    private async Task ScreenAnewAsync(Submission submission, CancellationToken cancellationToken)
    {
        var item = await db.QueueItems.AsNoTracking().SingleAsync(item => item.Id == submission.QueueItemId, cancellationToken);
        var photo = PinnedPeople.Of(QueuedPhoto.Read(item.Photo), await EvidenceAsync(submission.VerdictId!, cancellationToken));
        // Under the protocol of the item: where that changed since, what waits is carried over.
        var next = await queue.AddAsync(db, item.ContentSha256, photo, item.ProtocolVersion, item.Store, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Submission.MoveAllAsync(db, next.Id, next.Id, cancellationToken);
        submission.Move(next.Id);
        await mediator.Publish(new SubmissionMoved(db, submission), cancellationToken);
    }

    // Null when it is gone, erased, or was changed behind the gate's back.
    private async Task<Verdict?> EvidenceAsync(string verdictId, CancellationToken cancellationToken)
    {
        try
        {
            return await verdicts.FindAsync(verdictId, cancellationToken) is { IsIntact: true } found ? found.Verdict : null;
        }
        catch (UnreadableVerdictException)
        {
            return null;
        }
    }
}
