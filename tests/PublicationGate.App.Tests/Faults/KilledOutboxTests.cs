using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Tests.Support;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Faults;

/// <summary>
/// The service, killed again and again while people release and withdraw photos and a receiver answers as it likes. In long form: <c>GATE_FAULT_KILLS=50</c>, and another course of things by
/// <c>GATE_FAULT_SEED=2</c>.
/// </summary>
[NonParallelizable]
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public class KilledOutboxTests
{
    private static readonly int Kills = Setting("GATE_FAULT_KILLS", 2);
    private static readonly int Seed = Setting("GATE_FAULT_SEED", 1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Kills > 4 ? 30 : 3);

    [TestCase(DatabaseKind.Sqlite, TestName = "Killed_at_any_moment_each_event_reaches_an_unreliable_receiver_in_order_on_SQLite")]
    [TestCase(DatabaseKind.Postgres, TestName = "Killed_at_any_moment_each_event_reaches_an_unreliable_receiver_in_order_on_PostgreSQL")]
    public async Task Killed_at_any_moment_each_event_reaches_an_unreliable_receiver_in_order(DatabaseKind kind)
    {
        using var gate = new Gate { Database = kind == DatabaseKind.Postgres ? PostgresServer.Shared.NewSchema() : null };
        using var receiver = new UnreliableReceiver(Seed);
        var (school, random, clock) = (new BusySchool(Seed), new Random(Seed), Stopwatch.StartNew());
        Publish(gate, receiver);
        var key = await FirstKeyAsync(gate);
        using var closing = new CancellationTokenSource();
        var working = school.WorkAsync(closing.Token);
        var kills = 0;
        for (; kills < Kills || (!receiver.SawMuch && kills < 5 * Kills); kills++)
        {
            using var running = Start(gate);
            // One in four is killed while it starts.
            if (kills % 4 != 3)
            {
                school.Gate = await Sender.ClientAsync(running, key);
                await receiver.HearAsync(1 + random.Next(6), LongestLife);
            }

            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 2));
            Assert.That(running.Kill(), Does.Not.Match(@"(?m)^\s+at \S+\("), "it was alive until it was killed, and had no trouble");
            school.Gate = null;
        }

        await closing.CancelAsync();
        await working;
        var killedFor = clock.Elapsed;
        receiver.IsReliable = true;
        using GateDatabase database = kind == DatabaseKind.Postgres ? PostgresGateDatabase.At(gate.Database!) : SqliteGateDatabase.InFile(Path.Combine(gate.Data, "gate.db"));
        using var last = Start(gate);
        await last.AddressAsync();
        await AwaitSettledAsync(database, last);
        last.Terminate();
        Assert.That(last.ToEnd(TimeSpan.FromMinutes(1)).ExitCode, Is.Zero);
        Assert.That(gate.Run("audit", "verify").ExitCode, Is.Zero);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills in {killedFor.TotalSeconds:0} s, settled after {(clock.Elapsed - killedFor).TotalSeconds:0} s more"));
        TestContext.Out.WriteLine(string.Join(", ", school.Done.OrderBy(done => done.Key, StringComparer.Ordinal).Select(done => $"{done.Key} x {done.Value}")));
        await AssertAsync(database, school, receiver);
    }

    private static async Task AssertAsync(GateDatabase database, BusySchool school, UnreliableReceiver receiver)
    {
        await using var db = database.CreateDbContext();
        var (events, releases) = (await db.OutboxEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync(), await db.Releases.AsNoTracking().ToListAsync());
        var known = (await db.Submissions.AsNoTracking().ToListAsync()).ToDictionary(submission => "/api/v1/submissions/" + submission.Id);
        var (taken, byKey) = (receiver.Taken.ToList(), events.ToDictionary(row => row.Key));
        var firsts = taken.DistinctBy(message => message.Id).ToList();
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{releases.Count} releases, {releases.Count(release => release.WithdrawnAt is not null)} withdrawn; {events.Count} events: {string.Join(", ", events.GroupBy(row => (row.Kind, row.State)).Select(group => $"{group.Key.Kind} {group.Key.State} x {group.Count()}"))}"));
        TestContext.Out.WriteLine($"{receiver.Answers.Values.Sum()} messages, {taken.Count} taken, {taken.Count - firsts.Count} of them again; {string.Join(", ", receiver.Answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key} x {answer.Value}"))}");
        Assert.Multiple(() =>
        {
            Assert.That(receiver.Wrong, Is.Empty);
            Assert.That(school.Submitted, Is.SubsetOf(known.Keys), "nothing is lost that was taken in");
            Assert.That(events.Where(row => row.Kind == OutboxEventKind.Publish).Select(row => row.ReleaseId), Is.EquivalentTo(releases.Select(release => release.Id)));
            Assert.That(events.Select(row => row.State), Is.All.EqualTo(OutboxState.Delivered).Or.EqualTo(OutboxState.Overtaken), "by itself, nothing given up");
            Assert.That(events.Where(row => row.State == OutboxState.Delivered).Select(row => row.Key), Is.SubsetOf(firsts.Select(message => message.Id)), "what counts as delivered was taken");
            Assert.That(firsts.Where(message => !byKey.TryGetValue(message.Id, out var row) || row.ReleaseId != message.Release || (row.Kind == OutboxEventKind.Publish) != (message.Type == "photo.published")), Is.Empty, "each under its key");
            foreach (var submission in firsts.GroupBy(message => byKey[message.Id].SubmissionId))
            {
                Assert.That(submission.Select(message => byKey[message.Id].Id), Is.Ordered, "in order for each photo, not counting repeats");
            }

            foreach (var release in taken.GroupBy(message => message.Release))
            {
                Assert.That(release.SkipWhile(message => message.Type == "photo.published").Select(message => message.Type), Is.All.EqualTo("photo.taken-down"), "nor is anything published again after it was taken down");
            }

            var shown = taken.GroupBy(message => message.Release).Where(release => release.Last().Type == "photo.published").Select(release => release.Key);
            Assert.That(shown, Is.EquivalentTo(releases.Where(release => release.WithdrawnAt is null).Select(release => release.Id)), "what stands is there, and nothing else");
            Assert.That(receiver.SawMuch, Is.True, "else this would prove little");
        });
    }

    private static void Publish(Gate gate, UnreliableReceiver receiver)
    {
        gate.Run("register", "import", Repository.Register);
        File.WriteAllText(Path.Combine(gate.Data, "hook.secret"), UnreliableReceiver.Secret);
        File.SetUnixFileMode(Path.Combine(gate.Data, "hook.secret"), UnixFileMode.UserRead);
        File.WriteAllText(Path.Combine(gate.Data, "outputs.yaml"), $"outputs:\n  - {{ name: hook, kind: webhook, channels: [website], address: '{receiver.Address}', secret-file: hook.secret, copy: true, timeout: 1 }}\n");
    }

    private static async Task<string> FirstKeyAsync(Gate gate)
    {
        using var running = Start(gate);
        var key = await Sender.FirstKeyAsync(running, scopes: ["Submit", "Read", "Review", "RegisterWrite"]);
        running.Kill();
        return key;
    }

    private static RunningGate Start(Gate gate) => gate.Start(gate.Folder, "serve", "--url", "http://127.0.0.1:0", "--language", "en");

    private static async Task AwaitSettledAsync(GateDatabase database, RunningGate running)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            await using var db = database.CreateDbContext();
            var open = await db.OutboxEvents.AsNoTracking().Where(row => row.DueAt != null).ToListAsync();
            if (open.Count == 0 && !await db.Submissions.AnyAsync(submission => submission.VerdictId == null) && !await db.TakeDowns.AnyAsync(row => row.FollowedAt == null))
            {
                return;
            }

            Assert.That(clock.Elapsed, Is.LessThan(Patience), () => string.Join('\n', open.Select(row => $"{row.Key} {row.State} {row.Attempts} {row.Failure} {row.DueAt}").Concat(running.Said)));
        }
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
