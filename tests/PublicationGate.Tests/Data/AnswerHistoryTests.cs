using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Data;

/// <summary>The history of answers as the database keeps it.</summary>
public class AnswerHistoryTests
{
    private SqliteGateDatabase database = null!;

    [SetUp]
    public void OpenDatabase() => database = SqliteGateDatabase.InMemory();

    [TearDown]
    public void CloseDatabase() => database.Dispose();

    [TestCase("UPDATE \"Answers\" SET \"IsYes\" = NOT \"IsYes\"")]
    [TestCase("DELETE FROM \"Answers\"")]
    [TestCase("DELETE FROM \"Pupils\"")]
    [TestCase("TRUNCATE \"Answers\"")]
    public async Task PostgreSQL_refuses_too(string statement)
    {
        using var place = new TestDatabase(DatabaseKind.Postgres);
        await RefusesAsync(await place.OpenMigratedAsync(), statement);
    }

    [TestCase("UPDATE Answers SET IsYes = 1")]
    [TestCase("DELETE FROM Answers")]
    [TestCase("DELETE FROM Pupils")]
    [TestCase("INSERT OR REPLACE INTO Answers SELECT Id, PupilKey, Channel, Kind, Scope, 1, Date, At, GivenBy, \"By\", How, TextVersion, Proof, RecordedAt FROM Answers")]
    public async Task The_database_refuses_to_change_or_delete_an_answer(string statement)
    {
        await database.MigrateAsync(default);
        await RefusesAsync(database, statement);
    }

    private static async Task RefusesAsync(GateDatabase database, string statement)
    {
        await new ConsentRegister(database, TimeProvider.System).ImportAsync(
            new([new Pupil { Key = "p1", FirstName = "Zoë", Prefix = "", Surname = "Proef", Group = "Groep 5" }],
                [new Answer { PupilKey = "p1", Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = new(2026, 3, 1), GivenBy = "g" }], null),
            default);
        await using var db = database.CreateDbContext();
        Assert.That(() => db.Database.ExecuteSqlRawAsync(statement), Throws.InstanceOf<DbException>());
        Assert.That(await db.Answers.Select(answer => answer.IsYes).ToListAsync(), Is.EqualTo(new[] { false }));
    }

    [Test]
    public async Task Answers_of_an_older_database_are_kept()
    {
        await OlderDatabase.MakeAsync(database, version: 2);
        await using (var before = database.CreateDbContext())
        {
            await before.Database.ExecuteSqlRawAsync("""
                INSERT INTO Pupils VALUES ('p1', 'Zoë', '', 'Proef', 'Groep 5', NULL, NULL, 'groep 5', 'zoe', 'zoe proef', 'zoe proef');
                INSERT INTO RegisterImports VALUES (1, 1000), (2, 2000);
                INSERT INTO Answers VALUES (7, 'p1', '*', 'Photo', 'Group', 0, '2026-03-01', 'vader');
                """);
        }

        await database.MigrateAsync(default);

        var (_, answers) = (await new ConsentRegister(database, TimeProvider.System).HistoryAsync("p1", default))!.Value;
        Assert.That(answers.Select(a => (a.Id, a.Channel, a.IsYes, a.Date, a.GivenBy, a.By, a.At, a.RecordedAt.ToUnixTimeMilliseconds())),
            Is.EqualTo(new[] { (1L, "*", false, new DateOnly(2026, 3, 1), "vader", AnswerBy.Guardian, (DateTimeOffset?)null, 2000L) }));
    }
}
