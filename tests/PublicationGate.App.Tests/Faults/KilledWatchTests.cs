using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Tests.Support;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Faults;

/// <summary>
/// The program, killed again and again while photos stream into its folder. In long form: <c>GATE_FAULT_FILES=2000 GATE_FAULT_KILLS=50</c>.
/// </summary>
[NonParallelizable]
public class KilledWatchTests
{
    // Files must stand still for 5 seconds in the life of one process, so that kills before that meet only its start.
    private const double ShortestLife = 1;
    private const double LongestLife = 13;

    private static readonly int Files = Setting("GATE_FAULT_FILES", 100);
    private static readonly int Kills = Setting("GATE_FAULT_KILLS", 3);

    [TestCase(false, TestName = "Killed_at_any_moment_nothing_is_lost_or_decided_twice_on_SQLite")]
    [TestCase(true, TestName = "Killed_at_any_moment_nothing_is_lost_or_decided_twice_on_PostgreSQL")]
    public async Task Killed_at_any_moment_nothing_is_lost_or_decided_twice(bool isPostgres)
    {
        using var gate = new Gate { Database = isPostgres ? PostgresServer.Shared.NewSchema() : null };
        var clock = Stopwatch.StartNew();
        gate.Run("register", "import", Repository.Register);
        var inbox = Directory.CreateDirectory(gate["in"]).FullName;
        var photos = new StreamOfPhotos();
        var witness = new ResultFolderWitness(gate.Folder);
        using var ended = new CancellationTokenSource();
        var witnessing = Task.Run(() => witness.WatchAsync(ended.Token));
        var writing = photos.WriteAsync(inbox, Files, TimeSpan.FromSeconds(Kills * (ShortestLife + LongestLife) / 2));

        // The same lives each time, so that a failure can be looked for again.
        var random = new Random(Kills);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var running = gate.Start(gate.Folder, "watch", "in");
            await Task.Delay(TimeSpan.FromSeconds(ShortestLife + (random.NextDouble() * (LongestLife - ShortestLife))));
            Assert.That(running.Kill(), Does.Not.Match(@"(?m)^\s+at \S+\("), "it was alive until it was killed, and had no trouble");
        }

        await writing;
        using var rest = gate.Start(gate.Folder, "watch", "in", "--once");
        var last = rest.ToEnd(TimeSpan.FromMinutes(2) + (TimeSpan.FromSeconds(1) * Files));
        Assert.That(last.ExitCode, Is.Zero, last.Error);
        await ended.CancelAsync();
        await witnessing;

        using GateDatabase database = isPostgres ? PostgresGateDatabase.At(gate.Database!) : SqliteGateDatabase.InFile(Path.Combine(gate.Data, "gate.db"));
        await using var db = database.CreateDbContext();
        var items = await db.QueueItems.AsNoTracking().ToListAsync();
        var audit = await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Files} files, {Kills} kills, {clock.Elapsed.TotalSeconds:0} s; {witness.Seen} result files seen; attempts: {string.Join(", ", items.GroupBy(item => item.Attempts).OrderBy(group => group.Key).Select(group => $"{group.Key} x {group.Count()}"))}"));
        Assert.Multiple(() =>
        {
            Assert.That(items.Select(item => item.ContentSha256), Is.EquivalentTo(photos.Written.Keys), "0 lost");
            Assert.That(items.Where(item => item.State != QueueState.Decided || item.VerdictId is null), Is.Empty);
            var decided = audit.Where(entry => entry.Kind is AuditKinds.ItemDecided or AuditKinds.ItemGivenUp).ToList();
            Assert.That(decided.Select(entry => entry.Subject).ToList(), Is.Unique.And.EquivalentTo(items.Select(item => $"item-{item.Id}")), "0 decided twice");
            Assert.That(decided.Where(entry => entry.Kind == AuditKinds.ItemGivenUp), Is.Empty);
            Assert.That(audit.Where(entry => entry.Kind == AuditKinds.ResultPlaced).Select(entry => entry.Subject).ToList(), Is.Unique.And.Count.EqualTo(Files));
            Assert.That(db.Verdicts.Count(), Is.EqualTo(Files));
            Assert.That(db.TakenFiles.Count(file => file.IsOpen), Is.Zero);
            Assert.That(witness.Halves, Is.Empty, "0 half files visible");
            Assert.That(Directory.GetFiles(inbox, "*.jpg", SearchOption.AllDirectories), Is.Empty);
            AssertChain(audit);
        });
        AssertResults(gate, photos, items);
    }

    private static void AssertResults(Gate gate, StreamOfPhotos photos, List<QueueItem> items)
    {
        var approved = Directory.GetFiles(Path.Combine(gate.Folder, "approved"), "*.json", SearchOption.AllDirectories);
        var held = Directory.GetFiles(Path.Combine(gate.Folder, "held"), "*.json", SearchOption.AllDirectories);
        Assert.That(approved.Length, Is.EqualTo(photos.Written.Values.Count(isDeclared => isDeclared)), "each once, and those that were declared");
        Assert.That(held.Length, Is.EqualTo(photos.Written.Values.Count(isDeclared => !isDeclared)));
        Assert.That(approved.Concat(held).Select(json => json[..^".json".Length]).Where(photo => !File.Exists(photo) || !File.Exists(photo + ".txt")), Is.Empty);
        Assert.That(items.Where(item => photos.Written[item.ContentSha256] != (item.Outcome == Outcome.Approved)), Is.Empty);
    }

    private static void AssertChain(List<AuditEntry> audit)
    {
        var previous = AuditTrail.Start;
        foreach (var (entry, number) in audit.Select((entry, index) => (entry, index + 1)))
        {
            Assert.That((entry.Id, entry.Previous, entry.Hash), Is.EqualTo(((long)number, previous, AuditTrail.HashOf(entry))), "the chain of the audit trail");
            previous = entry.Hash;
        }
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
