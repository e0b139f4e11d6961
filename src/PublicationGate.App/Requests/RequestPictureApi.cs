using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Previewing;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Links;
using PublicationGate.Publishing;
using PublicationGate.Removal.Requests;
using PublicationGate.Screening;

namespace PublicationGate.App.Requests;

/// <summary>Pictures of removal requests: what was sent, for people of the school; what may be meant, for who asked, where everybody sees it anyway.</summary>
internal static class RequestPictureApi
{
    public static void MapRequestPictures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/removals/requests/{id}/picture", async (long id, HttpContext context, GateDb db, CancellationToken cancellationToken) =>
            await db.RequestPictures.AsNoTracking().SingleOrDefaultAsync(picture => picture.RequestId == id, cancellationToken) is { } sent ? PhotoApi.Picture(context, sent.Jpeg) : Results.NotFound());
        routes.MapGet("/removal-request/{token}/photo/{release}", async (
            string token, string release, HttpContext context, GateDb db, RequestedPhotos photos, VerdictStore verdicts, ReleasedPictures pictures, TimeProvider time, CancellationToken cancellationToken) =>
            await OfferedAsync(token, release, db, photos, time, cancellationToken) is { } offered && await SeenAsync(offered, db, verdicts, pictures, cancellationToken) is { } picture ? PhotoApi.Picture(context, picture) : Results.NotFound());
    }

    private static async Task<string?> OfferedAsync(string token, string release, GateDb db, RequestedPhotos photos, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await AccessLinks.FindAsync(db, token, LinkPurpose.Request, time.GetUtcNow(), cancellationToken) is not { } link)
        {
            return null;
        }

        var id = long.Parse(link.Subject, CultureInfo.InvariantCulture);
        return await db.RemovalRequests.AnyAsync(request => request.Id == id && request.State == RequestState.Choosing, cancellationToken)
            ? (await photos.OfAsync(id, cancellationToken)).FirstOrDefault(photo => photo.ReleaseId == release && photos.MayBeSeen(photo))?.ReleaseId : null;
    }

    private static async Task<ReadOnlyMemory<byte>?> SeenAsync(string releaseId, GateDb db, VerdictStore verdicts, ReleasedPictures pictures, CancellationToken cancellationToken)
    {
        try
        {
            var verdict = await db.Releases.Where(release => release.Id == releaseId && release.WithdrawnAt == null).Select(release => release.VerdictId).SingleOrDefaultAsync(cancellationToken);
            return verdict is not null && await verdicts.FindAsync(verdict, cancellationToken) is { } found ? (await pictures.FindAsync(found, Previews.Small, cancellationToken))?.Bytes : null;
        }
        catch (Exception none) when (none is ContentStoreException or UnreadableImageException or StillRecognisableException or UnreadableVerdictException or DecoderUnavailableException)
        {
            return null;
        }
    }
}
