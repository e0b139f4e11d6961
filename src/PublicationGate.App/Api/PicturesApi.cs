using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Access;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Api;

/// <summary>Pictures of a submission: never the bytes that came in, always pixels encoded anew, under a name made of the content's hash. The copy is the one that its certificate covers.</summary>
internal static class PicturesApi
{
    public static void MapPictures(this IEndpointRouteBuilder api)
    {
        api.MapGet("/submissions/{id}/overlay", OverlayAsync).WithName("getOverlay").WithSummary("The photo with the faces that were counted: sure ones boxed, doubtful ones dashed and numbered.")
            .Produces<Stream>(StatusCodes.Status200OK, "image/jpeg").Problems(404, 409, 429);
        api.MapGet("/submissions/{id}/preview", PreviewAsync).WithName("getPreview").WithSummary("The photo, smaller and without metadata.")
            .Produces<Stream>(StatusCodes.Status200OK, "image/jpeg").Problems(404, 409, 429);
        api.MapGet("/submissions/{id}/copy", CopyAsync).WithName("getCopy").WithSummary("The clean copy that was released.")
            .Produces<Stream>(StatusCodes.Status200OK, "image/jpeg", "image/png").Problems(404, 409);
    }

    private static async Task<IResult> OverlayAsync(HttpContext context, string id, GateDb db, VerdictStore verdicts, Pictures pictures, CancellationToken cancellationToken) =>
        await DecisionsApi.VerdictAsync(context, db, verdicts, id, cancellationToken) is var (_, found)
        && await pictures.OverlayAsync(found.Verdict.Facts, cancellationToken) is { } copy ? File(context, copy, found.Verdict.Facts.ContentSha256!, "inline") : await context.NotFoundAsync("no-picture");

    private static async Task<IResult> PreviewAsync(HttpContext context, string id, GateDb db, Pictures pictures, CancellationToken cancellationToken) =>
        await DecisionsApi.FindAsync(context, db, id, cancellationToken) is { ContentSha256.Length: > 0 } submission
        && await pictures.PreviewAsync(submission.ContentSha256, cancellationToken) is { } copy ? File(context, copy, submission.ContentSha256, "inline") : await context.NotFoundAsync("no-picture");

    private static async Task<IResult> CopyAsync(HttpContext context, string id, GateDb db, VerdictStore verdicts, PublishedCopies copies, ViewsOnRecord views, CancellationToken cancellationToken)
    {
        if (await DecisionsApi.FindAsync(context, db, id, cancellationToken) is not { } submission)
        {
            return await context.NotFoundAsync();
        }

        var release = await db.Releases.AsNoTracking().SingleOrDefaultAsync(one => one.SubmissionId == id && one.WithdrawnAt == null, cancellationToken);
        if (release is not null && submission.Outcome == Outcome.Approved && submission.VerdictId == release.VerdictId
            && await verdicts.FindAsync(release.VerdictId, cancellationToken) is { IsIntact: true, Verdict.Outcome: Outcome.Approved }
            && await copies.WaitAsync(release.Id, PublishedCopies.Patience, cancellationToken) is var (_, copy))
        {
            await views.DownloadAsync(context.Account(), release.Id, cancellationToken);
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{submission.ContentSha256}{copy.Extension}\"";
            return Results.Bytes(copy.Bytes, copy.MediaType);
        }

        await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "not-released");
        return Results.Empty;
    }

    // The name says nothing of what somebody called the file.
    private static IResult File(HttpContext context, CleanCopy copy, string sha256, string disposition)
    {
        context.Response.Headers.ContentDisposition = $"{disposition}; filename=\"{sha256}{copy.Extension}\"";
        return Results.Bytes(copy.Bytes, copy.Format == CopyFormat.Png ? "image/png" : "image/jpeg");
    }
}

/// <summary>Makes pictures of originals for people to look at; a few at once, since each takes the memory of its pixels.</summary>
internal sealed class Pictures(IContentStore store, IImageDecoder decoder) : IDisposable
{
    private static readonly CleanCopyOptions Small = new() { LongSide = 1600, Format = CopyFormat.Jpeg };

    private readonly SemaphoreSlim turn = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The photo with its faces marked; null when it could not be looked at.</summary>
    public Task<CleanCopy?> OverlayAsync(PhotoFacts facts, CancellationToken cancellationToken) => facts is { ContentSha256: { } sha256, Image: { } header, Faces.Known: true }
        ? MakeAsync(sha256, content =>
        {
            using var marked = FaceOverlay.Draw(decoder, content, header, facts.Faces, cancellationToken);
            return CleanCopy.Of(marked, Small, mayBeADrawing: false);
        }, cancellationToken)
        : Task.FromResult<CleanCopy?>(null);

    /// <summary>The photo; null when it does not decode.</summary>
    public Task<CleanCopy?> PreviewAsync(string sha256, CancellationToken cancellationToken) => MakeAsync(sha256, content => CleanCopy.Of(decoder, content, Small, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<CleanCopy?> MakeAsync(string sha256, Func<ReadOnlyMemory<byte>, CleanCopy> make, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var file = await store.ReadAsync(sha256, sha256, cancellationToken);
            return await Task.Run(() => make(file.Content), cancellationToken);
        }
        catch (UnreadableImageException)
        {
            return null;
        }
        finally
        {
            turn.Release();
        }
    }
}
