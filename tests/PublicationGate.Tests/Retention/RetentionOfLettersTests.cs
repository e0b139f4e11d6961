using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Mailing;
using PublicationGate.Retention;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Retention;

/// <summary>How long it is kept that a letter was sent, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RetentionOfLettersTests(DatabaseKind kind)
{
    private static readonly DateTimeOffset Today = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Letters_go_a_year_after_they_ended_and_what_waits_stays()
    {
        using var place = new TestDatabase(kind);
        var (database, time, terms) = (await place.OpenMigratedAsync(), new FixedTime(Today), new RetentionTerms());
        await using (var db = database.CreateDbContext())
        {
            db.Letters.AddRange(Letter("sent", LetterState.Sent, 400), Letter("dead", LetterState.Dead, 400), Letter("young", LetterState.Sent, 300), Letter("waits", LetterState.Waiting, null));
            await db.SaveChangesAsync();
        }

        var run = new RetentionRun(database, null, new AuditTrail(time), time);
        Assert.That((await run.RemoveAsync(terms with { Letters = RetentionPeriod.Unlimited }, null, default)).CountOf("letters"), Is.Zero);
        Assert.That((await run.PlanAsync(terms, default)).CountOf("letters"), Is.EqualTo(2));
        Assert.That((await run.RemoveAsync(terms, null, default)).CountOf("letters"), Is.EqualTo(2));
        await using var after = database.CreateDbContext();
        Assert.That(await after.Letters.OrderBy(letter => letter.Id).Select(letter => letter.Key).ToListAsync(), Is.EqualTo(new[] { "young", "waits" }));
    }

    private static Letter Letter(string key, LetterState state, int? endedAgo) => new()
    {
        Key = key, To = "", Language = "nl", Kind = "test", Values = "", At = Today.AddDays(-500), State = state, EndedAt = endedAgo is { } days ? Today.AddDays(-days) : null,
    };
}
