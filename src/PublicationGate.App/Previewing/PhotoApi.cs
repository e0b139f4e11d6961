using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PublicationGate.App.Access;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;

namespace PublicationGate.App.Previewing;

/// <summary>Pictures for the pages: never the files that came in, and only to who may see the submission.</summary>
internal static class PhotoApi
{
    public static void MapPhotos(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/photos/{id}/preview", async (string id, int? size, HttpContext context, GateDb db, Previews previews, CancellationToken cancellationToken) =>
        {
            var viewer = Viewers.Of(context.Features.Get<Visitor>()!.Account);
            var sha256 = await viewer.Of(db.Submissions.AsNoTracking()).Where(submission => submission.Id == id).Select(submission => submission.ContentSha256).SingleOrDefaultAsync(cancellationToken);
            return string.IsNullOrEmpty(sha256) ? Results.NotFound() : await AnswerAsync(context, previews, sha256, size ?? Previews.Large, cancellationToken);
        });

    private static async Task<IResult> AnswerAsync(HttpContext context, Previews previews, string sha256, int size, CancellationToken cancellationToken)
    {
        try
        {
            return await previews.FindAsync(sha256, size, cancellationToken) is { } picture ? Picture(context, picture) : Results.NotFound();
        }
        catch (Exception none) when (none is ContentStoreException or DecoderUnavailableException)
        {
            return Results.NotFound();
        }
    }

    /// <summary>A JPEG to be shown, under a name that says nothing. The browser does not keep it: on a shared computer others would find it.</summary>
    public static IResult Picture(HttpContext context, ReadOnlyMemory<byte> picture)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(picture.Span))[..16];
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{hash}.jpg\"";
        return Results.Bytes(picture, "image/jpeg", entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }
}
