using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Consent;

/// <summary>Guardians as people and imports write them, and what becomes of their links, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class GuardianRegisterTests(DatabaseKind kind)
{
    private static readonly LinkTerms Terms = new(400, "De Proefschool");
    private readonly FixedTime time = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TestDatabase place = null!;
    private GateDatabase database = null!;
    private ConsentRegister register = null!;
    private GuardianRegister guardians = null!;
    private GuardianLinks links = null!;

    [SetUp]
    public async Task Open()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
        (register, guardians, links) = (new(database, time), new(database, time), new(database, time));
        await register.ImportAsync(new RegisterContent([Child("p1"), Child("p2")], [], []), default);
    }

    [TearDown]
    public void Close() => place.Dispose();

    [Test]
    public async Task Guardians_are_added_changed_and_removed_on_record_without_their_names()
    {
        await guardians.AddAsync("p1", Draft(" Ans Proef ", " ans@voorbeeld.nl "), "account-1", default);
        var ans = (await guardians.OfAsync("p1", default)).Single();
        Assert.That((ans.Name, ans.Email, ans.Language, ans.IsPupil), Is.EqualTo(("Ans Proef", "ans@voorbeeld.nl", "nl", false)));
        Assert.That(await guardians.ChangeAsync("p1", ans.Id, Draft("Ans Proef", null) with { Language = "en" }, "account-1", default), Is.True);
        Assert.That(await guardians.ChangeAsync("p2", ans.Id, Draft("Iemand anders"), "account-1", default), Is.False, "she is no guardian of p2");
        Assert.That(await guardians.RemoveAsync("p2", ans.Id, "account-1", default), Is.False);
        Assert.That((await guardians.OfAsync("p1", default)).Single().Language, Is.EqualTo("en"));
        Assert.That(await guardians.RemoveAsync("p1", ans.Id, "account-1", default), Is.True);
        Assert.That(await guardians.OfAsync("p1", default), Is.Empty);

        await using var db = database.CreateDbContext();
        var trail = await db.AuditEntries.Where(entry => entry.Kind.StartsWith("guardian")).OrderBy(entry => entry.Id).ToListAsync();
        Assert.That(trail.Select(entry => entry.Kind), Is.EqualTo(new[] { AuditKinds.GuardianAdded, AuditKinds.GuardianChanged, AuditKinds.GuardianRemoved }));
        Assert.That(trail.Select(entry => entry.Subject), Is.All.StartsWith("pupil-"));
        Assert.That(string.Concat(trail.Select(entry => entry.Details)), Does.Contain("account-1").And.Not.Contain("Ans").And.Not.Contain("voorbeeld"));
    }

    [TestCase("", "a@voorbeeld.nl", "name")]
    [TestCase("BRAM", "a@voorbeeld.nl", "name")]
    [TestCase("Ans", "geen adres", "email")]
    [TestCase("Ans", "a@b", "email")]
    [TestCase("Ans", "a@b.nl, c@d.nl", "email")]
    [TestCase("Ans", "Ans <a@b.nl>", "email")]
    [TestCase("Ans", "a@b.nl\r\nBcc: c@d.nl", "email")]
    public async Task What_cannot_be_used_is_refused_with_its_field(string name, string email, string field)
    {
        await guardians.AddAsync("p1", Draft("Bram"), "account-1", default);
        Assert.That(async () => await guardians.AddAsync("p1", Draft(name, email), "account-1", default), Throws.TypeOf<GuardianRefusedException>().With.Property(nameof(GuardianRefusedException.Field)).EqualTo(field));
        Assert.That(await guardians.OfAsync("p1", default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_import_has_the_whole_list_and_who_stays_keeps_their_link()
    {
        await ImportAsync(One("p1", "Ans", "ans@voorbeeld.nl"), One("p1", "Bram", "bram@voorbeeld.nl"), One("p2", "Cor", null));
        var before = await AllAsync();
        var paper = await links.MakeAsync([.. before.Values.Select(guardian => guardian.Id)], Terms, "account-1", default);
        Assert.That(paper, Has.Count.EqualTo(3));

        var changes = await ImportAsync(One("p1", "ANS", "ans@voorbeeld.nl"), One("p1", "Bram", "nieuw@voorbeeld.nl"), One("p1", "Dirk", null));
        Assert.That((changes.Guardians.New.Count, changes.Guardians.Changed.Count, changes.Guardians.Removed.Count), Is.EqualTo((1, 2, 1)));
        var after = await AllAsync();
        Assert.That(after["ANS"].Id, Is.EqualTo(before["Ans"].Id));
        Assert.That(after.Keys, Is.EquivalentTo(new[] { "ANS", "Bram", "Dirk" }));
        Assert.That(await HoldingAsync(), Is.EqualTo(new[] { before["Ans"].Id }), "another address, or gone: the link ends");
        Assert.That((await register.ImportAsync(new RegisterContent([Child("p1"), Child("p2")], [], []), default)).Guardians.Removed, Is.Empty, "without the file they stay");
    }

    [Test]
    public async Task Of_a_pupil_who_left_links_end_and_none_are_made()
    {
        await ImportAsync(One("p1", "Ans", "ans@voorbeeld.nl"), One("p2", "Cor", "cor@voorbeeld.nl"));
        var all = await AllAsync();
        await links.MakeAsync([all["Ans"].Id, all["Cor"].Id], Terms, "account-1", default);
        await register.ImportAsync(new RegisterContent([Child("p1")], [], []), default);
        Assert.That(await HoldingAsync(), Is.EqualTo(new[] { all["Ans"].Id }));
        Assert.That(await links.MakeAsync([all["Cor"].Id], Terms, "account-1", default), Is.Empty);
        Assert.That(await links.SendAsync([all["Cor"].Id], Terms, "account-1", default), Is.Zero);
    }

    [Test]
    public async Task A_letter_with_a_link_is_written_once_a_day_and_only_to_an_address()
    {
        await ImportAsync(One("p1", "Ans", "ans@voorbeeld.nl"), One("p1", "Bram", null));
        var all = await AllAsync();
        long[] both = [.. all.Values.Select(guardian => guardian.Id)];
        Assert.That(await links.SendAsync(both, Terms, "account-1", default), Is.EqualTo(1));
        Assert.That(await links.SendAsync(both, Terms, "account-1", default), Is.Zero);
        await using (var db = database.CreateDbContext())
        {
            var letter = await db.Letters.SingleAsync();
            Assert.That((letter.To, letter.Kind, letter.Language), Is.EqualTo(("ans@voorbeeld.nl", "my-child", "nl")));
            Assert.That(letter.Link, Does.Contain("\"subject\":\"p1\"").And.Contain($"\"guardianId\":{all["Ans"].Id}"));
            Assert.That(letter.Key, Does.Not.Contain("Ans"));
        }

        Assert.That((await links.OfAsync(["p1"], default)).Select(one => (one.Guardian.Name, one.IsWaiting)), Is.EquivalentTo(new[] { ("Ans", true), ("Bram", false) }));
        // The address was wrong: what waits goes nowhere, and another letter is written.
        await guardians.ChangeAsync("p1", all["Ans"].Id, Draft("Ans", "ans@elders.nl"), "account-1", default);
        Assert.That(await links.SendAsync(both, Terms, "account-1", default), Is.EqualTo(1));
        await using var then = database.CreateDbContext();
        Assert.That(await then.Letters.OrderBy(letter => letter.Id).Select(letter => letter.State.ToString() + letter.To).ToListAsync(), Is.EqualTo(new[] { "Dropped", "Waitingans@elders.nl" }));
        Assert.That(await links.EndAsync("p2", all["Ans"].Id, "account-1", default), Is.False);
        Assert.That(await links.EndAsync("p1", all["Ans"].Id, "account-1", default), Is.True);
        Assert.That(await then.Letters.AnyAsync(letter => letter.State == LetterState.Waiting), Is.False);
    }

    private async Task<RegisterChanges> ImportAsync(params Guardian[] all) => await register.ImportAsync(new RegisterContent([Child("p1"), Child("p2")], [], []) { Guardians = all }, default);

    private async Task<Dictionary<string, Guardian>> AllAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.Guardians.AsNoTracking().ToDictionaryAsync(guardian => guardian.Name);
    }

    private async Task<List<long?>> HoldingAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.AccessLinks.Where(link => link.Purpose == LinkPurpose.Answers && link.RevokedAt == null).Select(link => link.GuardianId).ToListAsync();
    }

    private static Guardian One(string pupil, string name, string? email) => new() { PupilKey = pupil, Name = name, Email = email, Language = "nl" };

    private static GuardianDraft Draft(string name, string? email = null) => new(name, email, "nl", IsPupil: false);

    private static Pupil Child(string key) => new() { Key = key, FirstName = "Noor" + key, Prefix = "", Surname = "Proef", Group = "groep 5" };
}
