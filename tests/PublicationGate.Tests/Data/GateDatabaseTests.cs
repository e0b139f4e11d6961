using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Data;

/// <summary>What every database of the gate keeps to, whichever software it is on.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class GateDatabaseTests(DatabaseKind kind)
{
    private TestDatabase place = null!;

    [SetUp]
    public void MakePlace() => place = new TestDatabase(kind);

    [TearDown]
    public void RemovePlace() => place?.Dispose();

    [Test]
    public void Every_migration_that_was_written_is_used() =>
        Assert.That(new GateMigrations().Migrations.Values, Is.EqualTo(typeof(GateMigrations).Assembly.DefinedTypes.Where(type => type.IsSubclassOf(typeof(Migration))).OrderBy(type => type.Name, StringComparer.Ordinal)));

    [Test]
    public async Task Makes_its_tables_and_may_be_asked_again()
    {
        var database = await place.OpenMigratedAsync();
        await database.MigrateAsync(default);

        await using var db = database.CreateDbContext();
        Assert.That(await db.Pupils.CountAsync(), Is.Zero);
        Assert.That(await db.Database.GetPendingMigrationsAsync(), Is.Empty);
    }

    [Test]
    public async Task Several_that_start_at_once_all_find_the_tables_there()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => place.Open()).ToList();
        await Task.WhenAll(databases.Select(database => Task.Run(() => database.MigrateAsync(default))));

        foreach (var database in databases)
        {
            await using var db = database.CreateDbContext();
            Assert.That(await db.Database.GetPendingMigrationsAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Goes_on_where_an_older_gate_stopped()
    {
        var database = place.Open();
        await OlderDatabase.MakeAsync(database, version: 2);
        Assert.That((await database.DescribeAsync(default)).Version, Is.EqualTo(2));

        await database.MigrateAsync(default);

        await using var again = database.CreateDbContext();
        Assert.That(await again.Database.GetPendingMigrationsAsync(), Is.Empty);
        Assert.That((await database.DescribeAsync(default)).Version, Is.EqualTo(GateMigrations.Newest));
    }

    [Test]
    public async Task A_database_that_a_newer_gate_wrote_is_refused_in_words()
    {
        var database = await place.OpenMigratedAsync();
        await using (var db = database.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('9000_Later', '99.0.0')");
            await SetVersionAsync(db, 9000);
        }

        Assert.That(() => place.OpenMigratedAsync(), Throws.TypeOf<GateDatabaseException>().With.Message.Contains("newer version of the gate (its tables are version 9000"));
    }

    [Test]
    public async Task Says_what_it_is()
    {
        var found = await (await place.OpenMigratedAsync()).DescribeAsync(default);
        Assert.That(found.Server, Does.Match(kind == DatabaseKind.Sqlite ? @"^SQLite 3\.\d+" : @"^PostgreSQL \d+\.\d+"));
        Assert.That((found.Version, found.Place), Is.EqualTo((GateMigrations.Newest, place.Open().Place)));
    }

    [Test]
    public async Task A_snapshot_does_not_see_what_is_written_meanwhile_and_holds_nobody_up()
    {
        var database = await place.OpenMigratedAsync();
        await using var reader = database.CreateDbContext();
        await using var snapshot = await reader.BeginSnapshotAsync(default);
        Assert.That(await reader.Staff.CountAsync(), Is.Zero);

        await AddAsync(database, Teacher("s1"));

        Assert.That(await reader.Staff.CountAsync(), Is.Zero);
        await using var now = database.CreateDbContext();
        Assert.That(await now.Staff.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_two_that_write_the_second_waits_for_the_first()
    {
        var database = await place.OpenMigratedAsync();
        await using var first = database.CreateDbContext();
        var transaction = await first.BeginWriteAsync(default);
        var second = Task.Run(async () =>
        {
            await using var other = place.Open().CreateDbContext();
            await using var waiting = await other.BeginWriteAsync(default);
            return await other.Staff.CountAsync();
        });
        await Task.Delay(300);
        Assert.That(second.IsCompleted, Is.False);

        first.Staff.Add(Teacher("s1"));
        await first.SaveChangesAsync();
        await transaction.CommitAsync();
        await transaction.DisposeAsync();
        Assert.That(await second, Is.EqualTo(1), "what the first wrote is seen");
    }

    [Test]
    public async Task Registers_that_are_imported_at_once_do_not_mix()
    {
        var database = await place.OpenMigratedAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(school => Task.Run(() => new ConsentRegister(place.Open(), TimeProvider.System).ImportAsync(
            new RegisterContent([.. Enumerable.Range(0, 50).Select(i => Child($"s{school}-{i}"))], [], []), default))));

        await using var db = database.CreateDbContext();
        var keys = await db.Pupils.Select(pupil => pupil.Key).ToListAsync();
        var atSchool = await db.Pupils.Where(pupil => pupil.LeftOn == null).Select(pupil => pupil.Key).ToListAsync();
        Assert.That(atSchool.Select(key => key.Split('-')[0]).Distinct().ToList(), Has.Count.EqualTo(1), "the last one holds");
        Assert.That(keys, Has.Count.EqualTo(300), "those of the others have left");
    }

    // A server may sort by a language, where a < B < é < Z, and take no notice of punctuation.
    [Test]
    public async Task Texts_compare_byte_by_byte()
    {
        string[] keys = ["B", "Z", "_z", "a", "a-1", "a%1", "aa", "é", "Ⅳ", "😀"];
        var database = await place.OpenMigratedAsync();
        await AddAsync(database, [.. keys.Select(Teacher)]);

        await using var db = database.CreateDbContext();
        var sorted = keys.OrderBy(key => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal);
        Assert.That(await db.Staff.OrderBy(member => member.Key).Select(member => member.Key).ToListAsync(), Is.EqualTo(sorted));
        Assert.That(await db.Staff.Where(member => string.Compare(member.Key, "a") > 0).CountAsync(), Is.EqualTo(6));
        Assert.That(await db.Staff.Where(member => member.Key == "A").CountAsync(), Is.Zero, "case counts");
        var start = "a%";
        Assert.That(await db.Staff.Where(member => member.Key.StartsWith(start)).Select(member => member.Key).ToListAsync(), Is.EqualTo(new[] { "a%1" }));
    }

    [Test]
    public async Task Rows_written_at_once_are_rows_as_any_other()
    {
        var database = await place.OpenMigratedAsync();
        var pupils = new[] { Child("p1"), Child("p2", new DateOnly(2015, 2, 28)) };
        var yes = new Answer { PupilKey = "p2", Channel = "*", Kind = MediaKind.Sound, Scope = ConsentScope.Individual, IsYes = true, Date = new(2025, 9, 1), GivenBy = "moeder; \"vader\"\n'" };
        var no = new Answer { PupilKey = "p2", Channel = "*", Kind = MediaKind.Sound, Scope = ConsentScope.Individual, IsYes = false, Date = new(2025, 9, 1), GivenBy = "\\N" };
        await new ConsentRegister(database, TimeProvider.System).ImportAsync(new RegisterContent(pupils, [yes, no], []), default);

        await using var db = database.CreateDbContext();
        var answers = await db.Answers.OrderBy(answer => answer.Id).ToListAsync();
        Assert.That(await db.Pupils.OrderBy(pupil => pupil.Key).Select(pupil => pupil.BirthDate).ToListAsync(), Is.EqualTo(pupils.Select(pupil => pupil.BirthDate)));
        Assert.That(answers.Select(answer => (answer.PupilKey, answer.Kind, answer.Scope, answer.IsYes, answer.Date, answer.GivenBy)),
            Is.EqualTo(new[] { yes, no }.Select(answer => (answer.PupilKey, answer.Kind, answer.Scope, answer.IsYes, answer.Date, answer.GivenBy))));
        Assert.That(answers[1].Id, Is.GreaterThan(answers[0].Id));
    }

    private static async Task SetVersionAsync(GateDb db, int version)
    {
        if (db is SqliteGateDb)
        {
#pragma warning disable EF1002 // A number of the test's own; a pragma takes no parameters.
            await db.Database.ExecuteSqlRawAsync($"PRAGMA user_version = {version}");
#pragma warning restore EF1002
        }
    }

    private static async Task AddAsync(GateDatabase database, params StaffMember[] staff)
    {
        await using var db = database.CreateDbContext();
        db.Staff.AddRange(staff);
        await db.SaveChangesAsync();
    }

    private static StaffMember Teacher(string key) => new() { Key = key, FirstName = "Ines", Prefix = "", Surname = "Test", Role = "leerkracht" };

    private static Pupil Child(string key, DateOnly? born = null) => new() { Key = key, FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5", BirthDate = born };
}
