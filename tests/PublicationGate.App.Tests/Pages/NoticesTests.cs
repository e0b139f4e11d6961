using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Api;
using PublicationGate.App.Tests.Support;
using PublicationGate.Confirmations;
using PublicationGate.Publishing;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>What the protocol has said to people stands where they act, and what they confirm is kept.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class NoticesTests(DatabaseKind kind)
{
    private static readonly (string, string)[] Filled = [("channel", "website"), ("activity", "Atelier"), ("who", "nobody"), ("origin", "staff")];

    private RunningService service = null!;
    private HttpClient teacher = null!;
    private HttpClient manager = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        (teacher, manager) = (await service.SignedInAsync(Roles.Teacher), await service.SignedInAsync(Roles.WebsiteManager));
    }

    [TearDown]
    public async Task StopAsync()
    {
        teacher.Dispose();
        manager.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task What_stays_online_is_ticked_once_for_all_photos_of_a_form()
    {
        var page = await SubmitAsync([.. Filled]);
        Assert.That(page, Does.Contain("href=\"#confirms\"").And.Match("id=\"confirms\"[^>]*aria-invalid=\"true\""));
        Assert.That(await RowsAsync(), Is.Empty);
        await SubmitAsync([.. Filled, ("confirms", "M6")], Photos.Nobody, Photos.OneFace);
        Assert.That((await RowsAsync()).Select(row => (row.Clause, row.Scope)), Is.EqualTo(new[] { ("M6", ConfirmationScope.Photo), ("M6", ConfirmationScope.Photo) }));
        var shown = WebUtility.HtmlDecode(await teacher.GetStringAsync("/submissions/" + (await RowsAsync())[0].SubmissionId));
        Assert.That(shown, Does.Contain("Wat eenmaal online staat").And.Contain("Bevestigd"));
    }

    [TestCase("", "held")]
    [TestCase("M15", "approved")]
    public async Task A_logo_that_nobody_confirms_is_held_by_form_and_by_program(string confirms, string outcome)
    {
        await SubmitAsync([.. Filled, ("confirms", "M6"), ("logo", "true"), ("confirms", confirms)], Photos.Nobody);
        await using var db = service.Database.CreateDbContext();
        var decided = await service.DecidedAsync((await db.Submissions.SingleAsync()).Id);
        Assert.That(decided.Outcome.ToString(), Is.EqualTo(outcome).IgnoreCase);
        var page = WebUtility.HtmlDecode(await teacher.GetStringAsync("/submissions/" + decided.Id));
        Assert.That(page, confirms.Length > 0 ? Does.Not.Contain("Niemand bevestigde") : Does.Contain("Niemand bevestigde"));

        using var program = await service.WithKeyAsync(Roles.Teacher, ApiScopes.Submit | ApiScopes.Read);
        var answer = await program.SubmitAsync(Photos.OneFace, "{\"people\":\"none\",\"activity\":\"Atelier\",\"origin\":\"staff\",\"logo\":true" + (confirms.Length > 0 ? ",\"confirms\":[\"M6\",\"M15\"]}" : "}"));
        Assert.That(answer["decision"]!["findings"]!.AsArray().Any(finding => (string)finding!["clause"]! == "M15"), Is.EqualTo(confirms.Length == 0));
        Assert.That((await RowsAsync()).Count(row => row.SubmissionId == ApiCalls.Id(answer)), Is.EqualTo(confirms.Length > 0 ? 2 : 0));
    }

    [Test]
    public async Task What_was_agreed_is_read_and_confirmed_once_a_year()
    {
        Assert.That(await teacher.GetStringAsync("/submit"), Does.Contain("href=\"/guidance\">Lees"));
        var page = WebUtility.HtmlDecode(await teacher.GetStringAsync("/guidance"));
        Assert.That(page, Does.Contain("Nodigt een leerling een medewerker uit").And.Contain("Ik heb dit gelezen").And.Not.Contain("namens de school</button>"));
        Assert.That(Regex.Matches(page, "class=\"mark\">([A-Z][0-9]+)").Select(found => found.Groups[1].Value), Is.SupersetOf(ConfirmationBook.OfPerson), "what is confirmed is shown");
        using var answer = await teacher.SendFormAsync("/guidance", "/guidance?handler=read");
        using var again = await teacher.SendFormAsync("/guidance", "/guidance?handler=read");
        Assert.That((await RowsAsync()).Select(row => row.Clause), Is.EqualTo(ConfirmationBook.OfPerson));
        Assert.That(await teacher.GetStringAsync("/guidance"), Does.Contain("Je bevestigde dit op"));
        Assert.That(await teacher.GetStringAsync("/submit"), Does.Not.Contain("href=\"/guidance\">Lees"));
    }

    [Test]
    public async Task Photos_of_folders_are_confirmed_for_the_school_by_one_who_may()
    {
        Assert.That(await manager.GetStringAsync("/guidance"), Does.Not.Contain("handler=folders"));
        var own = await service.SubmitAsync(Photos.Nobody, SubmittedPhotos.TwoPupils);
        await using var db = service.Database.CreateDbContext();
        db.Submissions.Add(new Submission
        {
            Id = Submission.NewId(TimeProvider.System.GetUtcNow()), SubmittedAt = own.SubmittedAt, Source = SubmissionSource.Folder, AlbumId = own.AlbumId, FileName = "x.jpg", ContentSha256 = own.ContentSha256, Channel = "website",
            QueueItemId = own.QueueItemId,
        });
        await db.SaveChangesAsync();
        Assert.That(await manager.GetStringAsync("/dashboard"), Does.Contain("Bevestig namens de school"));
        using var refused = await teacher.SendFormAsync("/guidance", "/guidance?handler=folders");
        Assert.That(await RowsAsync(), Is.Empty, "not a teacher's");
        using var answer = await manager.SendFormAsync("/guidance", "/guidance?handler=folders");
        Assert.That((await RowsAsync()).Select(row => (row.Clause, row.Scope)), Is.EqualTo(new[] { ("M6", ConfirmationScope.Folders) }));
        Assert.That(await manager.GetStringAsync("/dashboard"), Does.Not.Contain("Bevestig namens de school"));
    }

    [Test]
    public async Task Who_posted_where_others_reply_is_reminded_until_they_looked()
    {
        await using var db = service.Database.CreateDbContext();
        var by = await service.MakeAccountAsync("Wie plaatste", Roles.Teacher);
        using var poster = service.Client();
        using var signedIn = await poster.SendFormAsync("/sign-in", ("name", by.UserName!), ("password", RunningService.Password));
        var posted = await ReleasedAsync(db, "facebook", by.Id);
        await ReleasedAsync(db, "newsletter", by.Id);
        Assert.That(await poster.GetStringAsync("/submissions"), Does.Contain("/guidance#follow"));
        Assert.That(await teacher.GetStringAsync("/submissions"), Does.Not.Contain("/guidance#follow"), "another's post");
        Assert.That(await manager.GetStringAsync("/dashboard"), Does.Contain("Een bericht wacht op een blik"));
        using var another = await teacher.SendFormAsync("/guidance", "/guidance?handler=followed", ("album", posted.AlbumId), ("channel", "facebook"));
        Assert.That(await RowsAsync(), Is.Empty);
        Assert.That(await poster.GetStringAsync("/guidance"), Does.Contain("class=\"late\"").And.Contain("1 foto."));
        using var answer = await poster.SendFormAsync("/guidance", "/guidance?handler=followed", ("album", posted.AlbumId), ("channel", "facebook"));
        Assert.That((await RowsAsync()).Select(row => (row.Clause, row.Scope, row.SubmissionId, row.AccountId)), Is.EqualTo(new[] { ("M8", ConfirmationScope.Discussion, posted.Id, by.Id) }));
        Assert.That(await poster.GetStringAsync("/guidance"), Does.Not.Contain("handler=followed"));
        Assert.That(await manager.GetStringAsync("/dashboard"), Does.Not.Contain("wacht op een blik"));
    }

    [Test]
    public async Task The_page_is_readable_for_everybody()
    {
        if (kind == DatabaseKind.Postgres)
        {
            Assert.Ignore("the same page on both databases");
        }

        var account = await service.MakeAccountAsync("Noor Dijkgraaf-van den Heuvel", Roles.WebsiteManager);
        await using var db = service.Database.CreateDbContext();
        await ReleasedAsync(db, "facebook", account.Id);
        await using var browser = await Browser.StartAsync();
        foreach (var language in new[] { "nl", "en" })
        {
            var page = await browser.VisitAsync(service, language);
            await Browser.SignInAsync(page, account.UserName!);
            await page.GotoAsync("/guidance");
            await Browser.InspectAsync(page, "guidance-" + language);
            await page.GotoAsync("/submissions");
            await Browser.InspectAsync(page, "guidance-due-" + language);
        }
    }

    private async Task<Submission> ReleasedAsync(PublicationGate.Data.GateDb db, string channel, string by)
    {
        var submission = await service.SubmitAsync(Photos.Nobody, SubmittedPhotos.TwoPupils with { Caption = channel }, by);
        db.Releases.Add(new Release
        {
            Id = Submission.NewId(TimeProvider.System.GetUtcNow()), SubmissionId = submission.Id, VerdictId = submission.VerdictId!, ContentSha256 = submission.ContentSha256, Channel = channel,
            // Left alone by what makes copies.
            ReleasedAt = TimeProvider.System.GetUtcNow().AddDays(-4), NextLookAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        await db.SaveChangesAsync();
        return submission;
    }

    private async Task<string> SubmitAsync((string Name, string Value)[] fields, params string[] photos)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Forms.TokenIn(await teacher.GetStringAsync("/submit"))), "token" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var photo in photos.DefaultIfEmpty(Photos.Nobody))
        {
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(Repository.Sample(photo))) { Headers = { ContentType = new("image/jpeg") } }, "photo", Path.GetFileName(photo));
        }

        using var answer = await teacher.PostAsync("/submit", form);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<List<Confirmation>> RowsAsync()
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Confirmations.AsNoTracking().OrderBy(one => one.Id).ToListAsync();
    }
}
