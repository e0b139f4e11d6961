using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Benchmarks;

/// <summary>How fast the queue hands out items, and completes them with a verdict each, where screening itself costs nothing.</summary>
internal static class QueueBenchmark
{
    private const string Store = "store";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (items, workers, completed) = (arguments.Number("--items", 100_000), arguments.Number("--workers", 4), arguments.Number("--complete", 5_000));
        var folder = Directory.CreateTempSubdirectory("publication-gate-queue-").FullName;
        try
        {
            using GateDatabase database = arguments.Text("--database") is { } connection ? PostgresGateDatabase.At(connection) : SqliteGateDatabase.InFile(Path.Combine(folder, "gate.db"));
            await database.MigrateAsync(CancellationToken.None);
            Console.WriteLine((await database.DescribeAsync(CancellationToken.None)).Server);
            var protocol = ProtocolReader.BuiltIn();
            var queue = new ScreeningQueue(database, new ScreeningQueueOptions { LeaseFor = TimeSpan.FromMinutes(10) }, TimeProvider.System);
            await FillAsync(database, queue, protocol, 0, items);
            await HandOutAsync(queue, protocol, items, workers);
            await FillAsync(database, queue, protocol, items, completed);
            await CompleteAsync(database, queue, protocol, completed, workers);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(GateDatabase database, ScreeningQueue queue, Protocol protocol, int from, int count)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var some in Enumerable.Range(from, count).Chunk(2000))
        {
            await using var db = database.CreateDbContext();
            await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
            var photo = new QueuedPhoto { FileName = "foto.jpg" };
            await db.InsertAllAsync(
                some.Select(number => new QueueItem
                {
                    ContentSha256 = number.ToString("x64", CultureInfo.InvariantCulture), DeclarationSha256 = photo.Sha256, ProtocolVersion = protocol.Version, Photo = photo.Write(), Store = Store,
                    State = QueueState.Waiting, DueAt = TimeProvider.System.GetUtcNow(),
                }),
                CancellationToken.None);
            await transaction.CommitAsync();
        }

        Tell($"{count} items added in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    private static async Task HandOutAsync(ScreeningQueue queue, Protocol protocol, int items, int workers)
    {
        var claimed = new ConcurrentBag<long>();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            while (await queue.ClaimAsync($"worker{worker}", Store, protocol.Version, 1, CancellationToken.None) is [var item])
            {
                claimed.Add(item.Id);
            }
        })));
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Tell($"handed out one by one to {workers} workers: {claimed.Count / took:0} items/s; {claimed.Count} of {items}, {claimed.Count - claimed.Distinct().Count()} twice");
    }

    // With what a decision writes: verdict, audit entry, state. Each worker has its own context, as scopes do.
    private static async Task CompleteAsync(GateDatabase database, ScreeningQueue queue, Protocol protocol, int items, int workers)
    {
        var audit = new AuditTrail(TimeProvider.System);
        var rules = new RuleList();
        var nobodyHears = new Mediator(handlers => Array.CreateInstance(handlers.GetGenericArguments()[0], 0));
        var decided = 0;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            while (await queue.ClaimAsync($"worker{worker}", Store, protocol.Version, 1, CancellationToken.None) is [var item])
            {
                await using var db = database.CreateDbContext();
                var facts = new PhotoFacts { FileName = "foto.jpg", ContentSha256 = item.ContentSha256, Declaration = new() };
                var verdict = Verdict.Of(facts, protocol, rules);
                if (await new QueueDecision(db, new VerdictStore(db, TimeProvider.System), audit, protocol, queue, nobodyHears).KeepAsync(item, verdict, null, AuditKinds.ItemDecided, TimeSpan.Zero, CancellationToken.None) is not null)
                {
                    Interlocked.Increment(ref decided);
                }
            }
        })));
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await using var check = database.CreateDbContext();
        var entries = await check.AuditEntries.CountAsync();
        Tell($"handed out and decided by {workers} workers: {decided / took:0} items/s; {decided} of {items}, {entries} audit entries");
    }

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
