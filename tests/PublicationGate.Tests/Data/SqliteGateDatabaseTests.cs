using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;

namespace PublicationGate.Tests.Data;

public class SqliteGateDatabaseTests
{
    private string folder = "";

    private string File => Path.Combine(folder, "data", "gate.db");

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("gate-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Makes_the_file_and_its_folder_and_may_be_asked_again()
    {
        using var database = SqliteGateDatabase.InFile(File);
        await database.MigrateAsync(CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);

        await using var db = database.CreateDbContext();
        Assert.That(await db.Pupils.CountAsync(), Is.Zero);
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_what_lies_on_disk()
    {
        using var database = SqliteGateDatabase.InFile(File);
        await database.MigrateAsync(CancellationToken.None);
        await using var db = database.CreateDbContext();
        db.Staff.Add(Teacher("s1"));
        await db.SaveChangesAsync();

        var files = Directory.GetFiles(Path.GetDirectoryName(File)!);
        Assert.That(files, Has.Member(File + "-wal"));
        Assert.That(files.Select(System.IO.File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Migrates_although_a_killed_process_left_its_migration_lock_behind(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
                """;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        using var database = SqliteGateDatabase.InFile(File);
        await Task.Run(() => database.MigrateAsync(cancellationToken), cancellationToken).WaitAsync(cancellationToken);

        await using var db = database.CreateDbContext();
        Assert.That(await db.Database.GetPendingMigrationsAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Connections_write_ahead_check_foreign_keys_and_wait_for_each_other()
    {
        using var database = SqliteGateDatabase.InFile(File);
        await database.MigrateAsync(CancellationToken.None);
        await using var db = database.CreateDbContext();

        Assert.That(await PragmaAsync(db, "journal_mode"), Is.EqualTo("wal"));
        Assert.That(await PragmaAsync(db, "foreign_keys"), Is.EqualTo("1"));

        await using var first = database.CreateDbContext();
        var transaction = await first.Database.BeginTransactionAsync();
        var second = Task.Run(async () =>
        {
            await using var other = database.CreateDbContext();
            other.Staff.Add(Teacher("s1"));
            await other.SaveChangesAsync();
        });
        await Task.Delay(300);
        Assert.That(second.IsCompleted, Is.False);
        await transaction.DisposeAsync();
        Assert.That(async () => await second, Throws.Nothing);
    }

    [Test]
    public async Task Databases_in_memory_are_apart()
    {
        using var one = SqliteGateDatabase.InMemory();
        using var other = SqliteGateDatabase.InMemory();
        await one.MigrateAsync(CancellationToken.None);
        await other.MigrateAsync(CancellationToken.None);
        await using (var db = one.CreateDbContext())
        {
            db.Staff.Add(Teacher("s1"));
            await db.SaveChangesAsync();
        }

        await using var again = one.CreateDbContext();
        await using var apart = other.CreateDbContext();
        Assert.That(await again.Staff.CountAsync(), Is.EqualTo(1));
        Assert.That(await apart.Staff.CountAsync(), Is.Zero);
    }

    private static StaffMember Teacher(string key) => new() { Key = key, FirstName = "Ines", Prefix = "", Surname = "Test", Role = "leerkracht" };

    private static async Task<string> PragmaAsync(GateDb db, string name)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
