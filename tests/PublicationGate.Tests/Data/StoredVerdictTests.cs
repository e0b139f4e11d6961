using Microsoft.EntityFrameworkCore;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Data;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class StoredVerdictTests(DatabaseKind kind)
{
    [Test]
    public async Task Comes_back_as_it_was_put_in_with_its_instant_in_utc()
    {
        using var place = new TestDatabase(kind);
        var database = await place.OpenMigratedAsync();
        var decided = new DateTimeOffset(2026, 3, 31, 14, 30, 0, 123, TimeSpan.FromHours(2));
        await using (var db = database.CreateDbContext())
        {
            db.Verdicts.Add(new StoredVerdict
            {
                Id = "v1", ContentSha256 = "aa", DeclarationSha256 = "bb", ProtocolVersion = "1", Outcome = Outcome.Held,
                Channel = "website", FileName = "sportdag.jpg", DecidedAt = decided, Evidence = "{}",
            });
            await db.SaveChangesAsync();
        }

        await using var again = database.CreateDbContext();
        var verdict = await again.Verdicts.SingleAsync(v => v.DecidedAt >= decided);
        Assert.That(verdict.DecidedAt, Is.EqualTo(decided).And.Property("Offset").EqualTo(TimeSpan.Zero));
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Held));
    }
}
