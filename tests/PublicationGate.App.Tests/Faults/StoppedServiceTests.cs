using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Faults;

/// <summary>The service, stopped in the middle of uploads and screening: what it said it had taken in is there after the next start, and gets its verdict.</summary>
[NonParallelizable]
public class StoppedServiceTests
{
    private const int Senders = 4;
    private const int Enough = 12;
    private readonly StreamOfPhotos photos = new();
    private int sent;

    [TestCase(DatabaseKind.Sqlite, false, TestName = "Asked_to_end_it_loses_nothing_on_SQLite")]
    [TestCase(DatabaseKind.Sqlite, true, TestName = "Killed_it_loses_nothing_on_SQLite")]
    [TestCase(DatabaseKind.Postgres, false, TestName = "Asked_to_end_it_loses_nothing_on_PostgreSQL")]
    [TestCase(DatabaseKind.Postgres, true, TestName = "Killed_it_loses_nothing_on_PostgreSQL")]
    public async Task Loses_nothing(DatabaseKind kind, bool isKilled)
    {
        using var gate = new Gate { Database = kind == DatabaseKind.Postgres ? PostgresServer.Shared.NewSchema() : null };
        using var running = Start(gate);
        var key = await Sender.FirstKeyAsync(running);
        var (taken, answers) = (new ConcurrentBag<string>(), new ConcurrentBag<HttpStatusCode>());
        using var client = await Sender.ClientAsync(running, key);
        var sending = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(client, taken, answers))).ToList();
        Assert.That(() => taken, Has.Count.GreaterThanOrEqualTo(Enough).After(120_000, 20), () => string.Join(", ", answers) + string.Join('\n', running.Said));
        if (isKilled)
        {
            running.Kill();
        }
        else
        {
            running.Terminate();
            var run = running.ToEnd(TimeSpan.FromMinutes(1));
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        }

        await Task.WhenAll(sending);
        Assert.That(answers.Distinct(), Is.SubsetOf(new[] { HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable }));

        using var again = Start(gate);
        using var asking = await Sender.ClientAsync(again, key);
        foreach (var address in taken)
        {
            Assert.That(() => StateAsync(asking, address), Is.EqualTo("decided").After(60_000, 100), address);
        }

        again.Terminate();
        Assert.That(again.ToEnd(TimeSpan.FromMinutes(1)).ExitCode, Is.Zero);
        Assert.That(Directory.EnumerateFiles(Path.Combine(gate.Data, "store", "incoming"), "*", SearchOption.AllDirectories), Is.Empty, "nothing half is left");
    }

    private static RunningGate Start(Gate gate) => gate.Start(gate.Folder, "serve", "--url", "http://127.0.0.1:0", "--language", "en");

    // Until nobody answers any more.
    private async Task SendAsync(HttpClient client, ConcurrentBag<string> taken, ConcurrentBag<HttpStatusCode> answers)
    {
        try
        {
            while (true)
            {
                var number = Interlocked.Increment(ref sent);
                using var answer = await client.SendPhotoAsync(photos.Photo(number), $"foto{number}.jpg");
                answers.Add(answer.StatusCode);
                if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted)
                {
                    taken.Add(answer.Headers.Location!.ToString());
                }
            }
        }
        catch (HttpRequestException)
        {
            // The connection broke off: whether that photo was taken in, its sender does not know.
        }
    }

    private static async Task<string> StateAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["submission"]!["state"]!;
    }
}
