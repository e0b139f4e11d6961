using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Backup;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Backup;

public class GateBackupTests
{
    private readonly GateBackup backup = new(new FixedTime(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero)));
    private TemporaryFolder folder = null!;
    private GateDatabase database = null!;

    private string Data => folder["data"];

    private string Target => folder["kopie.tar"];

    [SetUp]
    public async Task MakeDataFolder()
    {
        folder = new TemporaryFolder().Text("data/protocol.yaml", "school: Proef").Text("data/store/ab/ab12", "origineel").Text("data/checkpoints/2026-03-31.json", "{}").Text("data/models/use.json", "{}")
            .Text("data/store/incoming/x.lock", "").Text("data/store/incoming/x-1.partial", "half").Text("data/models/net.onnx.partial", "half");
        database = SqliteGateDatabase.InFile(folder["data/gate.db"]);
        await database.MigrateAsync(default);
    }

    [TearDown]
    public void DeleteFolder()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task What_is_restored_into_an_empty_folder_is_all_that_was_there()
    {
        await KeepAsync("v1");
        var written = await backup.WriteAsync(Data, Target, false, default);
        Assert.That(written.Files.Select(file => file.Path), Is.EquivalentTo(new[] { "protocol.yaml", "checkpoints/2026-03-31.json", "models/use.json", "gate.db", "store/ab/ab12" }), "no locks, no copies under way");
        await KeepAsync("later");

        var read = await GateRestore.RunAsync(Target, folder["terug"], default);

        Assert.That(read.Files, Is.EqualTo(written.Files));
        Assert.That((read.CreatedAt, read.Tables), Is.EqualTo((written.CreatedAt, GateMigrations.Newest)));
        Assert.That(FilesIn(folder["terug"]), Is.EquivalentTo(written.Files.Select(file => file.Path)));
        Assert.That(await File.ReadAllTextAsync(folder["terug/store/ab/ab12"]), Is.EqualTo("origineel"));
        Assert.That(await VerdictsAsync(folder["terug/gate.db"]), Is.EqualTo(new[] { "v1" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_the_backup_and_what_comes_out_of_it()
    {
        await backup.WriteAsync(Data, Target, false, default);
        await GateRestore.RunAsync(Target, folder["terug"], default);
        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(File.GetUnixFileMode(Target), Is.EqualTo(owner));
        Assert.That(FilesIn(folder["terug"]).Select(file => File.GetUnixFileMode(Path.Combine(folder["terug"], file))), Is.All.EqualTo(owner));
        Assert.That(Directory.GetDirectories(folder["terug"], "*", SearchOption.AllDirectories).Append(folder["terug"]).Select(File.GetUnixFileMode), Is.All.EqualTo(owner | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_restored_database_is_written_and_read_at_once_like_the_one_it_came_from()
    {
        await backup.WriteAsync(Data, Target, false, default);
        await GateRestore.RunAsync(Target, folder["terug"], default);
        Assert.That(await AskAsync(folder["terug/gate.db"], "PRAGMA journal_mode"), Is.EqualTo("wal").And.EqualTo(await AskAsync(folder["data/gate.db"], "PRAGMA journal_mode")));
        Assert.That(await AskAsync(folder["terug/gate.db"], "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'"), Is.EqualTo(await AskAsync(folder["data/gate.db"], "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'")).And.Not.EqualTo("0"));
    }

    [Test]
    public async Task Programs_for_archives_can_read_it()
    {
        await backup.WriteAsync(Data, Target, false, default);
        using var tar = Process.Start(new ProcessStartInfo("tar", ["-xOf", Target, "data/store/ab/ab12"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.That((await tar.StandardOutput.ReadToEndAsync(), await tar.StandardError.ReadToEndAsync()), Is.EqualTo(("origineel", "")));
    }

    [Test]
    public async Task Holds_what_was_kept_before_it_began_while_four_threads_write()
    {
        using var stop = new CancellationTokenSource();
        var kept = 0;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await KeepAsync($"{writer}-{i:00000}");
                Interlocked.Increment(ref kept);
            }
        })).ToList();
        while (Volatile.Read(ref kept) < 40)
        {
            await Task.Delay(10);
        }

        for (var turn = 0; turn < 3; turn++)
        {
            var before = await VerdictsAsync(folder["data/gate.db"]);
            await backup.WriteAsync(Data, folder[$"kopie{turn}.tar"], false, default);
            await GateRestore.RunAsync(folder[$"kopie{turn}.tar"], folder[$"terug{turn}"], default);
            Assert.That(await VerdictsAsync(folder[$"terug{turn}/gate.db"]), Is.SupersetOf(before));
            Assert.That(await AskAsync(folder[$"terug{turn}/gate.db"], "PRAGMA integrity_check"), Is.EqualTo("ok"));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Test]
    public async Task Replaces_no_file_unless_told_to_and_leaves_nothing_beside_it()
    {
        folder.Text("kopie.tar", "van gisteren");
        Assert.That(await MistakeAsync(Target), Does.Contain("--force"));
        Assert.That(await File.ReadAllTextAsync(Target), Is.EqualTo("van gisteren"));
        folder.Text("kopie.tar.partial/0123-1.partial", "van een kopie die werd afgebroken");
        await backup.WriteAsync(Data, Target, mayReplace: true, default);
        Assert.That(Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "data", "kopie.tar" }));
        await GateRestore.RunAsync(Target, folder["terug"], default);
    }

    [Test]
    public async Task Refuses_a_place_that_makes_no_sense()
    {
        Assert.That(await MistakeAsync(folder["data/kopie.tar"]), Does.Contain("in each later").Or.Contain("every later"));
        Assert.That(await MistakeAsync(folder["er niet/kopie.tar"]), Does.Contain("is not there"));
        Assert.That(await MistakeAsync(Data), Does.Contain("is a folder"));
        Assert.That((await Assert.ThrowsAsync<BackupException>(() => backup.WriteAsync(folder["leeg"], Target, false, default)))!.Reason.En, Does.Contain("no gate.db"));
        Assert.That(Directory.Exists(folder["leeg"]), Is.False);
    }

    [Test]
    public async Task A_store_on_another_disk_is_followed_and_links_further_down_are_refused()
    {
        folder.Text("groot/cd/cd34", "elders");
        Directory.Delete(folder["data/store"], recursive: true);
        Directory.CreateSymbolicLink(folder["data/store"], folder["groot"]);
        Assert.That((await backup.WriteAsync(Data, Target, false, default)).Files.Select(file => file.Path), Does.Contain("store/cd/cd34"));

        Directory.CreateSymbolicLink(folder["groot/rond"], folder["groot"]);
        Assert.That((await Assert.ThrowsAsync<BackupException>(() => backup.WriteAsync(Data, Target, true, default)))!.Reason.En, Does.Contain("rond"));
    }

    [Test]
    public async Task Makes_no_backup_of_a_damaged_database()
    {
        await KeepAsync("v1");
        database.Dispose();
        await using (var file = File.OpenWrite(folder["data/gate.db"]))
        {
            file.Position = 0;
            await file.WriteAsync(new byte[2000]);
        }

        Assert.That((await Assert.ThrowsAsync<GateDatabaseException>(() => backup.WriteAsync(Data, Target, false, default)))!.Reason.En, Does.Contain("damaged"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "data" }));
    }

    [Test]
    public async Task A_full_disk_leaves_the_older_backup_as_it_was()
    {
        folder.Write("data/store/ef/ef56", new byte[400_000]);
        using var disk = new SmallDisk("300k");
        await File.WriteAllTextAsync(disk["kopie.tar"], "van gisteren");
        var failure = await Assert.CatchAsync<Exception>(() => backup.WriteAsync(Data, disk["kopie.tar"], true, default));
        Assert.That(DiskFailure.ReasonOf(failure!)?.En, Does.Contain("The disk is full"), failure!.ToString());
        Assert.That(Directory.GetFileSystemEntries(disk.Path), Is.EqualTo(new[] { disk["kopie.tar"] }));
        Assert.That(await File.ReadAllTextAsync(disk["kopie.tar"]), Is.EqualTo("van gisteren"));
    }

    private async Task<string> MistakeAsync(string target)
    {
        var refused = (await Assert.ThrowsAsync<BackupException>(() => backup.WriteAsync(Data, target, false, default)))!;
        Assert.That(refused.IsMistake, Is.True);
        return refused.Reason.En;
    }

    private async Task KeepAsync(string id)
    {
        await using var db = database.CreateDbContext();
        db.Verdicts.Add(new StoredVerdict
        {
            Id = id, ContentSha256 = "aa", DeclarationSha256 = "bb", ProtocolVersion = "1", Outcome = Outcome.Held, Channel = "website", FileName = "dag.jpg", DecidedAt = DateTimeOffset.UnixEpoch, Evidence = new string('x', 500),
        });
        await db.SaveChangesAsync();
    }

    private static async Task<string[]> VerdictsAsync(string file)
    {
        using var opened = SqliteGateDatabase.InFile(file);
        await using var db = opened.CreateDbContext();
        return await db.Verdicts.Select(verdict => verdict.Id).ToArrayAsync();
    }

    private static async Task<string> AskAsync(string file, string question)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(question, connection);
        return $"{await command.ExecuteScalarAsync()}";
    }

    private static string[] FilesIn(string place) => [.. Directory.GetFiles(place, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(place, file)).Where(file => !file.Contains("db-", StringComparison.Ordinal))];
}
