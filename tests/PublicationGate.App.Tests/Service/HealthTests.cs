using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.App.Service;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;

namespace PublicationGate.App.Tests.Service;

/// <summary>Whether the service says truly that photos that come in now are screened, and why they would not be.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class HealthTests(DatabaseKind kind)
{
    private RunningService service = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        client = service.Client();
        Assert.That(ReadyAsync, Is.EqualTo(HttpStatusCode.OK).After(10_000, 200));
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task Is_not_ready_without_its_store_and_ready_when_that_is_back()
    {
        var store = Path.Combine(service.Data, "store");
        Directory.Move(store, store + "-away");
        Assert.That(await ProblemsAsync(), Has.One.StartsWith("The store of originals"));
        Assert.That(await client.GetStringAsync("/healthz/live"), Does.Contain("live"), "a restart would not help");
        // A disk that is not mounted leaves an empty folder.
        Directory.CreateDirectory(Path.Combine(store, "incoming"));
        Assert.That(await ProblemsAsync(), Has.One.StartsWith("The store of originals"));
        Directory.Delete(store, recursive: true);
        Directory.Move(store + "-away", store);
        Assert.That(ReadyAsync, Is.EqualTo(HttpStatusCode.OK).After(10_000, 200));
    }

    [Test]
    public async Task Is_not_ready_without_its_tables()
    {
        await using var db = service.Database.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "QueueItems" RENAME TO "Away" """);
        Assert.That(await ProblemsAsync(), Has.One.EqualTo("The database does not answer."));
        await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Away" RENAME TO "QueueItems" """);
        Assert.That(ReadyAsync, Is.EqualTo(HttpStatusCode.OK).After(20_000, 200));
    }

    [Test]
    public async Task Is_not_ready_when_nobody_works_on_the_queue()
    {
        await service.Services.GetRequiredService<WatchService>().StopAsync(CancellationToken.None);
        Assert.That(await ProblemsAsync(), Is.EqualTo(new[] { "The queue is not worked on." }));
    }

    [Test]
    public async Task Is_not_ready_while_a_part_fails_that_others_do_not_need()
    {
        service.Services.GetRequiredService<GateReadiness>().SetFailed("letters", "", new InvalidOperationException("ouder@voorbeeld.example"));
        Assert.That(await ProblemsAsync(), Has.One.Contains("sending letters (InvalidOperationException)").And.None.Contains("ouder"));
        service.Services.GetRequiredService<GateReadiness>().SetFailed("letters", "", null);
        Assert.That(ReadyAsync, Is.EqualTo(HttpStatusCode.OK).After(10_000, 200));
    }

    [Test]
    public async Task Who_asks_often_has_nothing_done_more_often()
    {
        var clock = new FixedTime(DateTimeOffset.UnixEpoch);
        using var readiness = new Readiness(service.Services.GetRequiredService<WatchService>(), service.Database, service.Services, clock);
        Assert.That(await readiness.ProblemsAsync(default), Is.Empty);
        var store = Path.Combine(service.Data, "store");
        Directory.Move(store, store + "-away");
        Assert.That(await readiness.ProblemsAsync(default), Is.Empty, "not looked at again");
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.That(await readiness.ProblemsAsync(default), Has.Count.EqualTo(1));
        Directory.Move(store + "-away", store);
    }

    private async Task<HttpStatusCode> ReadyAsync()
    {
        using var answer = await client.GetAsync("/healthz/ready");
        return answer.StatusCode;
    }

    private async Task<List<string>> ProblemsAsync()
    {
        // An answer holds for two seconds.
        Assert.That(ReadyAsync, Is.EqualTo(HttpStatusCode.ServiceUnavailable).After(10_000, 200));
        using var answer = await client.GetAsync("/healthz/ready");
        return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["problems"]!.AsArray().Select(problem => (string)problem!["en"]!)];
    }
}
