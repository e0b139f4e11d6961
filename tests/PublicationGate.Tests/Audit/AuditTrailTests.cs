using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Audit;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class AuditTrailTests(DatabaseKind kind)
{
    private static readonly FixedTime Noon = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly AuditTrail trail = new(Noon);
    private TestDatabase place = null!;
    private GateDatabase database = null!;

    [SetUp]
    public async Task OpenDatabase()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
    }

    [TearDown]
    public void CloseDatabase() => place.Dispose();

    [Test]
    public async Task Each_entry_is_chained_to_the_one_before_in_one_transaction_or_in_several()
    {
        await AppendAsync("a", "b");
        await AppendAsync("c");
        await using var db = database.CreateDbContext();
        var entries = await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
        Assert.That(entries.Select(entry => (entry.Id, entry.Subject)), Is.EqualTo(new[] { (1L, "a"), (2L, "b"), (3L, "c") }));
        Assert.That(entries.Select(entry => entry.Previous), Is.EqualTo(new[] { AuditTrail.Start, entries[0].Hash, entries[1].Hash }));
        Assert.That(entries.Select(AuditTrail.HashOf), Is.EqualTo(entries.Select(entry => entry.Hash)));
        Assert.That(entries[0].Details, Is.EqualTo("""{"a":"é","b":"1"}"""));
    }

    [Test]
    public async Task Writers_at_the_same_time_make_one_chain_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await AppendAsync($"{writer}-{i}");
            }
        })));
        await using var db = database.CreateDbContext();
        var entries = await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
        Assert.That(entries.Select(entry => entry.Id), Is.EqualTo(Enumerable.Range(1, 80)));
        Assert.That(entries.Skip(1).Select(entry => entry.Previous), Is.EqualTo(entries.SkipLast(1).Select(entry => entry.Hash)));
    }

    [Test]
    public async Task An_entry_is_written_with_what_it_records_or_not_at_all()
    {
        await using var db = database.CreateDbContext();
        Assert.That(() => trail.AppendAsync(db, AuditKinds.ItemTaken, "x", null, default), Throws.InvalidOperationException);
    }

    [TestCase("UPDATE \"AuditEntries\" SET \"Subject\" = 'y'")]
    [TestCase("DELETE FROM \"AuditEntries\"")]
    public async Task The_database_refuses_to_change_or_delete_an_entry(string statement)
    {
        await AppendAsync("x");
        await using var db = database.CreateDbContext();
        Assert.That(() => db.Database.ExecuteSqlRawAsync(statement), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    private async Task AppendAsync(params string[] subjects)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        foreach (var subject in subjects)
        {
            await trail.AppendAsync(db, AuditKinds.ItemTaken, subject, new Dictionary<string, string> { ["b"] = "1", ["a"] = "é" }, default);
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
