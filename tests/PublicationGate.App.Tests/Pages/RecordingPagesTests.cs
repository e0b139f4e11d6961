using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Recordings;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Recordings with a purpose, from their registration to the certificate of their destruction.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class RecordingPagesTests(DatabaseKind kind)
{
    private static readonly byte[] Film = [.. Enumerable.Range(0, 200_000).Select(number => (byte)(number * 7))];

    [Test]
    public async Task A_film_is_kept_until_it_is_destroyed_with_a_certificate()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        using var added = await SendAsync(manager, Film, ("purpose", "training"), ("notice", Day(-1)), ("noticeHow", "brief aan groep 6"), ("destroyBy", Day(10)), ("place", "gate"));
        Assert.That(added.Headers.Location?.ToString(), Is.EqualTo("/recordings"), await added.Content.ReadAsStringAsync());
        Assert.That(Directory.GetFiles(Folder(service)), Has.Length.EqualTo(1));
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync("/recordings/1")), Does.Contain("les.mp4").And.Contain("brief aan groep 6"));

        using (var unsure = await manager.SendFormAsync("/recordings/1", ("said", "")))
        {
            Assert.That(await unsure.Content.ReadAsStringAsync(), Does.Contain("aria-invalid"));
        }

        Assert.That(Directory.GetFiles(Folder(service)), Has.Length.EqualTo(1));
        await manager.SendFormAsync("/recordings/1", ("sure", "true"));
        Assert.That(Directory.GetFiles(Folder(service)), Is.Empty);
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync("/recordings/1")), Does.Contain("Bewijs van vernietiging").And.Contain("Klopt: ondertekend"));
        using var certificate = await manager.GetAsync("/recordings/1/certificate");
        Assert.That((certificate.Content.Headers.ContentDisposition!.FileName, (await certificate.Content.ReadAsStringAsync()).Contains("\"how\":\"Overwritten\"", StringComparison.Ordinal)), Is.EqualTo(("recording-1.destruction.json", true)));
        using var again = await manager.SendFormAsync("/recordings/1", ("sure", "true"));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_is_refused_leaves_nothing_behind_and_what_was_there_stays()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        using (var mistakes = await SendAsync(manager, Film, ("purpose", "training"), ("notice", Day(3)), ("destroyBy", ""), ("place", "gate")))
        {
            Assert.That(await mistakes.Content.ReadAsStringAsync(), Does.Contain("mistakes"));
        }

        using (var late = await SendAsync(manager, Film, ("purpose", "training"), ("notice", Day(3)), ("destroyBy", Day(3)), ("place", "gate")))
        {
            Assert.That(WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync()), Does.Contain("De ouders moeten het vooraf weten"));
        }

        using (var forged = await manager.PostAsync("/recordings/new", Form("wrong", Film, ("purpose", "training"))))
        {
            Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }

        Assert.That(Directory.Exists(Folder(service)) ? Directory.GetFiles(Folder(service), "*", SearchOption.AllDirectories) : [], Is.Empty);
        await SendAsync(manager, Film, ("purpose", "training"), ("notice", Day(0)), ("destroyBy", Day(3)), ("place", "gate"));
        using (var twice = await SendAsync(manager, Film, ("purpose", "training"), ("notice", Day(0)), ("destroyBy", Day(3)), ("place", "gate")))
        {
            Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(Directory.GetFiles(Folder(service)), Has.Length.EqualTo(1));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.Recordings.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_lies_elsewhere_is_destroyed_by_a_person_who_says_so()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var head = await service.SignedInAsync(Roles.Head);
        using (var added = await SendAsync(head, null, ("purpose", "training"), ("notice", Day(0)), ("destroyBy", Day(3)), ("place", "elsewhere"), ("where", "kaart van de camera"), ("name", "leesles")))
        {
            Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Found), await added.Content.ReadAsStringAsync());
        }

        using (var silent = await head.SendFormAsync("/recordings/1", ("sure", "true"), ("said", "")))
        {
            Assert.That(await silent.Content.ReadAsStringAsync(), Does.Contain("aria-invalid"));
        }

        await head.SendFormAsync("/recordings/1", ("sure", "true"), ("said", "kaart geformatteerd"));
        Assert.That(WebUtility.HtmlDecode(await head.GetStringAsync("/recordings/1")), Does.Contain("door een mens").And.Contain("kaart geformatteerd"));
    }

    [Test]
    public async Task In_the_browser_a_recording_comes_and_goes()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        await service.MakeAccountAsync("beheer", Roles.WebsiteManager);
        await using (var db = service.Database.CreateDbContext())
        {
            db.Recordings.Add(new Recording
            {
                Purpose = RecordingPurpose.PupilHelp, PupilKey = "p601", FileName = "motoriek-gymzaal-derde-opname-met-een-heel-lange-naam-van-de-camera.mp4", NoticeOn = new(2026, 1, 1), DestroyBy = DateOnly.Parse(Day(-9), CultureInfo.InvariantCulture),
                ContentSha256 = new string('a', 64), RegisteredAt = DateTimeOffset.UnixEpoch, Place = RecordingPlace.Gate,
            });
            await db.SaveChangesAsync();
        }

        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service);
        await Browser.SignInAsync(page, "beheer");
        await page.GotoAsync("/recordings/new");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync(".mistakes");
        await Browser.InspectAsync(page, "recording-mistakes");
        await page.CheckAsync("#purpose");
        await page.FillAsync("#notice", Day(-2));
        await page.FillAsync("#noticeHow", "mail aan de ouders van groep 6");
        await page.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload { Name = "instructie.mp4", MimeType = "video/mp4", Buffer = Film });
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/recordings");
        await Browser.InspectAsync(page, "recordings");
        await page.GotoAsync("/recordings/1");
        await page.CheckAsync("#sure");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync(".mistakes");
        await Browser.InspectAsync(page, "recording-missing");
        await page.GotoAsync("/recordings/2");
        await page.CheckAsync("#sure");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync(".certificate");
        await Browser.InspectAsync(page, "recording-certificate");
    }

    private static string Folder(RunningService service) => Path.Combine(service.Data, "recordings");

    private static string Day(int fromToday) => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[]? film, params (string Name, string Value)[] fields)
    {
        var token = Forms.TokenIn(await client.GetStringAsync("/recordings/new"));
        return await client.PostAsync("/recordings/new", Form(token, film, fields));
    }

    private static MultipartFormDataContent Form(string token, byte[]? film, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(token), "token" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (film is not null)
        {
            form.Add(new ByteArrayContent(film), "file", "les.mp4");
        }

        return form;
    }
}
