using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Links;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>A round from its making to a photo that is taken down, by HTTP, on both databases.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public partial class RoundPagesTests(DatabaseKind kind)
{
    [Test]
    public async Task From_the_question_to_the_photo_that_is_hidden_again()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        await OpenChannelAsync(service);
        await AddGuardiansAsync(service);
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        var id = await OpenRoundAsync(manager);
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync($"/rounds/{id}")), Does.Contain("0 van de 2 leerlingen"));
        await using (var db = service.Database.CreateDbContext())
        {
            Assert.That(await db.Letters.Where(letter => letter.Kind == "round-ask").Select(letter => letter.To).ToListAsync(), Is.EqualTo(new[] { "ouder@ouders.example" }));
        }

        var photo = await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils with { Channel = "external-pr", Round = id });
        var without = await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils with { Channel = "external-pr" });
        Assert.That((photo.Outcome, without.Outcome), Is.EqualTo((Outcome.Held, Outcome.Held)));

        using var parent = service.Client();
        var (mine, theirs) = (await LinkAsync(service, "p601"), await LinkAsync(service, "p603"));
        var page = WebUtility.HtmlDecode(await parent.GetStringAsync(mine));
        Assert.That(page, Does.Contain("Mag dit?").And.Contain("Opvang Zonnig").And.Contain("Foto's van de knutselmiddag.").And.Contain("telt dat als nee"));
        await AnswerAsync(parent, mine, "yes");
        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(mine)), Does.Contain("U zei ja"));
        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(theirs)), Does.Not.Contain("U zei"), "nobody sees what others said");
        await AnswerAsync(parent, theirs, "yes");

        using var closed = await manager.SendFormAsync($"/rounds/{id}", $"/rounds/{id}?handler=close");
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        var over = WebUtility.HtmlDecode(await manager.GetStringAsync($"/rounds/{id}"));
        Assert.That(over, Does.Contain("Gesloten op").And.Contain("telt als nee").And.Contain("Foto's van de knutselmiddag.").And.Not.Contain("Antwoorden tot en met"));
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync($"/rounds/{id}/paper")), Does.Contain("De ronde is gesloten").And.Not.Contain("Brieven maken"));
        Assert.That((await service.DecidedAsync(photo.Id)).Outcome, Is.EqualTo(Outcome.Approved), "screened anew when the round closed");
        Assert.That((await service.SubmissionAsync(without.Id)).Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(await StandingAsync(service), Is.EqualTo(1));
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync($"/rounds/{id}/result")), Does.Contain("Mag in beeld: 2"));

        Assert.That(WebUtility.HtmlDecode(await parent.GetStringAsync(theirs)), Does.Contain("De laatste dag was").And.Not.Contain("value=\"yes\""));
        using var same = await AnswerAsync(parent, mine, "yes", HttpStatusCode.OK);
        Assert.That(await StandingAsync(service), Is.EqualTo(1), "nothing came of it");
        await AnswerAsync(parent, theirs, "no");
        Assert.That(await StandingAsync(service), Is.Zero, "hidden at once");
        using var tooLate = await AnswerAsync(parent, theirs, "yes", HttpStatusCode.OK);
        Assert.That(WebUtility.HtmlDecode(await tooLate.Content.ReadAsStringAsync()), Does.Contain("Een ja kan nu alleen nog via de school"));
    }

    [Test]
    public async Task A_link_that_is_unknown_over_or_revoked_looks_the_same_and_is_told_to_nobody()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        using var manager = await service.SignedInAsync(Roles.Head);
        await OpenRoundAsync(manager);
        var (over, revoked, held) = (await LinkAsync(service, "p601", days: -1), await LinkAsync(service, "p601"), await LinkAsync(service, "p603"));
        await using (var db = service.Database.CreateDbContext())
        {
            await AccessLinks.RevokeAsync(db, LinkPurpose.Round, (await db.RoundInvitations.FirstAsync(row => row.PupilKey == "p601")).Id.ToString(System.Globalization.CultureInfo.InvariantCulture), null, TimeProvider.System.GetUtcNow(), default);
        }

        using var parent = service.Client();
        var bodies = new List<string>();
        foreach (var address in new[] { "/round/unknown", over, revoked })
        {
            using var answer = await parent.GetAsync(new Uri(address, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), address);
            bodies.Add(Body().Match(await answer.Content.ReadAsStringAsync()).Value);
        }

        Assert.That(bodies.Distinct().Count(), Is.EqualTo(1));
        Assert.That(bodies[0], Does.Contain("<h1>"));
        using var good = await parent.GetAsync(new Uri(held, UriKind.Relative));
        Assert.That((good.Headers.GetValues("Referrer-Policy").Single(), good.Headers.CacheControl!.NoStore), Is.EqualTo(("no-referrer", true)));
        using var posted = await parent.PostAsync(new Uri(held, UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("answer", "yes")]));
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "without the token of the form");
        await using var after = service.Database.CreateDbContext();
        Assert.That(await after.RoundAnswers.AnyAsync(), Is.False);
    }

    [Test]
    public async Task Mistakes_come_back_with_what_was_typed_and_staff_write_answers_down_with_a_ground()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        using var wrong = await manager.SendFormAsync("/rounds/draft", ("name", "Folder opvang"), ("pupils", "p601"), ("deadline", "2020-01-01"), ("reminder", "3"));
        var page = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync());
        Assert.That(page, Does.Contain("value=\"Folder opvang\"").And.Contain("aria-invalid").And.Contain("p601"));
        var id = await OpenRoundAsync(manager);
        var invitation = await InvitationAsync(service, "p601");
        using var refused = await manager.SendFormAsync($"/rounds/{id}", $"/rounds/{id}?handler=write", ("invitation", $"{invitation}"), ("answer", "no"), ("ground", ""));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("ground-mistake"));
        using var written = await manager.SendFormAsync($"/rounds/{id}", $"/rounds/{id}?handler=write", ("invitation", $"{invitation}"), ("answer", "no"), ("ground", "briefje van 12 november"));
        Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync($"/rounds/{id}")), Does.Contain("briefje van 12 november").And.Contain("1 van de 2"));
        using var paper = await manager.SendFormAsync($"/rounds/{id}/paper");
        Assert.That(Regex.Matches(await paper.Content.ReadAsStringAsync(), "/round/[A-Za-z0-9_-]{43}"), Has.Count.EqualTo(1), "nobody has an address here, and one has answered");
        var sheet = WebUtility.HtmlDecode(await paper.Content.ReadAsStringAsync());
        Assert.That(sheet, Does.Contain("<strong>Mag dit?</strong>").And.Contain("lang=\"nl\"").And.Contain("public-url"), "and that nobody outside can follow these links");
        using var dropped = await manager.SendFormAsync($"/rounds/{id}", $"/rounds/{id}?handler=drop");
        Assert.That(WebUtility.HtmlDecode(await dropped.Content.ReadAsStringAsync()), Does.Contain("al geopend"));
        using var teacher = await service.SignedInAsync(Roles.Teacher);
        using var forbidden = await teacher.GetAsync(new Uri("/rounds", UriKind.Relative));
        Assert.That(forbidden.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    internal static async Task OpenChannelAsync(RunningService service)
    {
        await service.Services.GetRequiredService<ProtocolHistory>().UseAsync(ChannelOpening.Open(ProtocolReader.BuiltIn(), "external-pr", null), ProtocolSource.ByHand, default);
        for (var wait = 0; wait < 100 && !service.Services.GetRequiredService<ProtocolInUse>().Current.TermsOf("external-pr").IsOpen; wait++)
        {
            await Task.Delay(200);
        }
    }

    internal static async Task AddGuardiansAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        db.Guardians.Add(new Guardian { PupilKey = "p601", Name = "ouder 1", Email = "ouder@ouders.example", Language = "nl" });
        await db.SaveChangesAsync();
    }

    /// <summary>A link as a letter has it.</summary>
    internal static async Task<string> LinkAsync(RunningService service, string pupil, int days = 100)
    {
        var (row, token) = AccessLink.Make(new LinkDraft(LinkPurpose.Round, $"{await InvitationAsync(service, pupil)}", null, TimeProvider.System.GetUtcNow().AddDays(days)), TimeProvider.System.GetUtcNow().AddDays(-2));
        await using var db = service.Database.CreateDbContext();
        db.AccessLinks.Add(row);
        await db.SaveChangesAsync();
        return AccessLink.PathOf(LinkPurpose.Round, token);
    }

    private static async Task<long> InvitationAsync(RunningService service, string pupil)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.RoundInvitations.Where(row => row.PupilKey == pupil).Select(row => row.Id).FirstAsync();
    }

    internal static async Task<long> OpenRoundAsync(HttpClient manager)
    {
        using var saved = await manager.SendFormAsync(
            "/rounds/draft", ("kind", "Ask"), ("scope", "Group"), ("name", "Folder opvang"), ("organisation", "Opvang Zonnig"), ("channel", "external-pr"), ("question", "Mag dit?"),
            ("explanation", "Foto's van de knutselmiddag."), ("pupils", "p601\np603"), ("deadline", TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("reminder", "3"));
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Found), () => saved.Content.ReadAsStringAsync().Result);
        var address = saved.Headers.Location!.ToString();
        using var opened = await manager.SendFormAsync(address, address + "?handler=open");
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        return long.Parse(address.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<HttpResponseMessage> AnswerAsync(HttpClient parent, string link, string answer, HttpStatusCode expected = HttpStatusCode.Found)
    {
        var sent = await parent.SendFormAsync(link, ("answer", answer));
        Assert.That(sent.StatusCode, Is.EqualTo(expected));
        return sent;
    }

    private static async Task<int> StandingAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Releases.CountAsync(release => release.WithdrawnAt == null);
    }

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
