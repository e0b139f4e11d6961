using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;
using static PublicationGate.App.Tests.Api.ApiCalls;

namespace PublicationGate.App.Tests.Api;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class SubmissionsApiTests(DatabaseKind kind)
{
    private RunningService service = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        client = await ApiContract.ClientAsync(service, Roles.WebsiteManager);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task One_photo_is_answered_with_its_decision_and_all_that_can_be_asked_of_it()
    {
        var submitted = await client.SubmitAsync(Photos.FourFaces, Pupils);
        Assert.That(submitted.Outcome(), Is.Not.EqualTo("approved"));
        Assert.That((int)submitted["decision"]!["faces"]!["count"]!, Is.EqualTo(4));
        Assert.That(submitted["decision"]!["findings"]!.AsArray(), Is.Not.Empty);
        var address = $"{All}/{submitted.Id()}";
        var explanation = await client.GetFromJsonAsync<JsonObject>(address + "/explanation");
        Assert.That(explanation!["clauses"]!.AsArray(), Is.Not.Empty);
        var facts = await client.GetFromJsonAsync<JsonObject>(address + "/facts");
        Assert.That((string)facts!["id"]!, Is.EqualTo(submitted.VerdictId()));
        foreach (var picture in new[] { "/overlay", "/preview" })
        {
            using var answer = await client.GetAsync(address + picture);
            Assert.That((await answer.Content.ReadAsByteArrayAsync())[..3], Is.EqualTo(new byte[] { 0xFF, 0xD8, 0xFF }));
        }

        using var copy = await client.GetAsync(address + "/copy");
        Assert.That((copy.StatusCode, await copy.CodeAsync()), Is.EqualTo((HttpStatusCode.Conflict, "not-released")));
    }

    [Test]
    public async Task An_approved_photo_has_a_clean_copy()
    {
        var submitted = await client.SubmitAsync(Photos.Nobody, Nobody);
        Assert.That(submitted.Outcome(), Is.EqualTo("approved"), () => submitted.ToString());
        using var copy = await client.GetAsync($"{All}/{submitted.Id()}/copy");
        Assert.That(copy.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(copy.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
    }

    [Test]
    public async Task A_photo_may_be_the_body_itself()
    {
        using var body = Photo(Photos.OneFace);
        body.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = "één foto.jpg" };
        using var answer = await client.PostAsync(All + "?channel=website&people=A1&people=A2&activity=Kunst", body);
        var detail = await client.DecidedAsync(answer.Headers.Location!.ToString());
        Assert.That((string)detail["submission"]!["fileName"]!, Is.EqualTo("één foto.jpg"));
        Assert.That(detail["declaration"]!["people"]!.AsArray().Select(one => (string)one!), Is.EqualTo(new[] { "A1", "A2" }));
    }

    [Test]
    public async Task Several_photos_are_one_album_and_are_asked_for_together()
    {
        using var answer = await client.PostAsync(All, Form(Nobody, ("a.jpg", Photo(Photos.Nobody)), ("b.jpg", Photo(Photos.OneFace))));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var album = await client.GetFromJsonAsync<JsonObject>(answer.Headers.Location!.ToString());
        Assert.That(album!["submissions"]!.AsArray().Select(one => (string)one!["fileName"]!), Is.EquivalentTo(new[] { "a.jpg", "b.jpg" }));
    }

    [Test]
    public async Task The_list_goes_on_where_it_ended()
    {
        for (var photo = 0; photo < 3; photo++)
        {
            await client.SubmitAsync(Photos.Nobody, Nobody);
        }

        var first = await client.GetFromJsonAsync<JsonObject>(All + "?limit=2&mine=true&outcome=approved");
        var second = await client.GetFromJsonAsync<JsonObject>(All + "?limit=2&mine=true&outcome=approved&before=" + (string)first!["next"]!);
        var ids = first["submissions"]!.AsArray().Concat(second!["submissions"]!.AsArray()).Select(one => (string)one!["id"]!).ToList();
        Assert.That(ids, Has.Count.GreaterThanOrEqualTo(3).And.Unique);
        Assert.That(ids, Is.Ordered.Descending);
    }

    [Test]
    public async Task The_same_key_takes_the_same_upload_in_once_and_nothing_else()
    {
        async Task<HttpResponseMessage> SendAsync(string key, string declaration)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, All) { Content = Form(declaration, ("x.jpg", Photo(Photos.Nobody))), Headers = { { "Idempotency-Key", key } } };
            return await client.SendAsync(request);
        }

        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(key, Nobody)));
        Assert.That(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct().Count(), Is.EqualTo(1));
        using var other = await SendAsync(key, Pupils);
        Assert.That(((int)other.StatusCode, await other.CodeAsync()), Is.EqualTo((422, "idempotency-other")));
        using var wrong = await SendAsync("a b", Nobody);
        Assert.That((int)wrong.StatusCode, Is.EqualTo(400));
    }

    [TestCase("""{"channel":"facebok"}""", "channel")]
    [TestCase("""{"kanaal":"website"}""", "kanaal")]
    [TestCase("""{"people":["none","A1"]}""", "people")]
    [TestCase("geen verklaring", "declaration")]
    public async Task A_wrong_declaration_names_its_field(string declaration, string field)
    {
        using var answer = await client.PostAsync(All, Form(declaration, ("x.jpg", Photo(Photos.Nobody))));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That((answer.StatusCode, (string)problem["code"]!), Is.EqualTo((HttpStatusCode.BadRequest, "wrong-fields")));
        Assert.That(problem["errors"]![field]![0]!["nl"]!.ToString(), Is.Not.Empty, () => problem.ToString());
    }

    [Test]
    public async Task What_is_not_there_is_a_problem_document()
    {
        using var route = await client.GetAsync("/api/v1/nergens");
        using var item = await client.GetAsync(All + "/" + new string('0', 32));
        using var method = await client.DeleteAsync(All);
        Assert.That(new[] { await route.CodeAsync(), await item.CodeAsync(), await method.CodeAsync() }, Is.EqualTo(new[] { "not-found", "not-found", "wrong-method" }));
    }

    [TestCase("?limit=0", "limit")]
    [TestCase("?channel=nergens", "channel")]
    [TestCase("?outcome=misschien", "outcome")]
    [TestCase("?mine=misschien", null)]
    public async Task A_wrong_question_is_told_so(string query, string? field)
    {
        using var answer = await client.GetAsync(All + query);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]?.AsObject().Select(error => error.Key), Is.EqualTo(field is null ? null : new[] { field }));
    }

    [Test]
    public async Task Tells_limits_channels_protocol_and_health()
    {
        var limits = await client.GetFromJsonAsync<JsonObject>("/api/v1/limits");
        Assert.That((int)limits!["photoBytes"]!, Is.EqualTo(40 << 20));
        var channels = await client.GetFromJsonAsync<JsonObject>("/api/v1/channels");
        Assert.That(channels!["channels"]!.AsArray().Single(one => (string)one!["id"]! == "facebook")!["isOpen"]!.GetValue<bool>(), Is.False);
        var protocol = await client.GetFromJsonAsync<JsonObject>("/api/v1/protocol");
        Assert.That(protocol!["clauses"]!.AsArray(), Has.Count.GreaterThan(30));
        Assert.That(async () => (await client.GetAsync("/api/v1/health")).StatusCode, Is.EqualTo(HttpStatusCode.OK).After(20_000, 200));
    }

    [Test]
    public async Task The_document_is_openapi_3_1_and_names_every_problem()
    {
        var document = JsonNode.Parse(await client.GetStringAsync("/api/v1/openapi.json"))!;
        Assert.That((string)document["openapi"]!, Does.StartWith("3.1"));
        Assert.That(document["paths"]!.AsObject().Select(path => path.Key), Has.All.StartsWith("/api/v1/"));
        Assert.That(document["paths"]!["/api/v1/submissions"]!["post"]!["requestBody"]!["content"]!["multipart/form-data"]!["schema"]!["properties"]!["photo"]!["type"]!.ToString(), Is.EqualTo("array"));
    }
}
