using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Deciding about held photos with nothing but forms, on both databases.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public partial class ReviewPagesTests(DatabaseKind kind)
{
    private RunningService service = null!;
    private HttpClient reviewer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        reviewer = await service.SignedInAsync(Roles.Reviewer);
    }

    [TearDown]
    public async Task StopAsync()
    {
        reviewer.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task A_held_photo_is_approved_with_a_ground_and_can_be_downloaded_under_a_neutral_name()
    {
        var held = await HeldAsync();
        Assert.That(await reviewer.GetStringAsync("/review"), Does.Contain("/review/" + held.Id));
        using var answer = await SendAsync(held, "approve", ("approve", "De andere twee zijn poppen"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found), () => Text(answer));
        Assert.That((await service.DecidedAsync(held.Id)).Outcome, Is.EqualTo(Outcome.Approved));

        await using var db = service.Database.CreateDbContext();
        var release = await db.Releases.SingleAsync(release => release.SubmissionId == held.Id && release.WithdrawnAt == null);
        Assert.That(await reviewer.GetStringAsync("/published?activity=atelier"), Does.Contain("/published/" + release.Id));
        Assert.That(await reviewer.GetStringAsync("/published?activity=%25"), Does.Not.Contain("/published/" + release.Id), "a sign of the search is a letter like others");
        Assert.That(WebUtility.HtmlDecode(await reviewer.GetStringAsync("/published/" + release.Id)), Does.Contain("De andere twee zijn poppen"));
        using var copy = await reviewer.GetAsync($"/published/{release.Id}/copy");
        Assert.That(copy.Content.Headers.ContentDisposition!.ToString(), Does.Match(@"^attachment; filename=""?ateliermiddag-\d{4}-\d\d-\d\d-1\.jpg"), "no name of a file that came in");
        Assert.That(copy.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
    }

    [Test]
    public async Task An_approval_needs_a_ground_and_nothing_typed_is_lost()
    {
        var held = await HeldAsync();
        var page = Text(await SendAsync(held, "approve", ("approve", "  ")));
        Assert.That(page, Does.Contain("aria-invalid=\"true\"").And.Contain("mistakes"));
        page = Text(await SendAsync(held, "approve", ("approve", new string('x', 1001))));
        Assert.That(page, Does.Contain(new string('x', 1001)));
        Assert.That((await service.SubmissionAsync(held.Id)).VerdictId, Is.EqualTo(held.VerdictId));
    }

    [Test]
    public async Task Whoever_was_slower_is_told_and_keeps_what_was_typed()
    {
        var held = await HeldAsync();
        using var first = await SendAsync(held, "mark", ("boxes", "1"), ("kind", "NoFace"));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        var now = await service.DecidedAsync(held.Id);
        var page = Text(await SendAsync(held, "approve", ("approve", "Alles gezien")));
        Assert.That(page, Does.Contain("Alles gezien").And.Contain("intussen iets veranderd").And.Contain($"value=\"{now.VerdictId}\""));
        Assert.That((await service.SubmissionAsync(held.Id)).Outcome, Is.EqualTo(Outcome.Held));
    }

    [Test]
    public async Task Marks_are_made_by_number_and_taken_back()
    {
        var held = await HeldAsync();
        Assert.That((await FactsAsync(held)).Faces.Sure, Has.Count.EqualTo(4));
        await StepAsync(held, "mark", ("boxes", "1"), ("boxes", "3"), ("kind", "NoFace"));
        var marked = await service.DecidedAsync(held.Id);
        Assert.That((await FactsAsync(marked)).Faces.Sure, Has.Count.EqualTo(2));
        await StepAsync(marked, "mark", ("boxes", "1"), ("kind", "Counted"));
        var again = await service.DecidedAsync(held.Id);
        Assert.That((await FactsAsync(again)).Faces.Sure, Has.Count.EqualTo(3));
        await StepAsync(again, "mark", ("boxes", "2"), ("kind", "Adult"));
        again = await service.DecidedAsync(held.Id);
        Assert.That((await FactsAsync(again)).DeclaredAdults, Is.EqualTo(1));
        await StepAsync(again, "mark", ("kind", "Face"), ("place", "10"), ("place", "10"), ("place", "40"), ("place", "50"));
        again = await service.DecidedAsync(held.Id);
        Assert.That((await FactsAsync(again)).Review!.Marks[^1], Is.EqualTo(new FaceMark(new FaceBox(10, 10, 40, 50, 0), FaceMarkKind.Face)));
        Assert.That(await reviewer.GetStringAsync("/review/" + held.Id), Does.Contain("name=\"act\""));
        await UndoAsync(again);
        Assert.That((await FactsAsync(await service.DecidedAsync(held.Id))).Review!.Marks.Select(mark => mark.Kind), Is.EqualTo(new[] { FaceMarkKind.NoFace, FaceMarkKind.Adult }));
    }

    [Test]
    public async Task Who_is_made_unrecognisable_is_no_longer_declared_in_one_act()
    {
        var held = await HeldAsync();
        await StepAsync(held, "mark", ("boxes", "2"), ("kind", "ConcealFace"), ("who", "p603"));
        var after = await service.DecidedAsync(held.Id);
        var facts = await FactsAsync(after);
        Assert.That((facts.Declaration.People, facts.Review!.Concealed.Count), Is.EqualTo((new[] { "p601" }, 1)));
        await UndoAsync(after);
        Assert.That((await FactsAsync(await service.DecidedAsync(held.Id))).Declaration.People, Is.EqualTo(new[] { "p601", "p603" }));
    }

    [Test]
    public async Task Nothing_is_approved_in_which_somebody_still_shows_who_must_not()
    {
        var held = await HeldAsync();
        var face = (await FactsAsync(held)).Faces.Sure.MaxBy(box => box.Area);
        string[] place = [$"{(int)(face.X + (face.Width / 2) - 2)}", $"{(int)(face.Y + (face.Height / 2) - 2)}", "5", "5"];
        await StepAsync(held, "mark", [("kind", "ConcealFace"), .. place.Select(number => ("place", number))]);
        var marked = await service.DecidedAsync(held.Id);
        Assert.That(marked.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(Text(await SendAsync(marked, "approve", ("approve", "Die ene is onherkenbaar"))), Does.Contain("In vak 5").And.Contain("Die ene is onherkenbaar"));
        Assert.That((await service.SubmissionAsync(held.Id)).VerdictId, Is.EqualTo(marked.VerdictId));

        await StepAsync(marked, "mark", ("boxes", "5"), ("kind", "Counted"));
        var again = await service.DecidedAsync(held.Id);
        var number = (await FactsAsync(again)).Faces.Sure.Index().MaxBy(box => box.Item.Area).Index + 1;
        await StepAsync(again, "mark", ("boxes", $"{number}"), ("kind", "ConcealFace"));
        again = await service.DecidedAsync(held.Id);
        await StepAsync(again, "approve", ("approve", "Die ene is onherkenbaar"));
        Assert.That((await service.DecidedAsync(held.Id)).Outcome, Is.EqualTo(Outcome.Approved));
    }

    [Test]
    public async Task Of_a_group_the_one_who_is_made_unrecognisable_is_absent()
    {
        var rejected = await service.SubmitAsync(Photos.FourFaces, SubmittedPhotos.TwoPupils with { People = null, Group = "groep 6" });
        Assert.That(rejected.Outcome, Is.EqualTo(Outcome.Rejected), "somebody's parents said no");
        await StepAsync(rejected, "mark", ("boxes", "1"), ("kind", "ConcealPerson"), ("who", "p605"));
        Assert.That((await FactsAsync(await service.DecidedAsync(rejected.Id))).Declaration.Absent, Is.EqualTo(new[] { "p605" }));
    }

    [Test]
    public async Task The_channel_is_changed_and_the_photo_judged_for_it()
    {
        var held = await HeldAsync();
        await StepAsync(held, "channel", ("channel", "newsletter"));
        Assert.That((await service.DecidedAsync(held.Id)).Channel, Is.EqualTo("newsletter"));
        Assert.That(Text(await SendAsync(held, "channel", ("channel", "nergens"))), Does.Contain("mistakes"));
    }

    [Test]
    public async Task A_question_makes_it_the_submitters_turn_and_a_refusal_rejects()
    {
        var held = await HeldAsync();
        await StepAsync(held, "ask", ("ask", "Wie zijn dat achterin?"));
        Assert.That((await service.SubmissionAsync(held.Id)).Turn, Is.EqualTo(SubmissionTurn.Submitter));
        await StepAsync(held, "refuse", ("refuse", "Niet geschikt"));
        Assert.That((await service.DecidedAsync(held.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
    }

    [Test]
    public async Task Nobody_approves_their_own_while_another_could()
    {
        var account = await service.MakeAccountAsync("eigen " + Guid.NewGuid().ToString("N"), Roles.WebsiteManager);
        using var own = service.Client();
        using var signedIn = await own.SendFormAsync("/sign-in", ("name", account.UserName!), ("password", RunningService.Password));
        var held = await HeldAsync(by: account.Id);
        var page = Text(await own.SendFormAsync("/review/" + held.Id, $"/review/{held.Id}?handler=approve", ("Seen", held.VerdictId!), ("approve", "Van mezelf")));
        Assert.That(page, Does.Contain("Laat iemand anders").And.Contain("Van mezelf"));
        await StepAsync(held, "approve", ("approve", "Bekeken"));
    }

    [Test]
    public async Task An_album_is_decided_at_once_with_a_result_for_each_and_taken_back()
    {
        var album = Guid.NewGuid().ToString("N");
        var (one, other) = (await HeldAsync(album: album), await HeldAsync(SubmittedPhotos.TwoPupils with { People = ["p601"] }, album: album));
        await StepAsync(other, "ask", ("ask", "Wie is dit?"));
        var page = Text(await reviewer.SendFormAsync("/review/album/" + album, $"/review/album/{album}?handler=approve",
            ("Photos", one.Id), ("Photos", other.Id), ("Seen", $"{one.Id}:{one.VerdictId}"), ("Seen", $"{other.Id}:anders"), ("Ground", "Allemaal bekeken")));
        Assert.That(page, Does.Contain("Gedaan voor 1 van 2").And.Contain("intussen iets veranderd"));
        Assert.That((await service.DecidedAsync(one.Id)).Outcome, Is.EqualTo(Outcome.Approved));
        var act = Act().Match(page).Groups[1].Value;
        Text(await reviewer.SendFormAsync("/review/album/" + album, $"/review/album/{album}?handler=undo", ("acts", act)));
        Assert.That((await service.DecidedAsync(one.Id)).Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(Text(await reviewer.SendFormAsync("/review/album/" + album, $"/review/album/{album}?handler=channel", ("Channel", "app"))), Does.Contain("geen foto gekozen"));
        Text(await reviewer.SendFormAsync("/review/album/" + album, $"/review/album/{album}?handler=channel", ("Photos", one.Id), ("Seen", $"{one.Id}:{(await service.SubmissionAsync(one.Id)).VerdictId}"), ("Channel", "app")));
        Assert.That((await service.DecidedAsync(one.Id)).Channel, Is.EqualTo("app"));
    }

    [Test]
    public async Task Pictures_are_shown_only_to_who_may_see_the_photo()
    {
        var account = await service.MakeAccountAsync("juf " + Guid.NewGuid().ToString("N"), Roles.Teacher);
        using var teacher = service.Client();
        using var signedIn = await teacher.SendFormAsync("/sign-in", ("name", account.UserName!), ("password", RunningService.Password));
        var (own, others) = (await HeldAsync(by: account.Id), await HeldAsync());
        using var picture = await teacher.GetAsync($"/photos/{own.Id}/preview?size=320");
        Assert.That((picture.StatusCode, picture.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/jpeg")));
        Assert.That(picture.Headers.CacheControl!.NoStore, Is.True);
        using var same = new HttpRequestMessage(HttpMethod.Get, $"/photos/{own.Id}/preview?size=320") { Headers = { IfNoneMatch = { picture.Headers.ETag! } } };
        Assert.That((await teacher.SendAsync(same)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That((await teacher.GetAsync($"/photos/{others.Id}/preview")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await teacher.GetAsync($"/review/{own.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await reviewer.GetAsync("/photos/nergens/preview")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await reviewer.GetAsync("/review/nergens")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await reviewer.GetAsync("/published/nergens")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_was_withdrawn_can_be_seen_but_not_downloaded()
    {
        var held = await HeldAsync();
        await StepAsync(held, "approve", ("approve", "Gezien"));
        var approved = await service.DecidedAsync(held.Id);
        await using var db = service.Database.CreateDbContext();
        var release = await db.Releases.AsNoTracking().SingleAsync(release => release.SubmissionId == held.Id);
        await UndoAsync(approved);
        await service.DecidedAsync(held.Id);
        Assert.That((await reviewer.GetAsync($"/published/{release.Id}/copy")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await reviewer.GetAsync($"/published/{release.Id}/preview")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await reviewer.GetStringAsync($"/published/{release.Id}"), Does.Contain("ingetrokken"));
        Assert.That(await reviewer.GetStringAsync("/published?state=withdrawn"), Does.Contain(release.Id));
        Assert.That(await reviewer.GetStringAsync("/published?state=standing"), Does.Not.Contain(release.Id));
        Assert.That(await reviewer.GetStringAsync("/published?from=gisteren"), Does.Contain("mistakes"));
    }

    [Test]
    public async Task Filters_keep_to_themselves_from_photo_to_photo()
    {
        var album = Guid.NewGuid().ToString("N");
        var (one, other) = (await HeldAsync(album: album), await HeldAsync(SubmittedPhotos.TwoPupils with { Activity = "Schoolreis" }, album: album));
        await HeldAsync();
        var page = WebUtility.HtmlDecode(await reviewer.GetStringAsync($"/review/{one.Id}?album={album}"));
        Assert.That(page, Does.Contain($"data-next=\"/review/{other.Id}?album={album}\""));
        Assert.That(await reviewer.GetStringAsync("/review?for=instagram"), Does.Not.Contain(one.Id));
        Assert.That(await reviewer.GetStringAsync("/review?days=1"), Does.Not.Contain(one.Id));
    }

    // The same photograph each time: what is declared of it tells them apart, in words that no rule takes for anything.
    private Task<Submission> HeldAsync(Declaration? declaration = null, string by = "somebody", string? album = null) =>
        HeldAsync(service, declaration ?? SubmittedPhotos.TwoPupils, by, album);

    private static int count;

    private static async Task<Submission> HeldAsync(RunningService service, Declaration declaration, string by, string? album)
    {
        var held = await service.SubmitAsync(Photos.FourFaces, declaration with { Alt = "Kinderen aan tafel" + string.Concat(Enumerable.Repeat(" en nog een tafel", ++count)) }, by, album);
        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
        return held;
    }

    private Task<HttpResponseMessage> SendAsync(Submission seen, string handler, params (string Name, string Value)[] fields) =>
        reviewer.SendFormAsync("/review/" + seen.Id, $"/review/{seen.Id}?handler={handler}", [("Seen", seen.VerdictId!), .. fields]);

    private async Task StepAsync(Submission seen, string handler, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(seen, handler, fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found), () => Text(answer));
    }

    private async Task UndoAsync(Submission seen)
    {
        await using var db = service.Database.CreateDbContext();
        var act = await db.ReviewActs.Where(act => act.SubmissionId == seen.Id && !act.IsUndone).MaxAsync(act => act.Id);
        await StepAsync(seen, "undo", ("act", $"{act}"));
    }

    private async Task<PhotoFacts> FactsAsync(Submission submission)
    {
        await using var db = service.Database.CreateDbContext();
        return (await new VerdictStore(db, TimeProvider.System).FindAsync(submission.VerdictId!, default))!.Verdict.Facts;
    }

    private static string Text(HttpResponseMessage answer) => WebUtility.HtmlDecode(answer.Content.ReadAsStringAsync().Result);

    [GeneratedRegex("name=\"acts\" value=\"([^\"]+)\"")]
    private static partial Regex Act();
}
