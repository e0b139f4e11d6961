using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Parents and their links, without a browser.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public partial class MyChildPageTests(DatabaseKind kind)
{
    [Test]
    public async Task A_parent_sees_the_child_and_changes_an_answer_with_one_press()
    {
        await using var service = await RunningService.StartAsync(kind);
        var path = await LinkAsync(service, "Ans Proef");
        using var parent = service.Client();
        using var opened = await parent.GetAsync(path);
        var page = WebUtility.HtmlDecode(await opened.Content.ReadAsStringAsync());
        Assert.That(opened.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
        Assert.That(opened.Headers.CacheControl!.NoStore, Is.True);
        var pupil = await PupilAsync(service);
        Assert.That(page, Does.Contain(pupil.FirstName).And.Contain("groep 6").And.Not.Contain(pupil.Surname).And.Not.Contain("p601"));
        Assert.That(await AnswersAsync(service), Is.Zero, "looking changes nothing");

        using var pressed = await parent.SendFormAsync(path, ("channel", "website"), ("topic", "Photos"), ("answer", "no"), ("pupil", "p602"), ("key", "p602"));
        Assert.That(pressed.Headers.Location!.OriginalString, Is.EqualTo(path + "#website"));
        var after = await parent.GetStringAsync(path);
        Assert.That(Regex.Count(after, "class=\"message\" role=\"status\""), Is.EqualTo(1));
        Assert.That(NoOnWebsite().IsMatch(after), Is.True, "the button shows what was said");
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.Answers.Where(answer => answer.How == "link").Select(answer => new { answer.PupilKey, answer.GivenBy, answer.IsYes }).Distinct().ToListAsync(), Is.EqualTo(new[] { new { PupilKey = "p601", GivenBy = "Ans Proef", IsYes = false } }));
    }

    [Test]
    public async Task What_is_no_button_or_no_form_of_the_page_changes_nothing()
    {
        await using var service = await RunningService.StartAsync(kind);
        var path = await LinkAsync(service, "Ans Proef");
        using var parent = service.Client();
        foreach (var (channel, topic, answer) in new[] { ("website", "Photos", "misschien"), ("website", "7", "no"), ("overal", "Photos", "no"), ("*", "Photos", "yes") })
        {
            using var pressed = await parent.SendFormAsync(path, ("channel", channel), ("topic", topic), ("answer", answer));
            Assert.That(pressed.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        }

        using var forged = await parent.PostAsync(path, new FormUrlEncodedContent([new("channel", "website"), new("topic", "Photos"), new("answer", "no")]));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await AnswersAsync(service), Is.Zero);
    }

    [Test]
    public async Task Wrong_ended_and_revoked_links_look_the_same()
    {
        await using var service = await RunningService.StartAsync(kind);
        var path = await LinkAsync(service, "Ans Proef");
        using var parent = service.Client();
        var token = Forms.TokenIn(await parent.GetStringAsync(path));
        using var staff = await service.SignedInAsync(Roles.WebsiteManager);
        var guardian = await GuardianAsync(service, "Ans Proef");
        Assert.That(await staff.GetStringAsync("/register/pupils/p601/guardians"), Does.Contain("handler=end"));
        await staff.SendFormAsync("/register/pupils/p601/guardians", "/register/pupils/p601/guardians?handler=end", ("guardian", $"{guardian}"));

        var pages = new List<string>();
        foreach (var address in new[] { path, "/my-child/" + new string('a', 43), path + "x" })
        {
            using var answer = await parent.GetAsync(address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            pages.Add(AnyToken().Replace((await answer.Content.ReadAsStringAsync()).Replace(address, "", StringComparison.Ordinal), ""));
        }

        Assert.That(pages.Distinct().Count(), Is.EqualTo(1));
        using var pressed = await parent.PostAsync(path, new FormUrlEncodedContent([new("channel", "website"), new("topic", "Photos"), new("answer", "no"), new("token", token)]));
        Assert.That(pressed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await AnswersAsync(service), Is.Zero);
    }

    [Test]
    public async Task Guardians_are_added_changed_and_refused_on_the_pupils_page()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        using var staff = await service.SignedInAsync(Roles.WebsiteManager);
        const string Page = "/register/pupils/p601/guardians";
        await staff.SendFormAsync(Page, Page + "?handler=save", ("name", "Ans Proef"), ("email", "ans@voorbeeld.nl"), ("language", "en"));
        Assert.That(await staff.GetStringAsync("/register/pupils/p601"), Does.Contain("Ans Proef").And.Contain("ans@voorbeeld.nl"));
        using var same = await staff.SendFormAsync(Page, Page + "?handler=save", ("name", "ANS proef"), ("email", ""));
        Assert.That(await same.Content.ReadAsStringAsync(), Does.Contain("aria-invalid").And.Contain("ANS proef"));
        using var wrong = await staff.SendFormAsync(Page, Page + "?handler=save", ("name", "Bram"), ("email", "geen adres"));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("email-mistake"));

        var id = await GuardianAsync(service, "Ans Proef");
        Assert.That(await staff.GetStringAsync($"{Page}?change={id}"), Does.Contain("value=\"ans@voorbeeld.nl\""));
        await staff.SendFormAsync(Page, $"{Page}?handler=save&change={id}", ("name", "Ans de Proef"), ("email", ""), ("language", "nl"));
        await staff.SendFormAsync(Page, Page + "?handler=send", ("guardian", $"{id}"));
        Assert.That(await LettersAsync(service), Is.Empty, "there is no address any more");
        using var others = await staff.SendFormAsync(Page, "/register/pupils/p603/guardians?handler=remove", ("guardian", $"{id}"));
        Assert.That(others.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "a guardian of another pupil");
        await staff.SendFormAsync(Page, Page + "?handler=remove", ("guardian", $"{id}"));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.Guardians.AnyAsync(), Is.False);
        using var reviewer = await service.SignedInAsync(Roles.Reviewer);
        Assert.That((await reviewer.GetAsync(Page)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await reviewer.GetStringAsync("/register/pupils/p601"), Does.Not.Contain("/guardians"));
    }

    [Test]
    public async Task A_whole_group_gets_its_links_by_mail_and_on_paper_once()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        await AddAsync(service, ("p601", "Ans", "ans@voorbeeld.nl"), ("p601", "Bram", null), ("p603", "Cor", "cor@voorbeeld.nl"), ("p701", "Dirk", "dirk@voorbeeld.nl"));
        using var staff = await service.SignedInAsync(Roles.WebsiteManager);
        const string Group = "/register/groups/groep%206/links";
        var page = await staff.GetStringAsync(Group);
        Assert.That(page, Does.Contain("Ans").And.Contain("Bram").And.Contain("Cor").And.Not.Contain("Dirk"));
        await staff.SendFormAsync(Group);
        await staff.SendFormAsync(Group);
        Assert.That((await LettersAsync(service)).Select(letter => letter.To), Is.EquivalentTo(new[] { "ans@voorbeeld.nl", "cor@voorbeeld.nl" }));

        var paper = Hidden().Matches(await staff.GetStringAsync(Group)).Select(match => ("guardian", match.Groups[1].Value)).ToArray();
        using var printed = await staff.SendFormAsync(Group, "/register/letters", paper);
        var sheets = await printed.Content.ReadAsStringAsync();
        Assert.That(Regex.Count(sheets, "class=\"letter\""), Is.EqualTo(1));
        Assert.That(sheets, Does.Contain("Bram").And.Contain("data:image/svg"));
        Assert.That(await staff.GetStringAsync(Group), Does.Not.Contain("/register/letters"), "everybody has a link now");
        using var looked = await staff.GetAsync("/register/letters");
        Assert.That(looked.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed), "links are shown once");
        await using var db = service.Database.CreateDbContext();
        var kept = await db.AccessLinks.SingleAsync();
        Assert.That(sheets, Does.Not.Contain(kept.Sha256));
        using var parent = service.Client();
        Assert.That((await parent.GetAsync(PathIn(sheets))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>Fills the register and gives a guardian of one pupil a link on paper.</summary>
    internal static async Task<string> LinkAsync(RunningService service, string name)
    {
        await service.FillRegisterAsync();
        await AddAsync(service, ("p601", name, null));
        using var staff = await service.SignedInAsync(Roles.WebsiteManager);
        using var printed = await staff.SendFormAsync("/register/pupils/p601/guardians", "/register/letters", ("guardian", $"{await GuardianAsync(service, name)}"));
        return PathIn(await printed.Content.ReadAsStringAsync());
    }

    internal static async Task AddAsync(RunningService service, params (string Pupil, string Name, string? Email)[] all)
    {
        foreach (var (pupil, name, email) in all)
        {
            await service.Services.GetRequiredService<GuardianRegister>().AddAsync(pupil, new GuardianDraft(name, email, "nl", IsPupil: false), "account-1", default);
        }
    }

    private static string PathIn(string sheets) => PathOfLink().Match(sheets).Value;

    private static async Task<long> GuardianAsync(RunningService service, string name)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Guardians.Where(guardian => guardian.Name == name).Select(guardian => guardian.Id).SingleAsync();
    }

    private static async Task<Pupil> PupilAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Pupils.SingleAsync(pupil => pupil.Key == "p601");
    }

    private static async Task<int> AnswersAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Answers.CountAsync(answer => answer.How == "link");
    }

    private static async Task<List<Letter>> LettersAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Letters.AsNoTracking().ToListAsync();
    }

    [GeneratedRegex("/my-child/[A-Za-z0-9_-]{43}")]
    private static partial Regex PathOfLink();

    [GeneratedRegex("name=\"guardian\" value=\"([0-9]+)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("(data-token|value)=\"[^\"]*\"")]
    private static partial Regex AnyToken();

    [GeneratedRegex("id=\"website\".*?class=\"no\" aria-pressed=\"true\"", RegexOptions.Singleline)]
    private static partial Regex NoOnWebsite();
}
