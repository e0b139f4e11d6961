using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Uploads;

/// <summary>Takes in what somebody uploads, by the API or by the page: reads it, stores it, submits it. All of it or, when it is refused or breaks off, nothing.</summary>
internal sealed class PhotoUpload(
    UploadReader reader, RememberedUploads remembered, AbandonedPhotos abandoned, GateDb db, ScreeningQueue queue, IContentStore store, SubmissionOptions submissions, UploadOptions options,
    IMediator mediator, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Takes in the upload of a request. A full queue, or an account that sent enough for a day, is refused before the photos are read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="account">Who sends it.</param>
    /// <param name="source">The entrance.</param>
    /// <param name="isForm">It is a form of a page, whose token is its first field; the page itself must not have checked it, since that reads all of it.</param>
    /// <param name="declare">Reads what the fields beside the photos declare; null where they are those of a declaration.</param>
    /// <param name="album">Id of the album that a page sends photo by photo, 32 hexadecimal digits: the same photo in it again is the same submission. Null for an album of this upload.</param>
    /// <returns>The submissions, in the order of the photos, of one album; wait for their verdicts with <see cref="DecisionAsync"/>.</returns>
    /// <exception cref="UploadRefusedException">It cannot be taken in; nothing was kept.</exception>
    public async Task<IReadOnlyList<Submission>> TakeInAsync(HttpContext context, Account account, SubmissionSource source, bool isForm = false, Func<UploadFields, Task<Declaration>>? declare = null, string? album = null)
    {
        var photos = new List<UploadedPhoto>();
        var submitted = new List<string>();
        var key = RememberedUploads.KeyOf(context.Request);
        await abandoned.EnterAsync(context.RequestAborted);
        try
        {
            await CheckRoomAsync(account, 1, context.RequestAborted);
            await CheckAlbumAsync(account, album, context.RequestAborted);
            var upload = await reader.ReadAsync(context, isForm, photos.Add, declare);
            await CheckRoomAsync(account, upload.Photos.Count, context.RequestAborted);
            if (key is not null)
            {
                return await remembered.OnceAsync(account.Id, key, upload, SubmitAsync);
            }

            var together = album ?? (upload.Photos.Count > 1 ? Submission.NewId(time.GetUtcNow()) : null);
            var submissions = new List<Submission>();
            foreach (var photo in upload.Photos)
            {
                submissions.Add(await SubmitAsync(photo, together));
            }

            return submissions;

            async Task<Submission> SubmitAsync(UploadedPhoto photo, string? inAlbum)
            {
                // From here on it is kept, whether or not the sender hears of it.
                var submission = await SentBeforeAsync(photo, upload.Declaration, account, album)
                    ?? await mediator.Send(new SubmitPhoto(photo.Content, photo.FileName, upload.Declaration, source, account.Id, inAlbum), CancellationToken.None);
                submitted.Add(submission.ContentSha256);
                return submission;
            }
        }
        catch (QueueFullException full)
        {
            throw Refused(full);
        }
        catch (ContentStoreException)
        {
            throw new UploadRefusedException(StatusCodes.Status503ServiceUnavailable, "not-ready") { RetryAfter = QueueFullException.RetryAfter };
        }
        finally
        {
            await abandoned.LeaveAsync(photos.Select(photo => photo.Content).Where(content => !submitted.Contains(content.Sha256!)));
        }
    }

    /// <summary>Waits for the verdict of a submission, as long as its sender is to wait; not longer than the service runs.</summary>
    /// <returns>The submission as it is then, with or without a verdict.</returns>
    public async Task<Submission> DecisionAsync(Submission submission, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await queue.Decisions.WaitAsync(submission.QueueItemId, options.LongestWait, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The sender asks again after the next start.
        }

        return await db.Submissions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == submission.Id, cancellationToken) ?? submission;
    }

    private static UploadRefusedException Refused(QueueFullException full) => new(StatusCodes.Status429TooManyRequests, "queue-full", ("reason", full.Reason)) { RetryAfter = QueueFullException.RetryAfter };

    // Whoever knows the id of an album must not add to it for others to find.
    private async Task CheckAlbumAsync(Account account, string? album, CancellationToken cancellationToken)
    {
        if (album is not null && (!Guid.TryParseExact(album, "N", out _) || await db.Submissions.AnyAsync(one => one.AlbumId == album && one.SubmitterId != account.Id, cancellationToken)))
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "broken-upload");
        }
    }

    // A connection that broke after the photo was taken in: its page sends it a second time.
    // What is declared of it then holds, as when it is declared anew.
    private async Task<Submission?> SentBeforeAsync(UploadedPhoto photo, Declaration declaration, Account account, string? album)
    {
        if (album is null || await db.Submissions.AsNoTracking().FirstOrDefaultAsync(one => one.AlbumId == album && one.SubmitterId == account.Id && one.FileName == photo.FileName && one.ContentSha256 == photo.Content.Sha256) is not { } before)
        {
            return null;
        }

        var declared = QueuedPhoto.Read(await db.QueueItems.AsNoTracking().Where(item => item.Id == before.QueueItemId).Select(item => item.Photo).SingleAsync()).Declaration;
        return Written(declared) == Written(declaration) ? before : await mediator.Send(new ReviewSubmission(before.Id, account.Id, null, new ReviewStep.Declare(declaration)), CancellationToken.None);
    }

    // Declarations hold lists, which are not equal by what stands in them.
    private static string Written(Declaration declaration) => new QueuedPhoto { FileName = "", Declaration = declaration }.Write();

    private async Task CheckRoomAsync(Account account, int photos, CancellationToken cancellationToken)
    {
        if (await queue.CountUndecidedAsync(store.Id, cancellationToken) is var waiting && waiting + photos > submissions.MostWaiting)
        {
            throw Refused(new QueueFullException(waiting));
        }

        // Ids are in the order of arrival, and the index is by account and id.
        var since = Submission.NewId(time.GetUtcNow() - Day)[..12];
        if (await db.Submissions.CountAsync(one => one.SubmitterId == account.Id && one.Id.CompareTo(since) > 0, cancellationToken) + photos > options.MostPhotosADay)
        {
            throw new UploadRefusedException(StatusCodes.Status429TooManyRequests, "enough-today", ("most", options.MostPhotosADay)) { RetryAfter = TimeSpan.FromHours(1) };
        }
    }
}
