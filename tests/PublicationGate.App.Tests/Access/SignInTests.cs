using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Access;
using PublicationGate.App.Tests.Support;
using PublicationGate.Audit;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Access;

[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class SignInTests(DatabaseKind kind)
{
    private RunningService service = null!;

    [SetUp]
    public async Task StartAsync() => service = await RunningService.StartAsync(kind);

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task The_link_makes_one_account_with_all_roles_and_holds_no_longer()
    {
        var link = await service.FirstLinkAsync();
        using var first = service.Client();
        using var made = await first.SendFormAsync(link, "/welcome", ("link", link.Split('=')[1]), ("name", "Noor"), ("password", RunningService.Password));
        Assert.That(made.Headers.Location?.ToString(), Is.EqualTo("/"));
        Assert.That((await first.GetAsync("/accounts")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var second = service.Client();
        using var again = await second.SendFormAsync("/sign-in", "/welcome", ("link", link.Split('=')[1]), ("name", "Sam"), ("password", RunningService.Password));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await AccountsAsync(), Is.EqualTo(new[] { ("Noor", Roles.All) }));
        Assert.That(await service.Services.GetRequiredService<FirstAccount>().MakeTokenAsync(default), Is.Null, "there is an account");
    }

    [Test]
    public async Task Signed_out_people_come_back_to_where_they_wanted_to_go_and_never_to_another_site()
    {
        await service.MakeAccountAsync("Noor", Roles.Administrator);
        using var client = service.Client();
        Assert.That((await client.GetAsync("/accounts?x=1")).Headers.Location?.ToString(), Is.EqualTo("/sign-in?return=%2Faccounts%3Fx%3D1"));
        using var back = await client.SendFormAsync("/sign-in", ("name", "noor"), ("password", RunningService.Password), ("return", "/accounts?x=1"));
        Assert.That(back.Headers.Location?.ToString(), Is.EqualTo("/accounts?x=1"));
        foreach (var foreign in new[] { "https://example.com/", "//example.com", "/\\example.com" })
        {
            using var other = service.Client();
            using var answer = await other.SendFormAsync("/sign-in", ("name", "noor"), ("password", RunningService.Password), ("return", foreign));
            Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/"), foreign);
        }
    }

    [Test]
    public async Task Wrong_passwords_lock_the_account_for_a_while_and_are_on_record()
    {
        var account = await service.MakeAccountAsync("Noor", Roles.Teacher);
        using var client = service.Client();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            using var refused = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", "verkeerd geraden"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        using var right = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.OK), "locked");
        Assert.That(await ActsAsync(account), Is.EqualTo(Enumerable.Repeat(AuditKinds.SignInRefused, 9)));
    }

    [Test]
    public async Task A_lock_and_other_roles_hold_at_once_for_who_is_signed_in()
    {
        using var admin = await service.SignedInAsync(Roles.Administrator);
        using var colleague = service.Client();
        var account = await service.MakeAccountAsync("Sam", Roles.Administrator);
        using var signedIn = await colleague.SendFormAsync("/sign-in", ("name", "Sam"), ("password", RunningService.Password));
        Assert.That((await colleague.GetAsync("/accounts")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var changed = await admin.SendFormAsync("/accounts", "/accounts?handler=roles", ("id", account.Id), ("roles", "Teacher"));
        Assert.That((await colleague.GetAsync("/accounts")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var locked = await admin.SendFormAsync("/accounts", "/accounts?handler=lock", ("id", account.Id), ("locked", "true"));
        Assert.That((await colleague.GetAsync("/account")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await ActsAsync(account), Is.EqualTo(new[] { AuditKinds.SignedIn, AuditKinds.RolesChanged, AuditKinds.AccountLocked }));
    }

    [Test]
    public async Task The_last_administrator_stays_one()
    {
        var account = await service.MakeAccountAsync("Noor", Roles.All);
        using var admin = service.Client();
        using var signedIn = await admin.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
        using var refused = await admin.SendFormAsync("/accounts", "/accounts?handler=roles", ("id", account.Id), ("roles", "Teacher"));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("laatste beheerder"));
        Assert.That(await AccountsAsync(), Is.EqualTo(new[] { ("Noor", Roles.All) }));
    }

    [Test]
    public async Task The_last_administrator_is_not_reset_and_who_never_set_a_password_does_not_count()
    {
        var account = await service.MakeAccountAsync("Noor", Roles.All);
        await using var scope = service.Services.CreateAsyncScope();
        var acts = scope.ServiceProvider.GetRequiredService<AccountActs>();
        Assert.That((await acts.MakeAsync(account, "Sam", Roles.Administrator, null, default)).Result.Succeeded, Is.True);
        var (token, result) = await acts.ResetAsync(account, (await acts.FindAsync(account.Id, default))!, default);
        Assert.That((token, result.Succeeded), Is.EqualTo(((string?)null, false)));
        using var client = service.Client();
        using var signedIn = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task A_copy_of_the_cookie_ends_when_its_person_signs_out()
    {
        await service.MakeAccountAsync("Noor", Roles.Teacher);
        using var client = service.Client();
        using var signedIn = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = service.Address };
        thief.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("gate=", StringComparison.Ordinal)).Split(';')[0]);
        Assert.That((await thief.GetAsync("/account")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var signedOut = await client.SendFormAsync("/account", "/sign-out");
        Assert.That((await thief.GetAsync("/account")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [TestCase("/account", "/account", "current")]
    [TestCase("/account/second-factor", "/account/second-factor?handler=on", "password")]
    [TestCase("/account/keys", "/account/keys?handler=make", "password")]
    public async Task Wrong_passwords_count_for_who_is_signed_in_too(string page, string to, string field)
    {
        var account = await service.MakeAccountAsync("Noor", Roles.Teacher);
        using var client = service.Client();
        using var signedIn = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
        using var wrong = await client.SendFormAsync(page, to, (field, "verkeerd geraden"), ("name", "camera"), ("scopes", "Submit"), ("code", "000000"));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("niet uw wachtwoord").And.Not.Match("pgate_[A-Za-z0-9_-]{43}"));
        Assert.That(await ActsAsync(account), Is.EqualTo(new[] { AuditKinds.SignedIn, AuditKinds.SignInRefused }));
    }

    // RFC 6238, appendix B, the last six digits.
    [Test]
    public void A_code_counts_once_and_none_that_is_older_than_the_last()
    {
        const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        Assert.That(TimeCode.StepOf(Key, "050471", 0, now), Is.EqualTo(37037037));
        Assert.That(TimeCode.StepOf(Key, "081804", 0, now), Is.EqualTo(37037036), "of half a minute before");
        Assert.That(TimeCode.StepOf(Key, "050471", 37037037, now), Is.Null, "used");
        Assert.That(TimeCode.StepOf(Key, "081804", 37037037, now), Is.Null, "older than one that was used");
        Assert.That(TimeCode.StepOf(Key, "005924", 0, now), Is.Null, "of another year");
    }

    [Test]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var admin = await service.SignedInAsync(Roles.Administrator);
        using var answer = await admin.PostAsync("/accounts?handler=make", new FormUrlEncodedContent([KeyValuePair.Create("name", "Indringer"), KeyValuePair.Create("roles", "Administrator")]));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await AccountsAsync()).Select(account => account.Name), Has.None.EqualTo("Indringer"));
    }

    [Test]
    public async Task A_revoked_key_is_unknown_at_once_and_is_kept_as_a_hash_only()
    {
        var account = await service.MakeAccountAsync("Noor", Roles.WebsiteManager);
        await using var scope = service.Services.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
        var key = await keys.MakeAsync(account, "camera", ApiScopes.Submit | ApiScopes.Read, default);
        var row = (await keys.OfAsync(account, default)).Single();
        Assert.That((row.Prefix.Length, row.Sha256, row.Scopes), Is.EqualTo((9, ApiKey.HashOf(key), ApiScopes.Submit | ApiScopes.Read)));
        Assert.That(key, Does.StartWith(row.Prefix));
        await keys.RevokeAsync(account, row.Id, default);
        Assert.That(await keys.OfAsync(account, default), Is.Empty);
        Assert.That(await ActsAsync(account), Is.EqualTo(new[] { AuditKinds.ApiKeyMade, AuditKinds.ApiKeyRevoked }));
    }

    [Test]
    public async Task The_link_to_set_a_password_holds_once()
    {
        var account = await service.MakeAccountAsync("Sam", Roles.Teacher);
        var by = await service.MakeAccountAsync("Noor", Roles.All);
        await using var scope = service.Services.CreateAsyncScope();
        var acts = scope.ServiceProvider.GetRequiredService<AccountActs>();
        var key = await scope.ServiceProvider.GetRequiredService<ApiKeys>().MakeAsync(account, "camera", ApiScopes.Submit, default);
        Assert.That(key, Is.Not.Empty);
        var token = (await acts.ResetAsync(by, (await acts.FindAsync(account.Id, default))!, default)).Token!;
        Assert.That(await scope.ServiceProvider.GetRequiredService<ApiKeys>().OfAsync(account, default), Is.Empty, "whoever made keys meanwhile is out too");
        using var client = service.Client();
        async Task<HttpStatusCode> SetAsync(string password)
        {
            using var answer = await client.SendFormAsync("/set-password", ("account", account.Id), ("link", token), ("password", password));
            return answer.StatusCode;
        }

        Assert.That(await SetAsync("kort"), Is.EqualTo(HttpStatusCode.OK), "refused");
        Assert.That(await SetAsync("zeven groene kikkers"), Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await SetAsync("acht groene kikkers"), Is.EqualTo(HttpStatusCode.OK), "used");
        using var signedIn = await client.SendFormAsync("/sign-in", ("name", "Sam"), ("password", "zeven groene kikkers"));
        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task A_recovery_code_holds_once_and_its_use_is_on_record()
    {
        var account = await service.MakeAccountAsync("Noor", Roles.Teacher);
        await using var scope = service.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var known = (await accounts.FindByIdAsync(account.Id))!;
        var code = (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(known, 10))!.First();
        await accounts.SetTwoFactorEnabledAsync(known, true);
        async Task<HttpStatusCode> TryAsync()
        {
            using var client = service.Client();
            using var password = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
            using var answer = await client.SendFormAsync("/sign-in/code", ("code", code));
            return answer.StatusCode;
        }

        Assert.That(await TryAsync(), Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await TryAsync(), Is.EqualTo(HttpStatusCode.OK), "used");
        Assert.That(await ActsAsync(account), Is.EqualTo(new[] { AuditKinds.RecoveryCodeUsed, AuditKinds.SignedIn, AuditKinds.SignInRefused }));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.AuditEntries.Where(entry => entry.Kind == AuditKinds.RecoveryCodeUsed).Select(entry => entry.Details).SingleAsync(), Is.EqualTo("""{"remaining":"9"}"""));
    }

    [TestCase("wachtwoord2026", true)]
    [TestCase("aaaaaaaaaaaaaaaa", true)]
    [TestCase("noornoornoor12345", true)]
    [TestCase("paarse olifant fietst", false)]
    public void Passwords_that_everybody_tries_are_refused(string password, bool isCommon) => Assert.That(CommonPasswords.IsCommon(password, "noor@school.example"), Is.EqualTo(isCommon));

    private async Task<List<string>> ActsAsync(Account account)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.AuditEntries.Where(entry => entry.Subject == account.Id).OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync();
    }

    private async Task<List<(string Name, Roles Roles)>> AccountsAsync()
    {
        await using var db = service.Database.CreateDbContext();
        return [.. (await db.Accounts.OrderBy(account => account.UserName).ToListAsync()).Select(account => (account.UserName!, account.Roles))];
    }
}
