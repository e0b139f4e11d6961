using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Duties.Incidents;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Duties;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class IncidentRegisterTests(DatabaseKind kind)
{
    private readonly FixedTime time = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TestDatabase place = null!;
    private GateDatabase database = null!;

    [SetUp]
    public async Task Open()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
        await using var db = database.CreateDbContext();
        db.Accounts.AddRange(
            new Account { Id = "head", UserName = "directie", Email = "directie@school.example", Roles = Roles.Head, CreatedAt = DateTimeOffset.UnixEpoch },
            new Account { Id = "manager", UserName = "beheer", Email = "beheer@school.example", Roles = Roles.WebsiteManager | Roles.Administrator, CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
    }

    [TearDown]
    public void Close() => place.Dispose();

    [Test]
    public async Task The_head_alone_is_written_to_and_neither_letter_nor_trail_says_what_it_is_about()
    {
        var id = await ReportAsync();
        await UseAsync(register => register.OpenAsync(id, "head", default));
        await using var db = database.CreateDbContext();
        var letter = await db.Letters.SingleAsync();
        Assert.That((letter.To, letter.Kind, letter.Values), Is.EqualTo(("directie@school.example", "incident", $$"""{"id":"{{id}}"}""")));
        var trail = await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => $"{entry.Kind} {entry.Subject} {entry.Details}").ToListAsync();
        Assert.That(trail, Is.EqualTo(new[] { $"incident-reported incident-{id} {{}}", $$"""incident-opened incident-{{id}} {"by":"head"}""" }));
    }

    [TestCase("UPDATE \"Incidents\" SET \"ReportedBy\" = 'x'")]
    [TestCase("DELETE FROM \"Incidents\"")]
    [TestCase("UPDATE \"IncidentEntries\" SET \"Words\" = 'niets'")]
    [TestCase("DELETE FROM \"IncidentEntries\"")]
    public async Task The_database_refuses_to_change_or_delete_what_was_said(string statement)
    {
        var id = await ReportAsync();
        await using var db = database.CreateDbContext();
        Assert.That(() => db.Database.ExecuteSqlRawAsync(statement), Throws.InstanceOf<DbException>());
        Assert.That(await db.IncidentEntries.Where(entry => entry.IncidentId == id).Select(entry => entry.Words).ToListAsync(), Is.EqualTo(new[] { "Scheldpartij in de groepsapp", "in de app" }));
    }

    [Test]
    public async Task A_correction_takes_the_place_of_the_newest_version_and_the_earlier_ones_stay()
    {
        var id = await ReportAsync();
        var first = (await FileAsync(id)).Entries[0];
        await AddAsync(id, new(IncidentEntryKind.Report, "Ruzie in de groepsapp", Corrects: first.Id));
        var second = (await FileAsync(id)).Lines[0].Now;
        await AddAsync(id, new(IncidentEntryKind.Report, "Ruzie in de klassenapp", Corrects: second.Id));

        var line = (await FileAsync(id)).Lines[0];
        Assert.That((line.Now.Words, string.Join('/', line.Before.Select(entry => entry.Words))), Is.EqualTo(("Ruzie in de klassenapp", "Ruzie in de groepsapp/Scheldpartij in de groepsapp")));
        Assert.That(() => AddAsync(id, new(IncidentEntryKind.Report, "te laat", Corrects: first.Id)), Throws.InstanceOf<IncidentRefusedException>());
        var other = await ReportAsync();
        Assert.That(() => AddAsync(other, new(IncidentEntryKind.Report, "van een ander", Corrects: line.Now.Id)), Throws.InstanceOf<IncidentRefusedException>(), "an entry of another incident");
    }

    [Test]
    public async Task It_is_judged_closed_reopened_and_at_last_destroyed_as_a_whole()
    {
        var id = await ReportAsync();
        var other = await ReportAsync();
        Assert.That(() => AddAsync(id, new(IncidentEntryKind.Closed, "klaar")), Throws.InstanceOf<IncidentRefusedException>(), "nobody judged it");
        Assert.That(() => AddAsync(id, new(IncidentEntryKind.Severity, "omdat")), Throws.InstanceOf<IncidentRefusedException>());
        await AddAsync(id, new(IncidentEntryKind.Severity, "omdat", Severity: IncidentSeverity.Serious));
        await AddAsync(id, new(IncidentEntryKind.Measure, "waarschuwing", new DateOnly(2026, 3, 30)));
        Assert.That(() => AddAsync(id, new(IncidentEntryKind.Talk, "gesprek", new DateOnly(2026, 4, 9))), Throws.InstanceOf<IncidentRefusedException>(), "a day to come");
        Assert.That(() => UseAsync(register => register.DestroyAsync(id, "head", default)), Throws.InstanceOf<IncidentRefusedException>(), "it is open");
        await AddAsync(id, new(IncidentEntryKind.Closed, "opgelost"));
        Assert.That(() => AddAsync(id, new(IncidentEntryKind.Note, "nog iets")), Throws.InstanceOf<IncidentRefusedException>());
        await AddAsync(id, new(IncidentEntryKind.Reopened, "toch niet"));
        Assert.That(((await FileAsync(id)).IsClosed, (await FileAsync(id)).Severity), Is.EqualTo((false, (IncidentSeverity?)IncidentSeverity.Serious)));
        await AddAsync(id, new(IncidentEntryKind.Closed, "nu wel"));

        Assert.That(await UseAsync(register => register.DestroyAsync(id, "head", default)), Is.True);

        Assert.That(((await FileAsync(id)).Entries.Count, (await FileAsync(id)).Destroyed!.By, (await FileAsync(other)).Entries.Count), Is.EqualTo((0, "head", 2)));
        Assert.That(() => AddAsync(id, new(IncidentEntryKind.Reopened, "weer")), Throws.InstanceOf<IncidentRefusedException>());
        await using var db = database.CreateDbContext();
        Assert.That(() => db.Database.ExecuteSqlRawAsync("DELETE FROM \"IncidentEntries\""), Throws.InstanceOf<DbException>(), "the others stay");
        Assert.That(() => db.Database.ExecuteSqlRawAsync("DELETE FROM \"DestroyedIncidents\""), Throws.InstanceOf<DbException>());
    }

    [TestCase("", null)]
    [TestCase("  ", null)]
    [TestCase("te laat", "2026-04-09")]
    public void What_says_nothing_is_no_report(string what, string? on) =>
        Assert.That(() => UseAsync(register => register.ReportAsync(new(what, null, on is null ? null : DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)), "juf", default)), Throws.InstanceOf<IncidentRefusedException>());

    [Test]
    public async Task One_account_reports_so_often_in_a_day_and_no_more()
    {
        for (var count = 0; count < IncidentRegister.MostReportsADay; count++)
        {
            await ReportAsync();
        }

        Assert.That(ReportAsync, Throws.InstanceOf<IncidentRefusedException>());
        time.Now = time.Now.AddDays(1).AddMinutes(1);
        Assert.That(await ReportAsync(), Is.GreaterThan(IncidentRegister.MostReportsADay));
        time.Now = time.Now.AddDays(-1).AddMinutes(-1);
    }

    private Task<long> ReportAsync() => UseAsync(register => register.ReportAsync(new("Scheldpartij in de groepsapp", "in de app", null), "juf", default));

    private Task<bool> AddAsync(long id, IncidentAddition addition) => UseAsync(register => register.AddAsync(id, addition, "head", default));

    private async Task<IncidentFile> FileAsync(long id) => (await UseAsync(register => register.ListAsync(default))).Single(file => file.Incident.Id == id);

    private async Task<T> UseAsync<T>(Func<IncidentRegister, Task<T>> use)
    {
        await using var db = database.CreateDbContext();
        return await use(new IncidentRegister(db, new AuditTrail(time), time));
    }
}
