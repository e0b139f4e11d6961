using System.Diagnostics;
using System.Globalization;
using PublicationGate.App.Tests.Faults;
using PublicationGate.App.Tests.Support;
using PublicationGate.Data;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>The program, watching a folder of real photos. Each test waits for files to stand still, so they run beside each other.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WatchTests : IDisposable
{
    private const string Album = "projectweek";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Gate gate = new();

    public void Dispose() => gate.Dispose();

    [Test]
    public void The_sample_album_gets_the_verdicts_of_the_contract_and_each_its_place()
    {
        gate.Run("register", "import", Repository.Register);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples/album"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(gate["in"], Path.GetRelativePath(Path.Combine(Repository.Root, "samples/album"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var run = gate.Run("watch", "in", "--once", "--json", "--protocol", Path.Combine(Repository.Root, "samples/protocol.yaml"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var screened = gate.Run("screen", Path.Combine(Repository.Root, "samples/album"), "--json", "--protocol", Path.Combine(Repository.Root, "samples/protocol.yaml"));
        Assert.That(
            run.Verdicts.Select(verdict => $"{verdict.FileName()} {verdict.Outcome()}"),
            Is.EquivalentTo(screened.Verdicts.Select(verdict => $"{Path.GetRelativePath(Path.Combine(Repository.Root, "samples/album"), verdict.FileName())} {verdict.Outcome()}")), "what 'screen' says");
        foreach (var verdict in run.Verdicts)
        {
            var folder = verdict.Outcome() == "approved" ? Path.Combine("approved", (string)verdict["channel"]!) : verdict.Outcome();
            var photo = Path.Combine(gate[folder], verdict.FileName());
            Assert.That(new[] { photo, photo + ".json", photo + ".txt" }.Where(file => !File.Exists(file)), Is.Empty);
        }

        Assert.That(Directory.GetFiles(gate["in"], "*.jpg", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Declarations_that_come_or_change_later_replace_what_was_laid()
    {
        gate.Run("register", "import", Repository.Register);
        var photo = Drop(1);
        using var running = gate.Start(gate.Folder, "watch", "in");
        Await(() => File.Exists(Held(photo)), "held: nobody said who is in it");

        StreamOfPhotos.Declare(gate["in"]);
        Await(() => File.Exists(Approved(photo)), "approved once it is declared");
        Assert.That(Directory.GetFiles(gate["held"], "*", SearchOption.AllDirectories), Is.Empty, "one result");

        File.AppendAllText(Path.Combine(gate["in"], Album, "album.yaml"), "chanel: website\n");
        Await(() => File.Exists(Held(photo)), "held for a mistake in its declaration");
        Assert.That(Directory.GetFiles(gate["approved"], "*", SearchOption.AllDirectories), Is.Empty, "and taken back");
        Assert.That(File.ReadAllText(Held(photo) + ".txt"), Does.Contain("album.yaml"));

        Directory.Delete(Path.Combine(gate["in"], Album), recursive: true);
        running.Terminate();
        var run = running.ToEnd(TimeSpan.FromSeconds(30));
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, run.Error)), run.Error);
        Assert.That(File.Exists(Held(photo)), "a folder that is tidied away declares nothing");
    }

    [Test]
    public void A_photo_that_is_put_back_is_screened_anew()
    {
        gate.Run("register", "import", Repository.Register);
        StreamOfPhotos.Declare(gate["in"]);
        var photo = Drop(1);
        var (content, time) = (File.ReadAllBytes(photo), File.GetLastWriteTimeUtc(photo));
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        Assert.That(File.Exists(Approved(photo)));
        File.Delete(Approved(photo));

        // "No" since then, for one who is in it: the earlier verdict counts no more.
        var pupil = File.ReadLines(Path.Combine(Repository.Register, "pupils.csv")).Skip(1).First(line => line.Contains("groep 7", StringComparison.Ordinal)).Split(',')[0];
        Assert.That(gate.Run("register", "answer", pupil, "--channel", "website", "--kind", "photo", "--scope", "group", "--answer", "no", "--given-by", "guardian-1").ExitCode, Is.Zero);
        File.WriteAllBytes(photo, content);
        File.SetLastWriteTimeUtc(photo, time);
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        Assert.That(File.Exists(Approved(photo)), Is.False);
        Assert.That(File.Exists(photo), Is.False);
    }

    [Test]
    public void A_second_watch_of_the_same_folder_is_refused_and_the_first_ends_when_asked_to()
    {
        Directory.CreateDirectory(gate["in"]);
        using var first = gate.Start(gate.Folder, "watch", "in");
        Await(() => File.Exists(gate[".publication-gate/watch.lock"]), "the first is at work");
        var second = gate.Run("watch", "in", "--language", "en");
        Assert.That((second.ExitCode, second.Out), Is.EqualTo((3, "")));
        Assert.That(second.ErrorLines[^1], Does.StartWith("Another gate is at work here already"));
        var other = gate.Run("watch", "in", "--language", "en", "--data", gate["other"]);
        Assert.That(other.ErrorLines[^1], Does.StartWith("Another gate is at work here already"), "with data of its own, and the same results");

        first.Interrupt();
        var run = first.ToEnd(TimeSpan.FromSeconds(30));
        Assert.That((run.ExitCode, run.ErrorLines[^1]), Is.EqualTo((0, run.ErrorLines[^1])), run.Error);
        Assert.That(run.ErrorLines[^1], Does.StartWith("De poort is gestopt."));
    }

    [Test]
    public void Originals_stay_where_that_is_asked_for_and_are_not_taken_twice()
    {
        var photo = Drop(1);
        Assert.That(gate.Run("watch", "in", "--once", "--json", "--leave-originals", "--results", "out").Verdicts, Has.Count.EqualTo(1));
        Assert.That(File.Exists(photo));
        Assert.That(gate.Run("watch", "in", "--once", "--json", "--leave-originals", "--results", "out").Verdicts, Is.Empty);
        Assert.That(File.Exists(Path.Combine(gate["out"], "held", Album, "foto1.jpg.txt")));
    }

    [Test]
    public void A_store_that_is_gone_stops_everything_and_loses_nothing_until_it_is_back()
    {
        Directory.CreateDirectory(gate["in"]);
        using var running = gate.Start(gate.Folder, "watch", "in", "--language", "en");
        var store = Path.Combine(gate.Data, "store");
        Await(() => Directory.Exists(store) && File.Exists(gate[".publication-gate/watch.lock"]), "it is at work");
        Directory.Move(store, store + "-away");
        var photo = Drop(1);
        Await(() => running.Said.Count > 1, "it says that the store is gone");
        Assert.That((File.Exists(photo), Directory.Exists(gate["held"])), Is.EqualTo((true, false)));
        Directory.Move(store + "-away", store);
        Await(() => File.Exists(Held(photo)), "taken once the store is back");
        Await(() => running.Said.Count > 2, "it says so");
        running.Terminate();
        var run = running.ToEnd(TimeSpan.FromSeconds(30));
        Assert.That(run.Error, Does.Contain("The gate works again."));
    }

    [Test]
    public void A_results_folder_that_cannot_be_written_to_is_waited_for()
    {
        gate.Text("held", "a file where a folder should be");
        var photo = Drop(1);
        using var running = gate.Start(gate.Folder, "watch", "in", "--language", "en");
        Await(() => Decided() == 1, "it has its verdict");
        Await(() => running.Said.Count > 1, "it says that no result can be laid");
        Assert.That(File.Exists(photo), "what has no result stays");
        File.Delete(gate["held"]);
        Await(() => File.Exists(Held(photo)), "laid once that is possible");
        Await(() => running.Said.Count > 2, "it says so");
        running.Terminate();
        Assert.That(running.ToEnd(TimeSpan.FromSeconds(30)).Error, Does.Contain("The gate works again."));
    }

    [Test]
    public async Task A_database_server_that_goes_away_and_comes_back_loses_nothing()
    {
        using var server = new PostgresServer();
        using var with = new Gate { Database = server.NewSchema() };
        Directory.CreateDirectory(with["in"]);
        using var running = with.Start(with.Folder, "watch", "in", "--language", "en");
        Await(() => File.Exists(with[".publication-gate/watch.lock"]), "it is at work");
        await Task.Delay(3000);
        server.Crash();
        var photo = Path.Combine(with["in"], "foto.jpg");
        await File.WriteAllBytesAsync(photo, new StreamOfPhotos().Photo(1));
        Await(() => running.Said.Count > 1, "it says that the database is away");
        Assert.That(File.Exists(photo));
        server.Start();
        Await(() => File.Exists(with["held/foto.jpg"]), "screened once the server is back");
        Await(() => running.Said.Contains("The gate works again."), "it says so");
        running.Terminate();
        var run = running.ToEnd(TimeSpan.FromSeconds(30));
        Assert.That(run.Error, Does.Contain("nothing is lost").And.Contain("The gate works again."));
    }

    // In long form, with pauses of up to a minute: GATE_PAUSE_SECONDS=60.
    [Test]
    public async Task A_writer_that_pauses_in_the_middle_of_a_file_gets_one_verdict_of_the_whole()
    {
        var longest = int.TryParse(Environment.GetEnvironmentVariable("GATE_PAUSE_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 12;
        Directory.CreateDirectory(gate["in"]);
        using var running = gate.Start(gate.Folder, "watch", "in", "--json");
        var photos = new StreamOfPhotos();
        var finished = new Dictionary<string, Stopwatch>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            var content = photos.Photo(number);
            var path = Path.Combine(gate["in"], $"foto{number}.jpg");
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
            {
                // In the middle of the header, of the picture, and just before the end.
                var cut = number switch { 0 => 1, 1 => 25, 2 => content.Length - 1, 3 => content.Length - 2, _ => content.Length * number / 8 };
                await file.WriteAsync(content.AsMemory(0, cut));
                await file.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(longest * (number + 1) / 8.0));
                await file.WriteAsync(content.AsMemory(cut));
            }

            lock (finished)
            {
                finished.Add(path, Stopwatch.StartNew());
            }
        }));
        var latencies = finished.Select(pair =>
        {
            Await(() => File.Exists(Path.Combine(gate["held"], Path.GetFileName(pair.Key))), "its result");
            return pair.Value.Elapsed.TotalSeconds;
        }).ToList();
        running.Terminate();
        var run = running.ToEnd(TimeSpan.FromSeconds(30));
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pauses up to {longest} s; the last finished file had its result after {latencies[^1]:0.0} s"));
        Assert.That(run.Verdicts.Select(verdict => verdict.FileName()).ToList(), Is.Unique.And.Count.EqualTo(8));
        Assert.That(run.Verdicts.SelectMany(verdict => verdict.Rules()).Distinct(), Is.EqualTo(new[] { "nothing-is-unknown" }), "none is damaged: only nobody is declared");
        Assert.That(run.Verdicts.Select(verdict => (int?)verdict["faces"]!["count"]), Is.All.EqualTo(2));
    }

    [Test]
    public void A_finished_copy_has_its_verdict_within_seconds()
    {
        Directory.CreateDirectory(gate["in"]);
        using var running = gate.Start(gate.Folder, "watch", "in");
        Await(() => File.Exists(gate[".publication-gate/watch.lock"]), "it is at work");
        var first = Drop(1);
        Await(() => File.Exists(Held(first)), "its result");
        var times = Enumerable.Range(2, 3).Select(number =>
        {
            var photo = Drop(number);
            var clock = Stopwatch.StartNew();
            Await(() => File.Exists(Held(photo)), "its result");
            return clock.Elapsed.TotalSeconds;
        }).ToList();
        running.Terminate();
        running.ToEnd(TimeSpan.FromSeconds(30));
        TestContext.Out.WriteLine("from the finished copy to the result: " + string.Join(", ", times.Select(time => time.ToString("0.0 s", CultureInfo.InvariantCulture))));
        Assert.That(times, Is.All.LessThan(60), "a busy machine is no mistake; docs/performance.md has the figure");
    }

    private int Decided()
    {
        var file = Path.Combine(gate.Data, "gate.db");
        if (!File.Exists(file))
        {
            return 0;
        }

        using var database = SqliteGateDatabase.InFile(file);
        using var db = database.CreateDbContext();
        try
        {
            return db.QueueItems.Count(item => item.State == QueueState.Decided);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Its tables are being made.
            return 0;
        }
    }

    private string Held(string photo) => Path.Combine(gate["held"], Album, Path.GetFileName(photo));

    private string Approved(string photo) => Path.Combine(gate["approved"], "website", Album, Path.GetFileName(photo));

    private string Drop(int number)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(gate["in"], Album)).FullName, $"foto{number}.jpg");
        File.WriteAllBytes(path, new StreamOfPhotos().Photo(number));
        return path;
    }

    private static void Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds)).Wait();

    private static void Await(Func<bool> isSo, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), what);
            Wait(0.02);
        }
    }
}
