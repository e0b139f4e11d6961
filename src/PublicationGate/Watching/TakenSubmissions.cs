using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Confirmations;
using PublicationGate.Data;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Watching;

/// <summary>Keeps the submission of each taken file, so that people see and review what came from folders as they do what was uploaded.</summary>
internal static class TakenSubmissions
{
    /// <summary>Adds the submission of a file, or has the one that it has screened as its item of now. In the transaction of the context; the file is saved already.</summary>
    /// <returns>The submission where it is new; null for one that was there.</returns>
    public static async Task<Submission?> FollowAsync(GateDb db, TakenFile file, QueueItem item, WatchParts watch, CancellationToken cancellationToken)
    {
        var (declaration, now) = (QueuedPhoto.Read(item.Photo).Declaration, watch.Time.GetUtcNow());
        var known = await db.Submissions.SingleOrDefaultAsync(submission => submission.TakenFileId == file.Id, cancellationToken);
        var id = known?.Id ?? Submission.NewId(now);
        await new ConfirmationBook(watch.Audit, watch.Time).OfPhotoAsync(db, id, null, declaration.Confirms, watch.Protocol.Version, cancellationToken);
        if (known is null)
        {
            known = new Submission
            {
                Id = id, SubmittedAt = now, Source = SubmissionSource.Folder, AlbumId = AlbumOf(file), FileName = Path.GetFileName(file.Name), ContentSha256 = file.ContentSha256,
                Channel = declaration.Channel, Activity = declaration.Activity, QueueItemId = item.Id, TakenFileId = file.Id,
            };
            db.Submissions.Add(known);
            return known;
        }

        known.Move(item.Id);
        (known.Channel, known.Activity) = (declaration.Channel, declaration.Activity);
        return null;
    }

    // Photos of one folder are an album.
    private static string AlbumOf(TakenFile file) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetDirectoryName(Path.Combine(file.Inbox, file.Name))!)))[..32];
}
