using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
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
    // Longest part of a file's name that comes from the activity.
    private const int LongestActivity = 60;

    public static void MapReleases(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/published/{id}/preview", (string id, HttpContext context, GateDb db, VerdictStore verdicts, ReleasedPictures pictures, CancellationToken cancellationToken) =>
            AnswerAsync(db, verdicts, pictures, id, Previews.Small, (_, copy) => Task.FromResult(PhotoApi.Picture(context, copy.Bytes)), cancellationToken));
        routes.MapGet("/published/{id}/copy", (string id, HttpContext context, GateDb db, VerdictStore verdicts, ReleasedPictures pictures, CancellationToken cancellationToken) =>
            AnswerAsync(db, verdicts, pictures, id, null, async (release, copy) => Download(context, copy, await NameAsync(db, release, cancellationToken)), cancellationToken));
    }

    private static async Task<IResult> AnswerAsync(
        GateDb db, VerdictStore verdicts, ReleasedPictures pictures, string id, int? longSide, Func<Release, CleanCopy, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await db.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.Id == id && release.WithdrawnAt == null, cancellationToken) is { } release
                && await db.Submissions.AnyAsync(submission => submission.Id == release.SubmissionId && submission.Outcome == Outcome.Approved && submission.VerdictId == release.VerdictId, cancellationToken)
                && await verdicts.FindAsync(release.VerdictId, cancellationToken) is { } found
                && await pictures.FindAsync(found, longSide, cancellationToken) is { } copy
                ? await answer(release, copy) : Results.NotFound();
        }
        catch (Exception none) when (none is ContentStoreException or UnreadableImageException or StillRecognisableException or UnreadableVerdictException or DecoderUnavailableException)
        {
            return Results.NotFound();
        }
    }

    private static IResult Download(HttpContext context, CleanCopy copy, string name)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name + copy.Extension);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(copy.Bytes, copy.Format switch { CopyFormat.Png => "image/png", CopyFormat.Webp => "image/webp", _ => "image/jpeg" });
    }

    // Activity, day and number: what the file was called when it came in may name somebody.
    private static async Task<string> NameAsync(GateDb db, Release release, CancellationToken cancellationToken)
    {
        var activity = await db.Submissions.Where(submission => submission.Id == release.SubmissionId).Select(submission => submission.Activity).SingleOrDefaultAsync(cancellationToken);
        var day = new DateTimeOffset(release.ReleasedAt.UtcDateTime.Date, TimeSpan.Zero);
        var number = await db.Releases.CountAsync(other => other.ReleasedAt >= day && other.Id.CompareTo(release.Id) <= 0, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{Plain(activity)}-{day:yyyy-MM-dd}-{number:000}");
    }

    /// <summary>Words as every system takes them in a name: ASCII letters and digits with hyphens between them.</summary>
    internal static string Plain(string? words)
    {
        var plain = new StringBuilder();
        foreach (var letter in (words ?? "").Normalize(NormalizationForm.FormD).Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
            else if (plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }
        }

        var name = plain.ToString()[..Math.Min(plain.Length, LongestActivity)].Trim('-');
        return name.Length > 0 ? name : "foto";
    }
}
