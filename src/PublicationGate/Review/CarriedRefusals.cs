using MediatR;
using PublicationGate.Audit;
using PublicationGate.Submissions;

namespace PublicationGate.Review;

// A refusal that stands for another submission of the same photo is an act there too, so that it can be read and taken back there.
internal sealed class CarriedRefusals(AuditTrail audit, TimeProvider time) : INotificationHandler<RefusalCarriedOver>
{
    public async Task Handle(RefusalCarriedOver carried, CancellationToken cancellationToken)
    {
        var (db, submission, refusal) = (carried.Db, carried.Submission, carried.Refusal);
        var act = new ReviewAct
        {
            SubmissionId = submission.Id, At = time.GetUtcNow(), AccountId = refusal.By, Kind = ReviewActKind.Refuse, Words = refusal.Ground, Before = carried.Before.Write(), TurnBefore = SubmissionTurn.Reviewer,
        };
        db.ReviewActs.Add(act);
        await db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(db, AuditKinds.Reviewed, submission.Id, ActTrail.Of(act, submission.QueueItemId, null, null), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
