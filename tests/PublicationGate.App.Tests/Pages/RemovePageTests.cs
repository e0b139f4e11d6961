using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Removal.Requests;
using PublicationGate.Rules;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>A family asks that a photo goes, and what follows, without a browser.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RemovePageTests(DatabaseKind kind)
{
    private const string Missing = "https://elders.example/foto.jpg";

    private static readonly Declaration Building = new() { Activity = "Atelier in het gebouw", Situation = "general", Origin = "school-camera", NobodyRecognisable = true };

    [Test]
    public async Task A_small_copy_hides_exactly_its_photo_and_the_link_leads_to_the_receipt()
    {
        await using var service = await RunningService.StartAsync(kind);
        var (meant, other) = await ReleaseTwoAsync(service);
        using var parent = service.Client();
        using var sent = await AskAsync(parent, photo: Copy(Photos.TwoFaces), why: "Zij wil dit niet");
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        var link = sent.Headers.Location!.ToString();
        Assert.That(link, Does.Match("^/removal-request/[A-Za-z0-9_-]{43}$"));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.Releases.Where(release => release.WithdrawnAt == null).Select(release => release.SubmissionId).ToListAsync(), Is.EqualTo(new[] { other.Id }), "at once");
        Assert.That((await db.TakenBackPictures.SingleAsync()).ContentSha256, Is.EqualTo(meant.ContentSha256));

        using var page = await parent.GetAsync(link);
        Assert.That(page.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
        Assert.That(page.Headers.CacheControl!.NoStore, Is.True);
        var told = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        Assert.That(told, Does.Contain("De foto is verborgen").And.Contain("Wordt nog weggehaald").And.Contain(link));
        Assert.That(told, Does.Not.Contain("Noor").And.Not.Contain("Zij wil dit niet").And.Not.Contain("ouder@"), "links are passed on");

        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(await manager.GetStringAsync("/removals"), Does.Contain("/removals/requests/1").And.Contain("handler=done"));
        Assert.That(await manager.GetStringAsync("/removals/requests/1"), Does.Contain("Noor").And.Contain("Zij wil dit niet"));
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync("/dashboard")), Does.Contain("Verzoek 1"));
        await manager.SendFormAsync("/removals", "/removals?handler=done", ("id", "1"));
        await WaitAsync(async () => (await db.RemovalRequests.AsNoTracking().SingleAsync()).State == RequestState.Gone);
        Assert.That(await parent.GetStringAsync(link), Does.Contain("Bewijs van verwijdering").And.Contain("Weg sinds"));
        Assert.That(await db.Letters.AnyAsync(letter => letter.Kind == "request-receipt"), Is.True);
    }

    [Test]
    public async Task What_is_not_found_becomes_a_task_that_a_person_finds_the_photo_for()
    {
        await using var service = await RunningService.StartAsync(kind);
        await ReleaseTwoAsync(service);
        using var parent = service.Client();
        using var sent = await AskAsync(parent, Missing);
        var link = sent.Headers.Location!.ToString();
        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(link)), Does.Contain("Wij hebben uw verzoek"));
        using var added = await parent.SendFormAsync(link, link + "?handler=add", ("words", "Het is de foto van de ateliermiddag"));
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Found));

        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        var task = await manager.GetStringAsync("/removals/requests/1?activity=atelier");
        Assert.That(WebUtility.HtmlDecode(task), Does.Contain("Het is de foto van de ateliermiddag").And.Contain(Missing).And.Contain("Gevonden: 2"));
        Assert.That(task, Does.Not.Contain($"href=\"{Missing}\""), "nobody is led to where a stranger wants");
        var release = Regex.Match(task, "name=\"release\" value=\"([0-9a-f]{32})\"").Groups[1].Value;
        using var hidden = await manager.SendFormAsync("/removals/requests/1", "/removals/requests/1?handler=hide", ("release", release));
        Assert.That(hidden.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(link)), Does.Contain("De foto is verborgen"));
        using var refused = await manager.SendFormAsync("/removals/requests/1", "/removals/requests/1?handler=answer", ("ground", "Klaar"), ("gone", "true"));
        Assert.That(WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), Does.Contain("Nog weg te halen"));

        using var back = await manager.SendFormAsync("/removals/requests/1", "/removals/requests/1?handler=restore", ("why", "Het verzoek klopte niet"));
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await using var db = service.Database.CreateDbContext();
        await WaitAsync(async () => await db.Releases.CountAsync(one => one.WithdrawnAt == null) == 2);
        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(link)), Does.Contain("De foto is teruggezet").And.Contain("Het verzoek klopte niet"));
    }

    [Test]
    public async Task An_answer_that_nothing_was_found_is_read_by_the_family()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var parent = service.Client();
        using var sent = await AskAsync(parent, photo: await File.ReadAllBytesAsync(Repository.Sample(Photos.TwoFaces)));
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        using var picture = await manager.GetAsync("/removals/requests/1/picture");
        Assert.That(picture.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/jpeg"), "what was sent, encoded anew");
        using var answered = await manager.SendFormAsync("/removals/requests/1", "/removals/requests/1?handler=answer", ("ground", "Deze foto is niet van onze school."), ("gone", "false"));
        Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await parent.GetStringAsync(sent.Headers.Location!.ToString()), Does.Contain("Deze foto is niet van onze school."));
        using var gone = await manager.GetAsync("/removals/requests/1/picture");
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Several_are_a_choice_that_shows_no_photo_but_what_everybody_sees_and_the_sender_has()
    {
        await using var service = await RunningService.StartAsync(kind);
        var (meant, other) = await ReleaseTwoAsync(service);
        await using var db = service.Database.CreateDbContext();
        var ids = await db.Releases.ToDictionaryAsync(release => release.SubmissionId, release => release.Id);
        using var parent = service.Client();
        using var sent = await AskAsync(parent, $"https://school.example/gate-{ids[other.Id]}/", Copy(Photos.TwoFaces));
        var link = sent.Headers.Location!.ToString();
        var choice = await parent.GetStringAsync(link);
        Assert.That(choice, Does.Contain(ids[meant.Id]).And.Contain(ids[other.Id]).And.Contain($"{link}/photo/{ids[meant.Id]}").And.Not.Contain($"{link}/photo/{ids[other.Id]}"));
        Assert.That((await parent.GetAsync($"{link}/photo/{ids[meant.Id]}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await parent.GetAsync($"{link}/photo/{ids[other.Id]}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await parent.GetAsync($"/removal-request/{new string('a', 43)}/photo/{ids[meant.Id]}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await db.Releases.CountAsync(release => release.WithdrawnAt == null), Is.EqualTo(2), "looking hides nothing");

        using var none = await parent.SendFormAsync(link, link + "?handler=choose");
        Assert.That(await none.Content.ReadAsStringAsync(), Does.Contain("mistakes"));
        using var chosen = await parent.SendFormAsync(link, link + "?handler=choose", ("release", ids[meant.Id]));
        Assert.That(chosen.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await db.Releases.Where(release => release.WithdrawnAt == null).Select(release => release.Id).ToListAsync(), Is.EqualTo(new[] { ids[other.Id] }));
        Assert.That((await parent.GetAsync($"{link}/photo/{ids[other.Id]}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Where_a_photo_of_a_closed_channel_was_is_told_to_who_gave_that_address_and_to_nobody_who_thought_of_a_name()
    {
        const string Closed = "https://elders.example/besloten/atelier-7.jpg";
        await using var service = await RunningService.StartAsync(kind);
        var (_, other) = await ReleaseTwoAsync(service);
        await using var db = service.Database.CreateDbContext();
        var release = await db.Releases.SingleAsync(release => release.SubmissionId == other.Id);
        await db.Releases.Where(one => one.Id == release.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Channel, "website-closed").SetProperty(one => one.CopyName, "atelier-2026-03-31-1.jpg"));
        db.OutboxEvents.Add(new()
        {
            ReleaseId = release.Id, SubmissionId = other.Id, Output = "elsewhere", Kind = OutboxEventKind.Publish, At = TimeProvider.System.GetUtcNow(), State = OutboxState.Delivered, Attempts = 1, Remote = new RemoteCopy { Id = "7", Addresses = [Closed] }.Write(),
        });
        await db.SaveChangesAsync();

        using var parent = service.Client();
        using var guessed = await AskAsync(parent, "https://elders.example/atelier-2026-03-31-1");
        using var known = await AskAsync(parent, Closed);
        Assert.That(await parent.GetStringAsync(guessed.Headers.Location!.ToString()), Does.Contain("De foto is verborgen").And.Not.Contain("atelier-7"));
        Assert.That(await parent.GetStringAsync(known.Headers.Location!.ToString()), Does.Contain("De foto is verborgen").And.Contain("atelier-7"));
    }

    [Test]
    public async Task Names_tell_nobody_which_child_is_known()
    {
        await using var service = await RunningService.StartAsync(kind);
        await ReleaseTwoAsync(service);
        var pupil = "";
        await using (var db = service.Database.CreateDbContext())
        {
            pupil = (await db.Pupils.SingleAsync(one => one.Key == "p601")).FirstName;
        }

        var answers = new List<string>();
        foreach (var (child, group) in new[] { (pupil, "groep 6"), ("Zzzz", "groep 99") })
        {
            using var parent = service.Client();
            using var sent = await AskAsync(parent, Missing, child: child, group: group);
            var link = sent.Headers.Location!.ToString();
            var page = await parent.GetStringAsync(link);
            page = page[page.IndexOf("<main", StringComparison.Ordinal)..].Replace(link, "", StringComparison.Ordinal);
            answers.Add(Regex.Replace(Regex.Replace(page, "Verzoek [0-9]+", "Verzoek"), "name=\"token\"[^>]*", ""));
        }

        Assert.That(answers[0], Is.EqualTo(answers[1]));
    }

    [Test]
    public async Task Above_the_limit_nothing_is_hidden_and_a_person_looks_today()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { RemovalHidesADay = 1 });
        await ReleaseTwoAsync(service);
        using var parent = service.Client();
        using var first = await AskAsync(parent, photo: Copy(Photos.TwoFaces));
        using var second = await AskAsync(parent, photo: Copy(Other));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.Releases.CountAsync(release => release.WithdrawnAt == null), Is.EqualTo(1));
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        var page = WebUtility.HtmlDecode(await manager.GetStringAsync("/removals"));
        Assert.That(page, Does.Contain("NIET vanzelf verborgen"));
        Assert.That(page.IndexOf("Verzoek 2", StringComparison.Ordinal), Is.LessThan(page.IndexOf("Verzoek 1", StringComparison.Ordinal)), "urgent ones first");
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync("/dashboard")), Does.Contain("Vandaag: verzoek 2"));
    }

    [Test]
    public async Task What_is_wrong_is_said_and_nothing_is_lost()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { RemovalRequestsPerMinute = 6 });
        using var parent = service.Client();
        using var empty = await AskAsync(parent, child: "", group: "", contact: "bel me");
        var page = WebUtility.HtmlDecode(await empty.Content.ReadAsStringAsync());
        Assert.That(Regex.Matches(page, "aria-invalid=\"true\""), Has.Count.EqualTo(4));
        Assert.That(page, Does.Contain("value=\"bel me\""));
        using var large = await AskAsync(parent, photo: new byte[22 * 1024 * 1024]);
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await large.Content.ReadAsStringAsync(), Does.Contain("te groot"));
        using var noPicture = await AskAsync(parent, photo: "<svg onload=alert(1)>"u8.ToArray());
        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(noPicture.Headers.Location!.ToString())), Does.Contain("konden wij niet openen"), "it is a request all the same");
        using var forged = await parent.PostAsync("/remove", new MultipartFormDataContent { { new StringContent(Missing), "address" } });
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        await AskAsync(parent, Missing);
        await AskAsync(parent, Missing);
        using var enough = await AskAsync(parent, Missing);
        Assert.That(enough.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.RemovalRequests.CountAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task Links_that_do_not_hold_look_the_same_and_looking_changes_nothing()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var parent = service.Client();
        using var sent = await AskAsync(parent, Missing);
        var link = sent.Headers.Location!.ToString();
        using var wrong = await parent.GetAsync("/removal-request/" + new string('a', 43));
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var said = await wrong.Content.ReadAsStringAsync();
        Assert.That(said, Does.Contain("href=\"/remove\""));
        await using (var db = service.Database.CreateDbContext())
        {
            await db.AccessLinks.ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, DateTimeOffset.UnixEpoch));
        }

        using var over = await parent.GetAsync(link);
        Assert.That(over.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(MainOf(await over.Content.ReadAsStringAsync()), Is.EqualTo(MainOf(said)));
        using var post = await parent.SendFormAsync("/remove", link + "?handler=add", ("words", "x"));
        Assert.That(post.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private const string Other = "2026-10-13 ons gebouw/nastuh.jpg";

    private static string MainOf(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main", StringComparison.Ordinal)];

    private static byte[] Copy(string sample) => CleanCopy.Of(new ImageDecoder(new ImageLimits()), File.ReadAllBytes(Repository.Sample(sample)), new() { LongSide = 500, Quality = 40, Format = CopyFormat.Jpeg }).Bytes.ToArray();

    private static async Task<(Submission Meant, Submission Other)> ReleaseTwoAsync(RunningService service)
    {
        await service.FillRegisterAsync();
        var (meant, other) = (await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils), await service.SubmitAsync(Other, Building));
        Assert.That(new[] { meant.Outcome, other.Outcome }, Is.EqualTo(new[] { Outcome.Approved, Outcome.Approved }));
        return (meant, other);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string? address = null, byte[]? photo = null, string child = "Noor", string group = "groep 6", string contact = "ouder@voorbeeld.example", string why = "")
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(Forms.TokenIn(await client.GetStringAsync("/remove"))), "token" },
            { new StringContent(address ?? ""), "address" }, { new StringContent(child), "child" }, { new StringContent(group), "group" }, { new StringContent(contact), "contact" }, { new StringContent(why), "why" },
        };
        if (photo is not null)
        {
            var file = new ByteArrayContent(photo);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "photo", "foto.jpg");
        }

        return await client.PostAsync("/remove", form);
    }

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; tries < 600 && !await isSo(); tries++)
        {
            await Task.Delay(100);
        }

        Assert.That(await isSo(), Is.True);
    }
}
