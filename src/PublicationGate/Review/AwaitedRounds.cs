using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Review;

/// <summary>Has photos screened anew that were not approved under a round whose result is in, or has changed.</summary>
internal sealed class AwaitedRounds(ScreeningQueue queue, IMediator mediator) : INotificationHandler<RoundDecided>
{
    public async Task Handle(RoundDecided decided, CancellationToken cancellationToken)
    {
        var db = decided.Db;
        var channel = (await db.Rounds.AsNoTracking().SingleAsync(round => round.Id == decided.RoundId, cancellationToken)).Channel;
        var waiting = await (from submission in db.Submissions where submission.Channel == channel && submission.Outcome != null && submission.Outcome != Outcome.Approved
                             join item in db.QueueItems on submission.QueueItemId equals item.Id select new { submission, item }).ToListAsync(cancellationToken);
        foreach (var one in waiting)
        {
            var photo = QueuedPhoto.Read(one.item.Photo);
            if (photo.Declaration.Round == decided.RoundId)
            {
                var next = await queue.AddAsync(db, one.item.ContentSha256, photo, one.item.ProtocolVersion, one.item.Store, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await Submission.MoveAllAsync(db, next.Id, next.Id, cancellationToken);
                one.submission.Move(next.Id);
                await mediator.Publish(new SubmissionMoved(db, one.submission), cancellationToken);
            }
        }
    }
}
