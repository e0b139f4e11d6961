using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Mailing;

/// <summary>Writing letters, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class LettersTests(DatabaseKind kind)
{
    private LettersToSend letters = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        letters = new(kind);
        await letters.OpenAsync();
    }

    [TearDown]
    public void Close() => letters.Dispose();

    [Test]
    public async Task A_letter_of_the_same_key_is_written_once_also_after_it_was_sent()
    {
        await letters.WriteAsync("plain-1");
        await letters.WriteAsync("plain-1", to: "ander@thuis.example");
        await letters.Queue().SentAsync((await letters.Queue().ClaimAsync("p/1", default))!, default);
        await letters.WriteAsync("plain-1");
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Sent 1" }));

        await using var db = letters.Database.CreateDbContext();
        var draft = new LetterDraft("plain-2", "ouder@thuis.example", "nl", "plain");
        await Letters.WriteAsync(db, draft, letters.Time.Now, default);
        await Letters.WriteAsync(db, draft, letters.Time.Now, default);
        Assert.That(await db.SaveChangesAsync(), Is.EqualTo(1), "twice in one transaction");
    }

    [Test]
    public async Task A_letter_to_roles_reaches_each_person_with_an_address_in_their_language()
    {
        await using var db = letters.Database.CreateDbContext();
        db.Accounts.AddRange(
            Person("manager", Roles.WebsiteManager | Roles.Teacher, "manager@school.example", "en"), Person("head", Roles.Head, "head@school.example"),
            Person("teacher", Roles.Teacher, "teacher@school.example"), Person("no-address", Roles.Head, null), Person("locked", Roles.Head, "locked@school.example", isLocked: true));
        await db.SaveChangesAsync();
        var draft = new LetterDraft("duty-7", "", "", "plain");
        Assert.That(await Letters.WriteToRolesAsync(db, Roles.WebsiteManager | Roles.Head, draft, letters.Time.Now, default), Is.EqualTo(2));
        await db.SaveChangesAsync();
        Assert.That((await db.Letters.AsNoTracking().ToListAsync()).Select(letter => (letter.Key, letter.To, letter.Language)),
            Is.EquivalentTo(new[] { ("duty-7/manager", "manager@school.example", "en"), ("duty-7/head", "head@school.example", "nl") }));
    }

    private Account Person(string id, Roles roles, string? email, string? language = null, bool isLocked = false) =>
        new() { Id = id, UserName = id, NormalizedUserName = id, Roles = roles, Email = email, Language = language, IsLocked = isLocked, CreatedAt = letters.Time.Now };
}
