using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Audit;

/// <summary>What somebody with all rights on the database does behind the triggers, and whether it is found.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class AuditVerificationTests(DatabaseKind kind)
{
    private const int Length = 60;

    private readonly FixedTime clock = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TestDatabase place = null!;
    private TemporaryFolder data = null!;
    private GateDatabase database = null!;
    private Checkpoints checkpoints = null!;

    private CheckpointFolder Folder => CheckpointFolder.In(data.Path, null);

    [SetUp]
    public async Task OpenDatabase()
    {
        clock.Now = new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
        (place, data) = (new TestDatabase(kind), new TemporaryFolder());
        database = await place.OpenMigratedAsync();
        checkpoints = new Checkpoints(Folder, sentence => Assert.Fail(sentence.En), clock);
        await checkpoints.FollowAsync(database, default);
    }

    [TearDown]
    public void CloseDatabase()
    {
        place.Dispose();
        data.Dispose();
    }

    [Test]
    public async Task An_untouched_trail_is_sound_and_vouched_for()
    {
        await AppendAsync(5);
        clock.Now = clock.Now.AddDays(1);
        await AppendAsync(5);
        var report = await VerifyAsync();
        Assert.That((report.IsSound, report.Entries, report.Checkpoints, report.VouchedTo, report.FirstBad), Is.EqualTo((true, 10L, 2, 6L, (long?)null)));
    }

    [Test]
    public async Task An_empty_trail_is_sound() => Assert.That((await VerifyAsync()).IsSound, Is.True);

    [Test]
    public async Task A_thousand_random_edits_deletions_and_swaps_are_all_found()
    {
        await AppendAsync(Length);
        clock.Now = clock.Now.AddDays(1);
        await AppendAsync(1);
        await DropTriggersAsync();
        var random = new Random(20261122);
        await using var db = database.CreateDbContext();
        var rows = (await db.AuditEntries.AsNoTracking().ToListAsync()).ToDictionary(row => row.Id);
        for (var i = 0; i < 1000; i++)
        {
            var (sql, first) = Tampering(random, Length + 1);
            await db.Database.ExecuteSqlRawAsync(sql);
            var report = await VerifyAsync();
            Assert.That(report.IsSound, Is.False, sql);
            Assert.That(report.FirstBad, Is.EqualTo(first), sql + string.Join('\n', report.Faults));
            await db.AuditEntries.ExecuteDeleteAsync();
            db.ChangeTracker.Clear();
            db.AuditEntries.AddRange(rows.Values);
            await db.SaveChangesAsync();
        }

        Assert.That((await VerifyAsync()).IsSound, Is.True, "restored, it is sound again");
    }

    [Test]
    public async Task A_cut_tail_is_found_by_its_checkpoint()
    {
        await AppendAsync(1003);
        Assert.That(Folder.Files().Select(file => file.Entry), Is.EqualTo(new[] { 10L, 1000L }), "one a day, and one for each thousand");
        await DropTriggersAsync();
        await ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" > 990");
        var report = await VerifyAsync();
        Assert.That((report.IsSound, report.FirstBad), Is.EqualTo((false, 991L)));
        Assert.That(report.Faults.Single().What.En, Does.Contain("entry 1000 was signed at 2026-03-31 12:00:00 UTC").And.Contain("At least 10 entries are gone"));
    }

    [Test]
    public async Task A_cut_tail_with_a_forged_chain_behind_it_is_found()
    {
        await AppendAsync(1003);
        await DropTriggersAsync();
        await ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" > 990");
        await AppendAsync(50, "forged");
        var report = await VerifyAsync();
        Assert.That((report.IsSound, report.FirstBad, report.FaultCount), Is.EqualTo((false, 1000L, 1L)));
        Assert.That(report.Faults.Single().What.En, Does.Contain("not the one that was signed"));
    }

    [Test]
    public async Task A_trail_that_was_written_anew_from_its_first_entry_is_found()
    {
        await AppendAsync(5);
        await DropTriggersAsync();
        await ExecuteAsync("DELETE FROM \"AuditEntries\"");
        await AppendAsync(5, "forged");
        Assert.That((await VerifyAsync()).FirstBad, Is.EqualTo(1L));
    }

    [Test]
    public async Task A_forged_checkpoint_a_missing_one_and_one_that_is_none_are_told()
    {
        await AppendAsync(3);
        for (var day = 0; day < 3; day++)
        {
            clock.Now = clock.Now.AddDays(1);
            await AppendAsync(1);
        }

        var files = Folder.Files().Select(file => file.Path).ToList();
        Assert.That(files, Has.Count.EqualTo(4));
        await File.WriteAllTextAsync(files[0], (await File.ReadAllTextAsync(files[0])).Replace("\"after\":null", "\"after\":0", StringComparison.Ordinal));
        File.Delete(files[1]);
        await File.WriteAllTextAsync(files[3], "leeg");
        var report = await VerifyAsync();
        Assert.That(report.Faults.Select(fault => fault.What.En), Has.Some.Contains("000000000001.json is not signed").And.Some.Contains("that of entry 4, which the one of entry 5").And.Some.Contains("000000000006.json cannot be read"));
    }

    [Test]
    public async Task All_checkpoints_gone_is_told()
    {
        await AppendAsync(3);
        Directory.Delete(Folder.Folder, recursive: true);
        Assert.That((await VerifyAsync()).Faults.Single().What.En, Does.Contain("no checkpoint"));
    }

    [Test]
    public async Task A_checkpoint_that_could_not_be_made_is_told_once_and_made_good_at_the_next_start()
    {
        var told = new List<Text>();
        await File.WriteAllTextAsync(data["in the way"], "");
        var elsewhere = CheckpointFolder.In(data.Path, data["in the way"]);
        await new Checkpoints(elsewhere, told.Add, clock).FollowAsync(database, default);
        await AppendAsync(3);
        Assert.That(told, Has.Count.EqualTo(1));
        await new Checkpoints(Folder, told.Add, clock).FollowAsync(database, default);
        Assert.That((Folder.Files().Select(file => file.Entry).Single(), told.Count), Is.EqualTo((3L, 1)));
        Assert.That((await VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task Only_their_owner_can_read_key_and_checkpoints()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("left out: on Windows the folder decides");
            return;
        }

        await AppendAsync(1);
        var files = Directory.GetFiles(Folder.Folder).Append(data["audit-key.pem"]);
        Assert.That(files.Select(File.GetUnixFileMode).Distinct(), Is.EqualTo(new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder.Folder, "public-key.pem")), Does.StartWith("-----BEGIN PUBLIC KEY-----"));
    }

    [Test]
    public async Task A_copy_of_the_checkpoints_is_enough_where_the_key_is_not()
    {
        await AppendAsync(2);
        using var other = new TemporaryFolder();
        var copy = new CheckpointFolder(Folder.Folder, other["no key"]);
        Assert.That((await new AuditVerification(copy).WalkAsync(database, default)).VouchedTo, Is.EqualTo(1));
    }

    private static (string Sql, long First) Tampering(Random random, int length)
    {
        var id = random.Next(1, length + 1);
        switch (random.Next(9))
        {
            case 0:
                return ($"DELETE FROM \"AuditEntries\" WHERE \"Id\" = {id}", id);
            case 1:
                var other = random.Next(1, length);
                other += other >= id ? 1 : 0;
                return (string.Join(';', $"UPDATE \"AuditEntries\" SET \"Id\" = -1 WHERE \"Id\" = {id}", $"UPDATE \"AuditEntries\" SET \"Id\" = {id} WHERE \"Id\" = {other}", $"UPDATE \"AuditEntries\" SET \"Id\" = {other} WHERE \"Id\" = -1"), Math.Min(id, other));
            case 2:
                return ($"UPDATE \"AuditEntries\" SET \"At\" = \"At\" + {random.Next(1, 1000)} WHERE \"Id\" = {id}", id);
            case 3:
                // A whole stretch goes.
                return ($"DELETE FROM \"AuditEntries\" WHERE \"Id\" >= {id} AND \"Id\" < {id + random.Next(2, 10)}", id);
            case 4:
                return ($"UPDATE \"AuditEntries\" SET \"Previous\" = \"Hash\" WHERE \"Id\" = {id}", id);
            case 5:
                return ($"UPDATE \"AuditEntries\" SET \"Hash\" = '{Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64()))}' WHERE \"Id\" = {id}", id);
            case var column:
                return ($"UPDATE \"AuditEntries\" SET \"{new[] { "Kind", "Subject", "Details" }[column - 6]}\" = '{random.Next()}' WHERE \"Id\" = {id}", id);
        }
    }

    private Task<AuditReport> VerifyAsync() => new AuditVerification(Folder).WalkAsync(database, default);

    private async Task AppendAsync(int count, string subject = "x")
    {
        // One by one, as the gate works: a checkpoint is due after a commit.
        var step = count < 100 ? 1 : 10;
        for (var i = 0; i < count; i += step)
        {
            await using var db = database.CreateDbContext();
            await using var transaction = await db.BeginWriteAsync(default);
            for (var j = i; j < Math.Min(i + step, count); j++)
            {
                await new AuditTrail(clock).AppendAsync(db, AuditKinds.ItemTaken, $"{subject}-{j}", new Dictionary<string, string> { ["a"] = "é" }, default);
            }

            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    private Task DropTriggersAsync() => kind == DatabaseKind.Sqlite
        ? ExecuteAsync("DROP TRIGGER \"AuditEntries_are_not_changed\"; DROP TRIGGER \"AuditEntries_are_not_deleted\"; DROP TRIGGER \"AuditEntries_are_not_replaced\"")
        : ExecuteAsync("DROP TRIGGER \"AuditEntries_are_not_changed\" ON \"AuditEntries\"; DROP TRIGGER \"AuditEntries_are_not_emptied\" ON \"AuditEntries\"");

    private async Task ExecuteAsync(string sql)
    {
        await using var db = database.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
