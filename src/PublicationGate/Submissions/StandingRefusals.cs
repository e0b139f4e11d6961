using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Submissions;

/// <summary>A photo was submitted that a reviewer refused before; that refusal stands for this submission too. Published in the transaction of the submission.</summary>
/// <param name="Db">The context of that transaction.</param>
/// <param name="Submission">The new submission.</param>
/// <param name="Refusal">What was said of the same photo before.</param>
/// <param name="Before">The photo without it.</param>
public sealed record RefusalCarriedOver(GateDb Db, Submission Submission, ReviewRefusal Refusal, QueuedPhoto Before) : INotification;

internal static class StandingRefusals
{
    // The latest refusal of the same bytes that nobody took back; null for none.
    public static async Task<ReviewRefusal?> FindAsync(GateDb db, string contentSha256, CancellationToken cancellationToken)
    {
        if (contentSha256.Length == 0)
        {
            return null;
        }

        var photos = await (
            from item in db.QueueItems.AsNoTracking()
            where item.ContentSha256 == contentSha256
            join submission in db.Submissions on item.Id equals submission.QueueItemId
            orderby submission.Id descending
            select item.Photo).ToListAsync(cancellationToken);
        return photos.Distinct().Select(photo => QueuedPhoto.Read(photo).Review?.Refusal).FirstOrDefault(refusal => refusal is not null);
    }
}
