using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PublicationGate.App.Access;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Previewing;

/// <summary>Pictures of what was released: one to look at, one to post. Only of what stands.</summary>
internal static class ReleaseApi
{
    public static void MapReleases(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/published/{id}/preview", PreviewAsync);
        routes.MapGet("/published/{id}/copy", CopyAsync);
    }

    private static async Task<IResult> PreviewAsync(string id, HttpContext context, GateDb db, VerdictStore verdicts, ReleasedPictures pictures, CancellationToken cancellationToken)
    {
        try
        {
            return await StandingAsync(db, id, cancellationToken) is { } release
                && await verdicts.FindAsync(release.VerdictId, cancellationToken) is { } found
                && await pictures.FindAsync(found, Previews.Small, cancellationToken) is { } picture ? PhotoApi.Picture(context, picture.Bytes) : Results.NotFound();
        }
        catch (Exception none) when (none is ContentStoreException or UnreadableImageException or StillRecognisableException or UnreadableVerdictException or DecoderUnavailableException)
        {
            return Results.NotFound();
        }
    }

    // Under a name that names nobody: what the file was called when it came in may.
    private static async Task<IResult> CopyAsync(string id, HttpContext context, GateDb db, VerdictStore verdicts, PublishedCopies copies, ViewsOnRecord views, CancellationToken cancellationToken)
    {
        try
        {
            if (await StandingAsync(db, id, cancellationToken) is not { } standing
                || await verdicts.FindAsync(standing.VerdictId, cancellationToken) is not { IsIntact: true, Verdict.Outcome: Outcome.Approved }
                || await copies.WaitAsync(id, PublishedCopies.Patience, cancellationToken) is not var (release, copy))
            {
                return Results.NotFound();
            }

            await views.DownloadAsync(context.Features.Get<Visitor>()!.Account, release.Id, cancellationToken);
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(release.CopyName ?? release.Id + copy.Extension);
            context.Response.Headers.ContentDisposition = disposition.ToString();
            return Results.Bytes(copy.Bytes, copy.MediaType);
        }
        catch (Exception none) when (none is ContentStoreException or UnreadableVerdictException)
        {
            return Results.NotFound();
        }
    }

    // Null when it does not stand, or its photo is screened anew.
    private static async Task<Release?> StandingAsync(GateDb db, string id, CancellationToken cancellationToken) => await (
        from release in db.Releases.AsNoTracking()
        where release.Id == id && release.WithdrawnAt == null
        join submission in db.Submissions on release.SubmissionId equals submission.Id
        where submission.Outcome == Outcome.Approved && submission.VerdictId == release.VerdictId
        select release).SingleOrDefaultAsync(cancellationToken);
}
