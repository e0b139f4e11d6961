using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Screening;

namespace PublicationGate.Submissions;

/// <summary>Writes the verdict of an item into the submissions that are screened as it.</summary>
internal sealed class DecidedSubmissions : INotificationHandler<ItemDecided>
{
    public async Task Handle(ItemDecided decided, CancellationToken cancellationToken)
    {
        foreach (var submission in await decided.Db.Submissions.Where(submission => submission.QueueItemId == decided.Item.Id).ToListAsync(cancellationToken))
        {
            (submission.VerdictId, submission.Outcome) = (decided.Verdict.Id, decided.Verdict.Outcome);
            (submission.Channel, submission.Activity) = (decided.Verdict.Facts.Declaration.Channel, decided.Verdict.Facts.Declaration.Activity);
        }
    }
}
