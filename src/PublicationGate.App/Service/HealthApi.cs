using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Intake;

namespace PublicationGate.App.Service;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: photos that come in now are screened.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Json(new { status = "live" }));
        routes.MapGet("/healthz/ready", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var problems = await readiness.ProblemsAsync(cancellationToken);
            return problems.Count == 0
                ? Results.Json(new { status = "ready" })
                : Results.Json(new { status = "not-ready", problems = problems.Select(problem => new { nl = problem.Nl, en = problem.En }) }, statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }

    /// <summary>What keeps photos that come in now from being screened; none when nothing does.</summary>
    public static async Task<List<Text>> ProblemsAsync(WatchService watch, GateDatabase database, IServiceProvider services, CancellationToken cancellationToken)
    {
        List<Text> problems = [.. watch.State?.Problems ?? [Texts.Get("health.queue")]];
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Patience);
        await AddAsync(problems, "health.database", async () =>
        {
            await using var db = database.CreateDbContext();
            await db.QueueItems.AnyAsync(enough.Token);
        });
        await AddAsync(problems, "health.store", () => Task.Run(services.GetRequiredService<IContentStore>().Check, enough.Token));
        await AddAsync(problems, "health.model", () => Task.FromResult(services.GetRequiredService<FaceCounter>().Models));
        return [.. problems.Distinct()];
    }

    // Whatever is wrong with one part is said of it, without the words of an exception: anybody may ask.
    private static async Task AddAsync(List<Text> problems, string key, Func<Task> look)
    {
        try
        {
            await look();
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            problems.Add(Texts.Get(key));
        }
    }
}
