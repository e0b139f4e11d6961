using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Uploads;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary>Photos are submitted, and listed.</summary>
internal static class SubmissionsApi
{
    private const int MostOnAPage = 200;

    public static void MapSubmissions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/submissions", SubmitAsync).WithName("submit").WithSummary("Submits one photo or several.")
            .WithDescription("multipart/form-data: photos in the field 'photo'; 'declaration' as JSON or YAML, or its keys as fields, holding for all of them. Or one photo as the body, with the keys of the declaration in the "
                + "query and its name in Content-Disposition. One photo: 201 with its decision, or 202 when that takes longer; Location says where to ask. Several: 202 with all of them. With Idempotency-Key the same upload "
                + "within 24 hours is taken in once.")
            .WithMetadata(new AcceptsMetadata(["multipart/form-data", "image/*", "application/octet-stream"], typeof(IFormFile)))
            .AddOpenApiOperationTransformer(ApiDocument.DescribeUpload)
            .Produces<SubmissionDetail>(StatusCodes.Status201Created).Produces<SubmissionAcceptance>(StatusCodes.Status202Accepted)
            .Problems(400, 408, 409, 413, 415, 422, 429);
        api.MapGet("/submissions", ListAsync).WithName("listSubmissions").WithSummary("Submitted photos, newest first: all of them, or those of who asks.")
            .WithDescription("outcome: approved, held or rejected. state: waiting or decided. turn: reviewer or submitter. before: the next of the page before. limit: 1 to 200, 50 by default.")
            .Produces<SubmissionList>().Problems(400);
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, PhotoUpload upload, VerdictStore verdicts, GateDb db, CancellationToken cancellationToken)
    {
        var submissions = await upload.TakeInAsync(context, context.Account(), SubmissionSource.Api);
        if (submissions is not [var one])
        {
            context.Response.Headers.Location = "/api/v1/submissions?album=" + submissions[0].AlbumId;
            return Results.Json(new SubmissionAcceptance(submissions[0].AlbumId, [.. submissions.Select(SubmissionAnswer.Of)]), statusCode: StatusCodes.Status202Accepted);
        }

        context.Response.Headers.Location = "/api/v1/submissions/" + one.Id;
        var decided = await upload.DecisionAsync(one, cancellationToken);
        return decided.VerdictId is null
            ? Results.Json(new SubmissionAcceptance(decided.AlbumId, [SubmissionAnswer.Of(decided)]), statusCode: StatusCodes.Status202Accepted)
            : Results.Json(await DecisionsApi.DetailAsync(decided, context.Account().Id, db, verdicts, cancellationToken), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, GateDb db, string? outcome, string? turn, string? state, string? album, string? channel, bool? mine, string? before, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MostOnAPage)
        {
            throw ApiFailures.Wrong("limit", "api.limit", ("most", MostOnAPage));
        }

        if (channel is not null && !Channels.All.Contains(channel))
        {
            throw ApiFailures.Wrong("channel", "api.wrong-value");
        }

        var (wantedOutcome, wantedTurn, wantedState) = (Word<Outcome>(nameof(outcome), outcome), Word<SubmissionTurn>(nameof(turn), turn), Word<SubmissionState>(nameof(state), state));
        var (count, account) = (limit ?? 50, context.Account().Id);
        var found = await context.Viewer().Of(db.Submissions.AsNoTracking())
            .Where(one => (wantedOutcome == null || one.Outcome == wantedOutcome) && (wantedTurn == null || one.Turn == wantedTurn) && (album == null || one.AlbumId == album) && (channel == null || one.Channel == channel))
            .Where(one => mine != true || one.SubmitterId == account)
            .Where(one => wantedState == null || one.VerdictId == null == (wantedState == SubmissionState.Waiting))
            .Where(one => before == null || one.Id.CompareTo(before) < 0)
            .OrderByDescending(one => one.Id).Take(count + 1).ToListAsync(cancellationToken);
        return Results.Json(new SubmissionList([.. found.Take(count).Select(SubmissionAnswer.Of)], found.Count > count ? found[count - 1].Id : null));
    }

    // By itself the framework would take numbers too, and not say which word was wrong.
    private static T? Word<T>(string field, string? written)
        where T : struct, Enum => written is null ? null
        : Enum.TryParse<T>(written, ignoreCase: true, out var value) && written.All(char.IsAsciiLetter) ? value : throw ApiFailures.Wrong(field, "api.wrong-value");
}

/// <summary>Photos that were taken in; ask later what became of them.</summary>
/// <param name="Album">What they have in common.</param>
/// <param name="Submissions">The photos, in the order of the upload.</param>
internal sealed record SubmissionAcceptance(string Album, IReadOnlyList<SubmissionAnswer> Submissions);
