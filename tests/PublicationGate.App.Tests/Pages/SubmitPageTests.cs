using System.Net;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Submitting photos and finding them again, as pages without scripts and as what their script asks.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public partial class SubmitPageTests(DatabaseKind kind)
{
    private const string Photo = "2026-11-20 groep 6 atelier/meeting.jpg";
    private const string Other = "2026-11-20 groep 6 atelier/toa-heftiba.jpg";

    // What a submitter fills in for three pupils of one group.
    private static readonly (string, string)[] Filled =
        [("channel", "website"), ("activity", "Atelier"), ("who", "pupils"), ("people", "p601"), ("people", "p603"), ("origin", "staff"), ("caption", "Wij schilderen samen"), ("alt", "Kinderen aan tafel"), ("confirms", "M6")];

    private RunningService service = null!;
    private HttpClient teacher = null!;
    private HttpClient manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        await service.Services.GetRequiredService<ConsentRegister>().ImportAsync(RegisterCsv.Read(Repository.Register, new DateOnly(2026, 11, 22)), default);
        (teacher, manager) = (await service.SignedInAsync(Roles.Teacher), await service.SignedInAsync(Roles.WebsiteManager));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        teacher.Dispose();
        manager.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task Photos_are_submitted_by_one_form_without_scripts()
    {
        using var answer = await SendAsync(teacher, Filled, Photo, Other);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        var album = answer.Headers.Location!.ToString();
        await DecidedAsync(album.Split('/')[^1]);
        var page = await teacher.GetStringAsync(album);
        Assert.That(page, Does.Contain("meeting.jpg").And.Contain("toa-heftiba.jpg"));
        Assert.That(Regex.Count(page, "class=\"box "), Is.Positive, "what was counted is drawn over the photos");
        Assert.That(page, Does.Not.Contain("aria-busy"));
    }

    [Test]
    public async Task Mistakes_are_marked_and_nothing_that_was_typed_is_lost()
    {
        var before = await CountAsync();
        using var answer = await SendAsync(teacher, [("channel", "instagram"), ("who", "group"), ("caption", "Dit <bleef> staan"), ("adults", "veel"), ("staff", "s02")], Photo);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        foreach (var field in new[] { "channel", "group", "adults", "activity", "origin" })
        {
            Assert.That(page, Does.Match($"<(select|input)[^>]*id=\"{field}\"[^>]*aria-invalid=\"true\""), field);
            Assert.That(page, Does.Contain($"href=\"#{field}\""), field);
        }

        Assert.That(page, Does.Contain("Dit &lt;bleef&gt; staan").And.Contain("value=\"veel\"").And.Match("value=\"s02\"[^>]*checked"));
        Assert.That(await CountAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Without_a_photo_the_form_comes_back_as_it_was()
    {
        using var answer = await SendAsync(teacher, Filled);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page, Does.Contain("Wij schilderen samen").And.Contain("href=\"#photo\"").And.Contain("Fenna Hoekstra"));
    }

    [Test]
    public async Task A_form_of_another_site_brings_nothing_in()
    {
        var before = await CountAsync();
        using var form = new MultipartFormDataContent { { new StringContent("made up"), "token" } };
        AddPhoto(form, Photo);
        using var answer = await teacher.PostAsync("/submit", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var people = await teacher.PostAsync("/submit?handler=people", new FormUrlEncodedContent([new("who", "group"), new("group", "groep 6")]));
        Assert.That(people.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await CountAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Shut_channels_cannot_be_chosen_and_say_why()
    {
        var page = await teacher.GetStringAsync("/submit");
        Assert.That(page, Does.Match("<option value=\"instagram\" disabled"));
        Assert.That(page, Does.Match("<strong>Instagram</strong>: niet opengesteld"));
        Assert.That(page, Does.Match("<option value=\"website\" selected"));
    }

    [Test]
    public async Task The_list_says_at_once_who_has_no_consent_for_the_channel()
    {
        var all = await AskAsync("people", ("who", "group"), ("group", "groep 6"), ("channel", "website"));
        var without = Regex.Match(all, "class=\"without\".*?<p>([A-Z].*?)</p>", RegexOptions.Singleline).Groups[1].Value;
        Assert.That(without, Is.Not.Empty);
        var name = WebUtility.HtmlDecode(without).Split(", ")[0];
        var key = Regex.Match(WebUtility.HtmlDecode(all), $"value=\"(p\\d+)\"[^>]*> <span class=\"name\">{name}<").Groups[1].Value;
        var less = WebUtility.HtmlDecode(await AskAsync("people", ("who", "group"), ("group", "groep 6"), ("channel", "website"), ("absent", key)));
        var still = Regex.Match(less, "class=\"without\".*?<p>([A-Z].*?)</p>", RegexOptions.Singleline).Groups[1].Value;
        Assert.That(still.Split(", "), Does.Not.Contain(name), "who is ticked off need not be recognisable");
    }

    [Test]
    public async Task Pupils_are_found_by_name_and_stay_when_they_are_ticked()
    {
        Assert.That(await AskAsync("people", ("who", "pupils"), ("find", "hoek")), Does.Contain("Fenna Hoekstra").And.Not.Contain("checked"));
        Assert.That(await AskAsync("people", ("who", "pupils"), ("find", "ho ")), Does.Not.Contain("checkbox"), "two letters fit too many");
        Assert.That(await AskAsync("people", ("who", "pupils"), ("find", ""), ("people", "p601")), Does.Match("value=\"p601\" checked").And.Contain("Fenna Hoekstra"));
        Assert.That(await AskAsync("people", ("who", "pupils"), ("find", "%")), Does.Not.Contain("checkbox"), "a sign of a pattern is a letter like any other");
    }

    [Test]
    public async Task What_stands_in_the_texts_is_marked_while_it_is_written()
    {
        var found = WebUtility.HtmlDecode(await AskAsync("texts", ("channel", "website"), ("caption", "Knap gedaan, Fenna Hoekstra!"), ("alt", "Een kind")));
        Assert.That(found, Does.Contain("<mark>Fenna Hoekstra</mark>").And.Contain("class=\"clause\""));
        Assert.That((await AskAsync("texts", ("channel", "website"), ("caption", "Wij schilderen samen"))).Trim(), Is.Empty);
    }

    [Test]
    public async Task A_photo_that_is_sent_twice_is_submitted_once()
    {
        var album = Submission.NewId(TimeProvider.System.GetUtcNow());
        var first = await SendOneAsync(teacher, album, HttpStatusCode.OK);
        var second = await SendOneAsync(teacher, album, HttpStatusCode.OK);
        Assert.That(IdIn(second), Is.EqualTo(IdIn(first)));
        Assert.That(await StepsAsync(IdIn(first)), Is.Empty, "the same is declared");
        await SendOneAsync(manager, album, HttpStatusCode.BadRequest);
        await SendOneAsync(manager, "no album", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task A_photo_that_is_sent_again_with_other_people_is_judged_by_those()
    {
        var album = Submission.NewId(TimeProvider.System.GetUtcNow());
        var id = IdIn(await SendOneAsync(teacher, album, HttpStatusCode.OK));
        await DecidedAsync(album);
        (string, string)[] corrected = [.. Filled.Where(field => field != ("people", "p603")), ("people", "p602")];
        Assert.That(IdIn(await SendOneAsync(teacher, album, HttpStatusCode.OK, corrected)), Is.EqualTo(id));
        await DecidedAsync(album);
        Assert.That(await StepsAsync(id), Is.EqualTo(new[] { ReviewActKind.Declare }));
        Assert.That(await teacher.GetStringAsync($"/submissions/{id}/declare"), Does.Match("value=\"p602\" checked").And.Not.Match("value=\"p603\" checked"));
    }

    [Test]
    public async Task A_teacher_finds_nothing_of_another()
    {
        var album = Submission.NewId(TimeProvider.System.GetUtcNow());
        var id = IdIn(await SendOneAsync(manager, album, HttpStatusCode.OK));
        await DecidedAsync(album);
        foreach (var address in new[] { $"/submissions/{id}", $"/submissions/{id}?handler=result", $"/submissions/{id}?handler=state", $"/submissions/{id}/declare", $"/submissions/album/{album}" })
        {
            using var theirs = await manager.GetAsync(address);
            Assert.That(theirs.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
            using var answer = await teacher.GetAsync(address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), address);
        }

        foreach (var address in new[] { $"/submissions/{id}?handler=answer", $"/submissions/{id}?handler=again", $"/submissions/{id}/declare", $"/submissions/{id}/declare?handler=show" })
        {
            using var answer = await teacher.SendFormAsync("/submissions", address, Filled);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), address);
        }

        Assert.That(await teacher.GetStringAsync("/submissions"), Does.Not.Contain(id));
        Assert.That(await manager.GetStringAsync("/submissions"), Does.Contain(id));
    }

    [Test]
    public async Task A_question_is_answered_by_who_submitted_the_photo()
    {
        var album = Submission.NewId(TimeProvider.System.GetUtcNow());
        var id = IdIn(await SendOneAsync(teacher, album, HttpStatusCode.OK));
        await DecidedAsync(album);
        await StepAsync(id, new ReviewStep.Ask("Wie staat links?"));
        Assert.That(await teacher.GetStringAsync($"/submissions/{id}"), Does.Contain("Wie staat links?"));
        using var empty = await teacher.SendFormAsync("/submissions", $"/submissions/{id}?handler=answer", ("words", " "));
        Assert.That(await empty.Content.ReadAsStringAsync(), Does.Match("id=\"words\"[^>]*aria-invalid"));
        using var answered = await teacher.SendFormAsync("/submissions", $"/submissions/{id}?handler=answer", ("words", "Dat is een stagiair."));
        Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await teacher.GetStringAsync($"/submissions/{id}"), Does.Contain("Dat is een stagiair.").And.Not.Contain("handler=answer"));
    }

    [Test]
    public async Task Something_else_is_declared_and_judged_anew()
    {
        var album = Submission.NewId(TimeProvider.System.GetUtcNow());
        var id = IdIn(await SendOneAsync(teacher, album, HttpStatusCode.OK));
        await DecidedAsync(album);
        var form = await teacher.GetStringAsync($"/submissions/{id}/declare");
        Assert.That(form, Does.Contain("Wij schilderen samen").And.Match("value=\"p601\" checked").And.Match("value=\"staff\" selected"));
        var seen = Regex.Match(form, "name=\"seen\" value=\"([^\"]*)\"").Groups[1].Value;
        (string, string)[] anew = [.. Filled.Where(field => field.Item1 != "caption"), ("caption", "Verf overal")];
        using var stale = await teacher.SendFormAsync("/submissions", $"/submissions/{id}/declare", [.. anew, ("seen", "0000000000000000")]);
        Assert.That(await stale.Content.ReadAsStringAsync(), Does.Contain("Verf overal").And.Contain("intussen"));
        using var done = await teacher.SendFormAsync("/submissions", $"/submissions/{id}/declare", [.. anew, ("seen", seen)]);
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await DecidedAsync(album);
        Assert.That(await teacher.GetStringAsync($"/submissions/{id}"), Does.Contain("Verf overal").And.Contain("anders opgegeven"));
    }

    private static string IdIn(string result) => Result().Match(result).Groups[1].Value;

    private static void AddPhoto(MultipartFormDataContent form, string photo) => form.Add(new ByteArrayContent(File.ReadAllBytes(Repository.Sample(photo))), "photo", Path.GetFileName(photo));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, (string Name, string Value)[] fields, params string[] photos)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Forms.TokenIn(await client.GetStringAsync("/submit"))), "token" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        photos.ToList().ForEach(photo => AddPhoto(form, photo));
        return await client.PostAsync("/submit", form);
    }

    private static async Task<string> SendOneAsync(HttpClient client, string album, HttpStatusCode expected, (string Name, string Value)[]? fields = null)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields ?? Filled)
        {
            form.Add(new StringContent(value), name);
        }

        AddPhoto(form, Photo);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/submit?handler=photo&album={Uri.EscapeDataString(album)}") { Content = form };
        request.Headers.Add("X-Gate-Token", Forms.TokenIn(await client.GetStringAsync("/submit")));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(expected), text);
        return text;
    }

    private async Task<string> AskAsync(string handler, params (string Name, string Value)[] fields)
    {
        using var answer = await teacher.SendFormAsync("/submit", "/submit?handler=" + handler, fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<List<ReviewActKind>> StepsAsync(string id)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.ReviewActs.Where(act => act.SubmissionId == id).Select(act => act.Kind).ToListAsync();
    }

    private async Task<int> CountAsync()
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Submissions.CountAsync();
    }

    private async Task DecidedAsync(string album)
    {
        await using var db = service.Database.CreateDbContext();
        foreach (var item in await db.Submissions.AsNoTracking().Where(one => one.AlbumId == album).Select(one => one.QueueItemId).ToListAsync())
        {
            Assert.That(await service.Services.GetRequiredService<ScreeningQueue>().Decisions.WaitAsync(item, TimeSpan.FromMinutes(2), default), Is.Not.Null);
        }
    }

    private async Task StepAsync(string id, ReviewStep step)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReviewSubmission(id, "a reviewer", null, step));
    }

    [GeneratedRegex("id=\"result-([0-9a-f]{32})\"")]
    private static partial Regex Result();
}
