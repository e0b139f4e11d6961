using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Publishing;

/// <summary>
/// Keeps releases as verdicts have it, in the transaction of the verdict: an approval releases, anything else withdraws. Registered after
/// <see cref="DecidedSubmissions"/>.
/// </summary>
internal sealed class Releases(AuditTrail audit, ReleaseEvents events, TimeProvider time) : INotificationHandler<ItemDecided>
{
    public async Task Handle(ItemDecided decided, CancellationToken cancellationToken)
    {
        var (db, verdict) = (decided.Db, decided.Verdict);
        var submissions = await db.Submissions.Where(submission => submission.QueueItemId == decided.Item.Id).Select(submission => submission.Id).ToListAsync(cancellationToken);
        var standing = await db.Releases.Where(release => submissions.Contains(release.SubmissionId) && release.WithdrawnAt == null).ToListAsync(cancellationToken);
        var withdrawn = standing.Where(release => verdict.Outcome != Outcome.Approved || release.VerdictId != verdict.Id).ToList();
        foreach (var release in withdrawn)
        {
            release.WithdrawnAt = time.GetUtcNow();
            await audit.AppendAsync(db, AuditKinds.ReleaseWithdrawn, release.Id, new Dictionary<string, string> { ["submission"] = release.SubmissionId, ["verdict"] = verdict.Id }, cancellationToken);
        }

        await events.WithdrawnAsync(db, [.. withdrawn.Select(release => release.Id)], cancellationToken);
        foreach (var id in verdict.Outcome == Outcome.Approved ? submissions.Except(standing.Where(release => release.WithdrawnAt is null).Select(release => release.SubmissionId)) : [])
        {
            var release = new Release
            {
                Id = Submission.NewId(time.GetUtcNow()), SubmissionId = id, VerdictId = verdict.Id, ContentSha256 = verdict.Facts.ContentSha256!,
                Channel = verdict.Facts.Declaration.Channel, ReleasedAt = time.GetUtcNow(),
            };
            db.Releases.Add(release);
            events.Released(db, release);
            await audit.AppendAsync(db, AuditKinds.Released, release.Id, new Dictionary<string, string> { ["submission"] = id, ["verdict"] = verdict.Id, ["channel"] = release.Channel }, cancellationToken);
        }
    }
}
