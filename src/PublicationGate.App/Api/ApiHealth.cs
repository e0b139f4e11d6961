using PublicationGate.App.Service;

namespace PublicationGate.App.Api;

/// <summary>Whether photos that come in now are screened, as <c>/healthz/ready</c> has it.</summary>
internal static class ApiHealth
{
    public static void MapApiHealth(this IEndpointRouteBuilder api) =>
        api.MapGet("/health", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var problems = await readiness.ProblemsAsync(cancellationToken);
            return Results.Json(new HealthAnswer(problems.Count == 0, problems), statusCode: problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithName("getHealth").WithSummary("Whether photos that come in now are screened.").Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Whether photos that come in now are screened.</summary>
/// <param name="IsReady">They are.</param>
/// <param name="Problems">What keeps them from it.</param>
internal sealed record HealthAnswer(bool IsReady, IReadOnlyList<Text> Problems);
