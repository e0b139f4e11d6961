using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Recordings;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Duties;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RecordingRemindersTests(DatabaseKind kind)
{
    private static readonly DateOnly LastDay = new(2026, 4, 30);
    private readonly FixedTime time = new(default);
    private TestDatabase place = null!;
    private GateDatabase database = null!;

    [SetUp]
    public async Task Open()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
        await using var db = database.CreateDbContext();
        db.Accounts.AddRange(Account("beheer", Roles.WebsiteManager), Account("directie", Roles.Head), Account("juf", Roles.Teacher), Account("weg", Roles.Head, isLocked: true));
        db.Recordings.Add(new Recording { Purpose = RecordingPurpose.Training, FileName = "les.mp4", NoticeOn = LastDay.AddDays(-30), DestroyBy = LastDay, ContentSha256 = "a", RegisteredAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
    }

    [TearDown]
    public void Close() => place.Dispose();

    [Test]
    public async Task The_manager_is_reminded_beforehand_and_that_day_and_the_head_every_week_after()
    {
        Assert.That(await WrittenAsync(-8), Is.Empty);
        Assert.That(await WrittenAsync(-6), Is.EqualTo(new[] { "recording-soon beheer" }), "a gate that was off on the day before sends it later");
        Assert.That(await WrittenAsync(-5), Is.Empty, "nobody is told twice");
        Assert.That(await WrittenAsync(0), Is.EqualTo(new[] { "recording-today beheer" }));
        Assert.That(await WrittenAsync(1), Is.EqualTo(new[] { "recording-overdue beheer", "recording-overdue directie" }));
        Assert.That(await WrittenAsync(7), Is.Empty);
        Assert.That(await WrittenAsync(8), Is.EqualTo(new[] { "recording-overdue beheer", "recording-overdue directie" }));
        Assert.That(await WrittenAsync(40), Has.Length.EqualTo(2), "what was missed is not sent late");
    }

    [Test]
    public async Task Nobody_is_reminded_of_what_was_destroyed()
    {
        await using (var db = database.CreateDbContext())
        {
            (await db.Recordings.SingleAsync()).Destroy(LastDay.AddDays(-10), "gewist");
            await db.SaveChangesAsync();
        }

        Assert.That(await WrittenAsync(3), Is.Empty);
    }

    // New letters since the last look, on a day counted from the last one.
    private async Task<string[]> WrittenAsync(int day)
    {
        await using var db = database.CreateDbContext();
        var before = await db.Letters.Select(letter => letter.Id).ToListAsync();
        time.Now = new DateTimeOffset(LastDay.AddDays(day), new TimeOnly(6, 0), TimeSpan.Zero);
        var reminders = new RecordingReminders(database, new DestructionOptions(), time);
        await reminders.WriteAsync(default);
        await reminders.WriteAsync(default);
        return [.. (await db.Letters.AsNoTracking().Where(letter => !before.Contains(letter.Id)).ToListAsync()).Select(letter => $"{letter.Kind} {letter.To.Split('@')[0]}").Order(StringComparer.Ordinal)];
    }

    private static Account Account(string name, Roles roles, bool isLocked = false) => new() { UserName = name, Email = name + "@school.example", Roles = roles, IsLocked = isLocked, CreatedAt = DateTimeOffset.UnixEpoch };
}
