using System.Net;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Removal;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Taking back in the browser, without one.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class RemovalsPageTests(DatabaseKind kind)
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Test]
    public async Task A_photo_is_taken_back_with_a_ground_seen_to_and_let_in_again()
    {
        await using var service = await RunningService.StartAsync(kind);
        await ReleaseAsync(service);
        using var client = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(await client.GetStringAsync($"/removals?submission={Id}"), Does.Contain("sportdag.jpg"));

        using var refused = await client.SendFormAsync($"/removals?submission={Id}", "/removals?handler=takeBack", ("submission", Id), ("ground", " "));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("aria-invalid"));
        using var done = await client.SendFormAsync($"/removals?submission={Id}", "/removals?handler=takeBack", ("submission", Id), ("ground", "Vraag van een ouder"), ("family", "true"));
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await using (var db = service.Database.CreateDbContext())
        {
            Assert.That(await db.Releases.AnyAsync(release => release.WithdrawnAt == null), Is.False);
            Assert.That((await db.TakenBackPictures.SingleAsync()).Ground, Is.EqualTo("Vraag van een ouder"));
        }

        var page = await client.GetStringAsync("/removals");
        Assert.That(page, Does.Contain("sportdag.jpg").And.Contain("Vraag van een ouder").And.Contain("handler=lift").And.Contain("handler=done"));
        await client.SendFormAsync("/removals", "/removals?handler=done", ("id", "1"));
        using var without = await client.SendFormAsync("/removals", "/removals?handler=lift", ("id", "1"), ("ground", ""));
        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("mistakes"));
        await client.SendFormAsync("/removals", "/removals?handler=lift", ("id", "1"), ("ground", "Mag toch"));
        Assert.That(await client.GetStringAsync("/removals"), Does.Not.Contain("handler=lift").And.Not.Contain("handler=done"));
        using var missing = await client.SendFormAsync("/removals", "/removals?handler=takeBack", ("submission", "weg"), ("ground", "x"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_task_says_where_its_picture_was_posted_and_whether_it_is_gone_and_takes_further_addresses()
    {
        await using var service = await RunningService.StartAsync(kind);
        await TaskAsync(service);
        using var client = await service.SignedInAsync(Roles.WebsiteManager);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/removals"));
        Assert.That(page, Does.Contain("1 van 6 adressen weg").And.Contain($"weg sinds {At(3)}").And.Contain($"nog zichtbaar, laatst gekeken {At(5)}").And.Contain("geen bruikbaar antwoord (de site gaf fout 503)")
            .And.Contain("kijk zelf: het is een pagina, en het adres van de foto staat er nog in").And.Contain($"om {At(5)} niet meer gevonden").And.Contain("nog niet gekeken"));
        Assert.That(page, Does.Contain("rel=\"noopener noreferrer\"").And.Not.Contain("href=\"/srv"));

        using var refused = await client.SendFormAsync("/removals", "/removals?handler=address", ("id", "1"), ("address", "javascript:alert(1)"));
        Assert.That(WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), Does.Contain("Dat is niet toegevoegd"));
        using var added = await client.SendFormAsync("/removals", "/removals?handler=address", ("id", "1"), ("address", "https://social.example/p/9#top"));
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await using var db = service.Database.CreateDbContext();
        Assert.That((await db.PostedAddresses.SingleAsync(row => row.Address == "https://social.example/p/9")).From, Is.EqualTo(AddressFrom.Person));
    }

    [Test]
    public async Task A_picture_that_is_not_gone_after_three_days_is_an_urgent_duty()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { TakeDownDays = 2 });
        await TaskAsync(service);
        using var client = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(WebUtility.HtmlDecode(await client.GetStringAsync("/dashboard")), Does.Contain("Langer dan 2 dagen verborgen, en misschien nog te zien waar ze stonden: 1"));
        await client.SendFormAsync("/removals", "/removals?handler=done", ("id", "1"));
        Assert.That(WebUtility.HtmlDecode(await client.GetStringAsync("/dashboard")), Does.Not.Contain("Langer dan 2 dagen verborgen"));
    }

    [Test]
    public async Task A_hidden_picture_is_a_duty_at_once_and_a_request_leads_to_its_own_page()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { TakeDownDays = 90 });
        await TaskAsync(service);
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = service.Database.CreateDbContext())
        {
            await db.TakeDowns.ExecuteUpdateAsync(set => set.SetProperty(row => row.HiddenAt, now));
            db.RemovalRequests.Add(new RemovalRequest { At = now, State = RequestState.Received, AnswerBy = new DateOnly(2099, 1, 1), Child = "Noor", Group = "5", Contact = "06", Language = "nl", Source = "x" });
            await db.SaveChangesAsync();
        }

        using var client = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(WebUtility.HtmlDecode(await client.GetStringAsync("/dashboard")), Does.Contain("<a href=\"/removals\">Weg te halen: 1</a>").And.Contain("<a href=\"/removals/requests/1\">Verzoek 1 "));
    }

    [Test]
    public async Task What_outputs_did_stands_on_the_pages_of_the_task_and_of_the_release()
    {
        await using var service = await RunningService.StartAsync(kind);
        await TaskAsync(service);
        await using var db = service.Database.CreateDbContext();
        await db.PostedAddresses.ExecuteDeleteAsync();
        var at = new DateTimeOffset(2026, 11, 20, 12, 1, 0, TimeSpan.Zero);
        OutboxEvent Row(OutboxEventKind sent) => new() { ReleaseId = Id, SubmissionId = Id, Output = "schoolsite", Kind = sent, At = at, State = OutboxState.Delivered, EndedAt = at };
        var down = Row(OutboxEventKind.TakeDown);
        db.OutboxEvents.AddRange(Row(OutboxEventKind.Publish), down);
        await db.SaveChangesAsync();
        using var client = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(WebUtility.HtmlDecode(await client.GetStringAsync("/removals")), Does.Contain("Door schoolsite weggehaald. Kijk of iemand"));
        var release = WebUtility.HtmlDecode(await client.GetStringAsync("/published/" + Id));
        Assert.That(release, Does.Contain("Waar het heen ging").And.Contain("schoolsite").And.Contain("toestemming ingetrokken of vervallen").And.Not.Contain("Deze foto terughalen").And.Contain(At(1)));
        (down.State, down.Failure) = (OutboxState.Dead, "http-500");
        await db.SaveChangesAsync();
        Assert.That(WebUtility.HtmlDecode(await client.GetStringAsync("/removals")), Does.Contain("Uitgang schoolsite heeft het weghalen opgegeven").And.Not.Contain("Door schoolsite weggehaald"));
    }

    [Test]
    public async Task Addresses_can_be_read_on_a_phone()
    {
        await using var browser = await Browser.StartAsync();
        await using var service = await RunningService.StartAsync(kind);
        await TaskAsync(service);
        var page = await browser.VisitAsync(service);
        await Browser.SignInAsync(page, (await service.MakeAccountAsync("Wil Webbeheer", Roles.WebsiteManager)).UserName!);
        await page.GotoAsync("/removals");
        await Browser.InspectAsync(page, "removals-addresses");
    }

    // A hidden picture with addresses in every state. Nothing is due, so that nobody is called.
    private static async Task TaskAsync(RunningService service)
    {
        await ReleaseAsync(service);
        var (hidden, looked) = (new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 20, 12, 5, 0, TimeSpan.Zero));
        await using var db = service.Database.CreateDbContext();
        await db.Releases.ExecuteUpdateAsync(set => set.SetProperty(release => release.WithdrawnAt, hidden));
        var task = new TakeDown { ReleaseId = Id, SubmissionId = Id, Channel = "website", Why = TakeDownWhy.Consent, HiddenAt = hidden, FollowedAt = hidden };
        db.TakeDowns.Add(task);
        await db.SaveChangesAsync();
        PostedAddress Row(string address, AddressState state, string? answer) => new()
        {
            TakeDownId = task.Id, Address = address, From = AddressFrom.Output, State = state, Answer = answer, Looks = 1, LookedAt = answer is null ? null : looked, MissingAt = state == AddressState.Gone ? looked.AddMinutes(-2) : null,
        };
        const string School = "https://school.example/wp-content/uploads/2026/11/foto-2026-11-20-0123456789abcdef0123456789abcdef";
        db.PostedAddresses.AddRange(
            Row(School + ".jpg", AddressState.Gone, "http-404"), Row(School + "-300x200.jpg", AddressState.Visible, "picture"), Row("/srv/school/website/foto-2026-11-20.jpg", AddressState.Missing, "file-gone"),
            Row("https://school.example/?p=12", AddressState.Unclear, "page-names-it"), Row(School + "-150x150.jpg", AddressState.NoAnswer, "http-503"), Row("https://social.example/p/1", AddressState.Waiting, null));
        await db.SaveChangesAsync();
    }

    private static async Task ReleaseAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        var sha256 = new string('a', 64);
        var item = new QueueItem { ContentSha256 = sha256, DeclarationSha256 = sha256, ProtocolVersion = "v", Photo = new QueuedPhoto { FileName = "sportdag.jpg" }.Write(), Store = "elsewhere", State = QueueState.Decided };
        db.QueueItems.Add(item);
        await db.SaveChangesAsync();
        db.Submissions.Add(new Submission
        {
            Id = Id, SubmittedAt = DateTimeOffset.UnixEpoch, Source = SubmissionSource.Page, AlbumId = Id, FileName = "sportdag.jpg", ContentSha256 = sha256, Channel = "website", QueueItemId = item.Id, Outcome = Outcome.Approved,
        });
        db.Releases.Add(new Release { Id = Id, SubmissionId = Id, VerdictId = "0123456789abcdef", ContentSha256 = sha256, Channel = "website", ReleasedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
    }

    private static string At(int minute) => DayTexts.Moment(new DateTimeOffset(2026, 11, 20, 12, minute, 0, TimeSpan.Zero)).Nl;
}
