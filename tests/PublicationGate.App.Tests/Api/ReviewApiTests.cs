using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using static PublicationGate.App.Tests.Api.ApiCalls;

namespace PublicationGate.App.Tests.Api;

public class ReviewApiTests
{
    private RunningService service = null!;
    private HttpClient teacher = null!;
    private HttpClient reviewer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync();
        teacher = await ApiContract.ClientAsync(service, Roles.Teacher);
        reviewer = await ApiContract.ClientAsync(service, Roles.Reviewer);
    }

    [TearDown]
    public async Task StopAsync()
    {
        teacher.Dispose();
        reviewer.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task A_held_photo_is_asked_about_answered_marked_declared_anew_refused_and_taken_back()
    {
        var held = await teacher.SubmitAsync(Photos.OneFace, Nobody);
        Assert.That(held.Outcome(), Is.EqualTo("held"), () => held.ToString());
        var address = $"{All}/{held.Id()}";
        Assert.That(await StatusAsync(reviewer, address + "/question", new { verdict = held.VerdictId(), words = "Wie is dit?" }), Is.EqualTo(200));
        Assert.That(await StatusAsync(teacher, address + "/answer", new { verdict = held.VerdictId(), words = "Een beeld, geen kind." }), Is.EqualTo(200));
        var mark = new { verdict = held.VerdictId(), marks = new[] { new { x = 1, y = 1, width = 40, height = 40, kind = "face" } } };
        Assert.That(await StatusAsync(reviewer, address + "/marks", mark), Is.EqualTo(200));
        var marked = await reviewer.DecidedAsync(address);
        Assert.That((int)marked["decision"]!["faces"]!["count"]!, Is.EqualTo(2));
        Assert.That(await CodeAsync(reviewer, address + "/refuse", new { verdict = held.VerdictId(), words = "Te laat gezien." }), Is.EqualTo((HttpStatusCode.Conflict, "changed-meanwhile")));
        Assert.That(await StatusAsync(reviewer, address + "/refuse", new { verdict = marked.VerdictId(), words = "Een kind alleen." }), Is.EqualTo(200));
        Assert.That((await reviewer.DecidedAsync(address)).Outcome(), Is.EqualTo("rejected"));
        var acts = (await reviewer.DecidedAsync(address))["acts"]!.AsArray();
        Assert.That(acts.Select(act => $"{act!["kind"]} {act["isOwn"]} {act["words"]}"), Is.EqualTo(new[] { "ask true Wie is dit?", "answer false Een beeld, geen kind.", "mark true ", "refuse true Een kind alleen." }));
        Assert.That(await CodeAsync(reviewer, address + "/undo", new { verdict = (string?)null, act = (long)acts[0]!["id"]! }), Is.EqualTo((HttpStatusCode.Conflict, "changed-meanwhile")), "only the latest");
        Assert.That(await StatusAsync(reviewer, address + "/undo", new { verdict = (string?)null, act = (long)acts[^1]!["id"]! }), Is.EqualTo(200));
        Assert.That((await reviewer.DecidedAsync(address)).VerdictId(), Is.EqualTo(marked.VerdictId()));
        Assert.That(await StatusAsync(teacher, address + "/declaration", new { verdict = (string?)null, declaration = new { channel = "app", people = "none" } }), Is.EqualTo(200));
        Assert.That((string)(await teacher.DecidedAsync(address))["submission"]!["channel"]!, Is.EqualTo("app"));
    }

    [Test]
    public async Task A_held_photo_is_approved_on_a_ground_and_then_has_a_copy()
    {
        var held = await teacher.SubmitAsync(Photos.Doubtful, Nobody);
        Assert.That(held.Outcome(), Is.EqualTo("held"), () => held.ToString());
        var address = $"{All}/{held.Id()}";
        Assert.That(await CodeAsync(reviewer, address + "/approve", new { verdict = held.VerdictId(), words = " " }), Is.EqualTo((HttpStatusCode.Conflict, "no-words")));
        Assert.That(await StatusAsync(reviewer, address + "/approve", new { verdict = held.VerdictId(), words = "Er is niemand te zien." }), Is.EqualTo(200));
        var approved = await reviewer.DecidedAsync(address);
        Assert.That((approved.Outcome(), approved["decision"]!["findings"]!.AsArray().All(finding => finding!["isSettled"]!.GetValue<bool>())), Is.EqualTo(("approved", true)));
        Assert.That((await teacher.GetAsync(address + "/copy")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("approve", """{"verdict":null}""", "$")]
    [TestCase("marks", """{"verdict":null,"marks":[{"x":1,"y":1,"width":2,"height":2,"kind":"neus"}]}""", "marks[0].kind")]
    [TestCase("declaration", """{"verdict":null,"declaration":{"channel":"nergens"}}""", "channel")]
    [TestCase("refuse", """{"verdict":null,"words":"x","more":1}""", "more")]
    [TestCase("refuse", "{", null)]
    public async Task A_wrong_body_names_its_field(string step, string body, string? field)
    {
        var held = await teacher.SubmitAsync(Photos.OneFace, Nobody);
        using var answer = await reviewer.PostAsync($"{All}/{held.Id()}/{step}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]?.AsObject().Select(error => error.Key);
        Assert.That(errors, field is null or "$" ? Is.Null.Or.Not.Empty : Is.EqualTo(new[] { field }));
    }

    [TestCase("GET", "")]
    [TestCase("GET", "/explanation")]
    [TestCase("GET", "/facts")]
    [TestCase("GET", "/overlay")]
    [TestCase("GET", "/preview")]
    [TestCase("GET", "/copy")]
    [TestCase("POST", "/declaration")]
    [TestCase("POST", "/answer")]
    public async Task Another_teacher_finds_nothing_at_the_address_of_an_item(string method, string part)
    {
        var own = await teacher.SubmitAsync(Photos.Nobody, Nobody);
        using var other = await ApiContract.ClientAsync(service, Roles.Teacher);
        object body = part == "/answer" ? new { verdict = (string?)null, words = "x" } : new { verdict = (string?)null, declaration = new { people = "none" } };
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{All}/{own.Id()}{part}") { Content = method == "POST" ? JsonContent.Create(body) : null };
        using var answer = await other.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var list = await other.GetFromJsonAsync<JsonObject>(All);
        Assert.That(list!["submissions"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_head_who_also_teaches_looks_at_all_and_declares_only_their_own()
    {
        var another = await teacher.SubmitAsync(Photos.Nobody, Nobody);
        using var both = await ApiContract.ClientAsync(service, Roles.Head | Roles.Teacher);
        Assert.That((await both.GetAsync($"{All}/{another.Id()}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(both, $"{All}/{another.Id()}/declaration", new { verdict = (string?)null, declaration = new { people = "none" } }), Is.EqualTo(404));
        using var page = await service.SignedInAsync(Roles.Head | Roles.Teacher);
        Assert.That((await page.GetAsync($"/submissions/{another.Id()}/declare")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var again = await page.SendFormAsync("/submit", $"/submissions/{another.Id()}?handler=again");
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var own = await both.SubmitAsync(Photos.Nobody, """{"people":"none","activity":"Eigen foto van het schoolhoofd"}""");
        Assert.That(await StatusAsync(both, $"{All}/{own.Id()}/declaration", new { verdict = (string?)null, declaration = new { people = "none" } }), Is.EqualTo(200));
    }

    [Test]
    public async Task A_key_for_submitting_shows_no_more_than_what_was_submitted_whoever_it_is_of([Values(Roles.WebsiteManager, Roles.Head | Roles.Teacher)] Roles roles)
    {
        var another = await teacher.SubmitAsync(Photos.Nobody, Nobody);
        using var camera = await ApiContract.ClientAsync(service, roles, ApiScopes.Submit);
        Assert.That((await camera.GetFromJsonAsync<JsonObject>(All))!["submissions"]!.AsArray(), Is.Empty);
        Assert.That((await camera.GetAsync($"{All}/{another.Id()}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusAsync(camera, $"{All}/{another.Id()}/declaration", new { verdict = (string?)null, declaration = new { people = "none" } }), Is.EqualTo(404));
    }

    [Test]
    public async Task Nobody_approves_their_own_where_another_could()
    {
        using var manager = await ApiContract.ClientAsync(service, Roles.WebsiteManager);
        var held = await manager.SubmitAsync(Photos.OneFace, """{"people":"none","activity":"Eigen foto"}""");
        Assert.That(await CodeAsync(manager, $"{All}/{held.Id()}/approve", new { verdict = held.VerdictId(), words = "Mag." }), Is.EqualTo((HttpStatusCode.Conflict, "own")));
    }

    private static async Task<int> StatusAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body);
        return (int)answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Code)> CodeAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body);
        return (answer.StatusCode, await answer.CodeAsync());
    }
}
