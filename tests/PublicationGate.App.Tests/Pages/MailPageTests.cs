using System.Net;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Audit;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Letters that do not arrive, and addresses of accounts, without a browser.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class MailPageTests(DatabaseKind kind)
{
    private RunningService service = null!;

    [SetUp]
    public async Task StartAsync() => service = await RunningService.StartAsync(kind);

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Letters_that_were_given_up_are_a_duty_and_are_tried_again_or_dropped_with_a_ground()
    {
        await FillAsync(service);
        using var client = await SignedInAsync(Roles.WebsiteManager);
        var dashboard = await client.GetStringAsync("/dashboard");
        Assert.That(dashboard, Does.Contain("Letters that could not be delivered: 2").And.Contain("No mail server is set; letters that wait: 2").And.Contain("href=\"/mail\""));
        var page = await client.GetStringAsync("/mail");
        Assert.That(page, Does.Contain("To weg@thuis.example").And.Contain("(recipient-550)").And.Contain("It may be a typing mistake").And.Contain("lang=\"nl\">Proefbericht van Publication Gate"), "a letter has its own language");
        Assert.That(page, Does.Contain("No mail server is set: letters that wait are not sent").And.Contain("public-url").And.Contain("wacht@thuis.example"));

        using var refused = await client.SendFormAsync("/mail", "/mail?handler=drop", ("id", "1"), ("ground", " "));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("Say why the letter need not be sent").And.Contain("aria-invalid=\"true\""));
        using var dropped = await client.SendFormAsync("/mail", "/mail?handler=drop", ("id", "1"), ("ground", "Gebeld"));
        using var retried = await client.SendFormAsync("/mail", "/mail?handler=retry", ("id", "2"));
        Assert.That((dropped.StatusCode, retried.StatusCode), Is.EqualTo((HttpStatusCode.Found, HttpStatusCode.Found)));
        Assert.That(await client.GetStringAsync("/mail"), Does.Contain("There is no letter that could not be delivered"));
        using var missing = await client.SendFormAsync("/mail", "/mail?handler=drop", ("id", "1"), ("ground", "Nog eens"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.Letters.OrderBy(letter => letter.Id).Take(2).Select(letter => letter.State).ToListAsync(), Is.EqualTo(new[] { LetterState.Dropped, LetterState.Waiting }));
        var entries = await db.AuditEntries.Where(entry => entry.Kind == AuditKinds.LetterDropped || entry.Kind == AuditKinds.LetterRetried).OrderBy(entry => entry.Id).ToListAsync();
        Assert.That(entries.Select(entry => entry.Kind), Is.EqualTo(new[] { AuditKinds.LetterDropped, AuditKinds.LetterRetried }));
        Assert.That(entries.Select(entry => entry.Details), Is.All.Contain("\"by\"").And.All.Not.Contain("thuis.example"));
    }

    [Test]
    public async Task An_account_has_an_address_that_its_person_or_the_administrator_sets_and_letters_reach_it()
    {
        using var manager = await SignedInAsync(Roles.WebsiteManager);
        using var wrong = await manager.SendFormAsync("/account", "/account?handler=email", ("email", "noor"));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("This is no e-mail address").And.Contain("value=\"noor\"").And.Contain("aria-invalid"));
        using var set = await manager.SendFormAsync("/account", "/account?handler=email", ("email", " noor@school.example "));
        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await manager.GetStringAsync("/account"), Does.Contain("value=\"noor@school.example\""), "still signed in");

        using var administrator = await SignedInAsync(Roles.Administrator);
        var id = await AccountAsync("noor@school.example");
        using var refused = await administrator.SendFormAsync("/accounts", "/accounts?handler=email", ("id", id), ("email", "x"));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("This is no e-mail address"));
        using var changed = await administrator.SendFormAsync("/accounts", "/accounts?handler=email", ("id", id), ("email", "els@school.example"));
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        using var made = await administrator.SendFormAsync("/accounts", "/accounts?handler=make", ("name", "Els"), ("email", "hoofd@school.example"), ("roles", "Head"));
        Assert.That(await made.Content.ReadAsStringAsync(), Does.Contain("set-password"));
        using var notMade = await administrator.SendFormAsync("/accounts", "/accounts?handler=make", ("name", "Noa"), ("email", "hoofd"), ("roles", "Head"));
        Assert.That(await notMade.Content.ReadAsStringAsync(), Does.Contain("This is no e-mail address").And.Contain("value=\"Noa\""));

        await using var db = service.Database.CreateDbContext();
        await using (var transaction = await db.BeginWriteAsync(default))
        {
            Assert.That(await Letters.WriteToRolesAsync(db, Roles.WebsiteManager | Roles.Head, new LetterDraft("duty-1", "", "", "test"), TimeProvider.System.GetUtcNow(), default), Is.EqualTo(2));
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        Assert.That(await db.Letters.Select(letter => letter.To).ToListAsync(), Is.EquivalentTo(new[] { "els@school.example", "hoofd@school.example" }));
        Assert.That(await db.AuditEntries.CountAsync(entry => entry.Kind == AuditKinds.AccountEmailChanged), Is.EqualTo(2));
        using var emptied = await manager.SendFormAsync("/account", "/account?handler=email", ("email", ""));
        Assert.That(emptied.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await db.Accounts.AsNoTracking().CountAsync(account => account.Email != null), Is.EqualTo(1));
    }

    /// <summary>Gives a service letters in every state that the page shows.</summary>
    internal static async Task FillAsync(RunningService service)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = service.Database.CreateDbContext();
        db.Letters.AddRange(
            Letter("dead-1", "weg@thuis.example", LetterState.Dead, "recipient-550"),
            Letter("dead-2", "een-heel-lang-adres-dat-nergens-afgebroken-kan-worden@thuis-bij-de-ouders.example", LetterState.Dead, "message-554"),
            Letter("waits-1", "wacht@thuis.example", LetterState.Waiting, "connection"),
            Letter("waits-2", "link@thuis.example", LetterState.Waiting, null, new LinkDraft(LinkPurpose.Round, "1", null, now.AddDays(9))));
        await db.SaveChangesAsync();

        Letter Letter(string key, string to, LetterState state, string? failure, LinkDraft? link = null) => new()
        {
            Key = key, To = to, Language = "nl", Kind = "test", Values = "{}", At = now.AddHours(-9), State = state, Failure = failure, Attempts = 3,
            DueAt = state == LetterState.Waiting ? now.AddHours(1) : null, EndedAt = state == LetterState.Dead ? now : null,
            Link = link is null ? null : System.Text.Json.JsonSerializer.Serialize(link, System.Text.Json.JsonSerializerOptions.Web),
        };
    }

    private async Task<HttpClient> SignedInAsync(Roles roles)
    {
        var client = await service.SignedInAsync(roles);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return client;
    }

    private async Task<string> AccountAsync(string email)
    {
        await using var db = service.Database.CreateDbContext();
        return (await db.Accounts.AsNoTracking().SingleAsync(account => account.Email == email)).Id;
    }
}
