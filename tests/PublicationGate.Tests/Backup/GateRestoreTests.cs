using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using PublicationGate.Backup;
using PublicationGate.Data;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Backup;

public class GateRestoreTests
{
    private TemporaryFolder folder = null!;
    private byte[] good = null!;

    [SetUp]
    public async Task MakeBackup()
    {
        folder = new TemporaryFolder().Text("data/protocol.yaml", "school: Proef").Text("data/store/ab/ab12", "origineel");
        using var database = SqliteGateDatabase.InFile(folder["data/gate.db"]);
        await database.MigrateAsync(default);
        await new GateBackup(TimeProvider.System).WriteAsync(folder["data"], folder["goed.tar"], false, default);
        good = await File.ReadAllBytesAsync(folder["goed.tar"]);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task One_flipped_bit_anywhere_is_found_and_nothing_is_changed()
    {
        var random = new Random(7);
        foreach (var at in Enumerable.Range(0, 200).Select(_ => random.Next(good.Length)).Concat([0, 156, good.Length - 1, good.Length - 50]))
        {
            var damaged = (byte[])good.Clone();
            damaged[at] ^= (byte)(1 << random.Next(8));
            Assert.That(await RefusalAsync(damaged), Does.Contain("damaged"), $"byte {at}");
        }
    }

    [Test]
    public async Task A_backup_that_was_cut_off_or_is_something_else_is_refused()
    {
        Assert.That(await RefusalAsync(good[..^1]), Does.Contain("damaged"));
        Assert.That(await RefusalAsync(good[..(good.Length / 2)]), Does.Contain("damaged"));
        Assert.That(await RefusalAsync([]), Does.Contain("damaged"));
        Assert.That(await RefusalAsync(Encoding.UTF8.GetBytes("een brief")), Does.Contain("damaged"));
        Assert.That(await RefusalAsync([.. good, .. good]), Does.Contain("damaged"));
    }

    [TestCase("data/../../weg")]
    [TestCase("/data/weg")]
    [TestCase("data//weg")]
    [TestCase("data/a\\b")]
    [TestCase("data/C:weg")]
    [TestCase("weg")]
    [TestCase("data/gate.db-wal")]
    [TestCase("data/gate.db")]
    [TestCase("data/weg", TarEntryType.SymbolicLink)]
    [TestCase("data/weg", TarEntryType.HardLink)]
    [TestCase("data/weg", TarEntryType.CharacterDevice)]
    [TestCase("data/weg", TarEntryType.Directory)]
    public async Task A_hostile_archive_that_is_sealed_well_is_refused(string name, TarEntryType type = TarEntryType.RegularFile)
    {
        var hostile = await RepackAsync(async archive =>
        {
            var entry = new PaxTarEntry(type, name);
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "/etc/passwd";
            }
            else if (type == TarEntryType.RegularFile)
            {
                entry.DataStream = new MemoryStream([1, 2, 3]);
            }

            await archive.WriteEntryAsync(entry);
        });
        Assert.That(await RefusalAsync(hostile), Does.Contain("damaged"));
    }

    [Test]
    public async Task A_file_that_the_manifest_does_not_know_is_refused() =>
        Assert.That(await RefusalAsync(await RepackAsync(archive => archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "data/extra") { DataStream = new MemoryStream([1]) }))), Does.Contain("damaged"));

    [Test]
    public async Task A_file_whose_content_the_manifest_does_not_know_is_refused() =>
        Assert.That(await RefusalAsync(await RepackAsync(change: (name, bytes) => name == "data/store/ab/ab12" ? Encoding.UTF8.GetBytes("ORIGINEEL") : bytes)), Does.Contain("damaged"));

    [Test]
    public async Task Packed_again_without_a_change_it_is_good()
    {
        await File.WriteAllBytesAsync(folder["weer.tar"], await RepackAsync());
        Assert.That((await GateRestore.RunAsync(folder["weer.tar"], folder["terug"], default)).Files, Has.Count.EqualTo(3));
    }

    [TestCase("\"format\": 1", "\"format\": 2")]
    [TestCase("\"tables\": ", "\"tables\": 9")]
    public async Task A_backup_of_a_newer_gate_is_refused(string now, string then) =>
        Assert.That(
            await RefusalAsync(await RepackAsync(change: (name, bytes) => name == BackupManifest.Name ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(now, then, StringComparison.Ordinal)) : bytes)),
            Does.Contain("newer gate"));

    [Test]
    public async Task A_database_in_it_that_is_of_a_newer_gate_or_no_database_is_refused()
    {
        await using (var connection = new SqliteConnection($"Data Source={folder["data/gate.db"]};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand("PRAGMA user_version = 4000", connection);
            await command.ExecuteNonQueryAsync();
        }

        var newer = await File.ReadAllBytesAsync(folder["data/gate.db"]);
        foreach (var database in new[] { newer, Encoding.UTF8.GetBytes(new string('x', 5000)) })
        {
            var bytes = await RepackAsync(change: (name, content) => name == "data/gate.db" ? database : name == BackupManifest.Name
                ? new BackupManifest(1, "1", 1, DateTimeOffset.UnixEpoch, [.. BackupManifest.Read(new MemoryStream(content)).Files.Select(file =>
                    file.Path == "gate.db" ? new BackedUpFile("gate.db", database.Length, Convert.ToHexStringLower(SHA256.HashData(database))) : file)]).Write() : content);
            Assert.That(await RefusalAsync(bytes), Does.Contain("newer").Or.Contain("damaged"));
        }
    }

    [Test]
    public async Task Restores_into_an_empty_folder_only()
    {
        folder.Text("vol/protocol.yaml", "van een ander");
        var refused = (await Assert.ThrowsAsync<BackupException>(() => GateRestore.RunAsync(folder["goed.tar"], folder["vol"], default)))!;
        Assert.That((refused.IsMistake, refused.Reason.En), Is.EqualTo((true, refused.Reason.En)));
        Assert.That(refused.Reason.En, Does.Contain("not empty"));
        Assert.That(Directory.GetFileSystemEntries(folder["vol"]), Is.EqualTo(new[] { folder["vol/protocol.yaml"] }));
        Assert.That(() => GateRestore.RunAsync(folder["er niet.tar"], folder["terug"], default), Throws.InstanceOf<BackupException>());
        Assert.That(Directory.Exists(folder["terug"]), Is.False);
    }

    [Test]
    public async Task What_a_killed_restore_left_behind_is_no_hindrance()
    {
        folder.Text("terug/.restore.partial/gate.db", "half").Text("terug/.restore.lock", "");
        await GateRestore.RunAsync(folder["goed.tar"], folder["terug"], default);
        Assert.That(Directory.GetFileSystemEntries(folder["terug"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "gate.db", "protocol.yaml", "store" }));
    }

    [Test]
    public async Task A_full_disk_leaves_the_folder_empty()
    {
        using var disk = new SmallDisk("100k");
        Directory.CreateDirectory(disk["terug"]);
        var failure = await Assert.CatchAsync<Exception>(() => GateRestore.RunAsync(folder["goed.tar"], disk["terug"], default));
        Assert.That(DiskFailure.ReasonOf(failure!)?.En, Does.Contain("The disk is full"), failure!.ToString());
        Assert.That(Directory.GetFileSystemEntries(disk["terug"]), Is.Empty);
    }

    [Test]
    public async Task A_data_folder_that_is_a_disk_of_its_own_can_be_restored_into()
    {
        using var disk = new SmallDisk("5m");
        await GateRestore.RunAsync(folder["goed.tar"], disk.Path, default);
        Assert.That(File.Exists(disk["store/ab/ab12"]), Is.True);
    }

    private async Task<string> RefusalAsync(byte[] bytes)
    {
        await File.WriteAllBytesAsync(folder["fout.tar"], bytes);
        var refused = await Assert.CatchAsync<Exception>(() => GateRestore.RunAsync(folder["fout.tar"], folder["terug"], default));
        Assert.That(Directory.Exists(folder["terug"]), Is.False);
        return (refused as BackupException)?.Reason.En ?? (refused as GateDatabaseException)?.Reason.En ?? refused!.ToString();
    }

    // A backup with the same files, of which something was changed by one who knows how to seal it.
    private async Task<byte[]> RepackAsync(Func<TarWriter, Task>? add = null, Func<string, byte[], byte[]>? change = null)
    {
        var made = new MemoryStream();
        await using (var reader = new TarReader(new MemoryStream(good)))
        await using (var writer = new TarWriter(made, TarEntryFormat.Pax, leaveOpen: true))
        {
            while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
            {
                if (entry.Name == BackupManifest.Name && add is not null)
                {
                    await add(writer);
                }

                var content = new MemoryStream();
                await entry.DataStream!.CopyToAsync(content);
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = new MemoryStream(change?.Invoke(entry.Name, content.ToArray()) ?? content.ToArray()) });
            }
        }

        return [.. made.ToArray(), .. BackupSeal.Of(SHA256.HashData(made.ToArray()))];
    }
}
