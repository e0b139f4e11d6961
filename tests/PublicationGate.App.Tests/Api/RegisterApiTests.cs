using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using static PublicationGate.App.Tests.Api.ApiCalls;

namespace PublicationGate.App.Tests.Api;

public class RegisterApiTests
{
    private const string Imports = "/api/v1/register/imports";

    private RunningService service = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync();
        client = await ApiContract.ClientAsync(service, Roles.WebsiteManager);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task A_register_is_previewed_imported_and_read_and_an_answer_added()
    {
        var sample = Zip([.. Directory.EnumerateFiles(Repository.Register, "*.csv").Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]);
        using var preview = await client.PostAsync(Imports + "?preview=true", Bytes(sample, "application/zip"));
        var would = JsonNode.Parse(await preview.Content.ReadAsStringAsync())!;
        Assert.That((preview.StatusCode, would["isPreview"]!.GetValue<bool>()), Is.EqualTo((HttpStatusCode.OK, true)), would.ToString);
        using var import = await client.PostAsync(Imports, Bytes(sample, "application/zip"));
        Assert.That(import.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var groups = await client.GetFromJsonAsync<JsonObject>("/api/v1/register/groups");
        var name = (string)groups!["groups"]![0]!["group"]!;
        var group = await client.GetFromJsonAsync<JsonObject>($"/api/v1/register/groups/{Uri.EscapeDataString(name)}?channel=app");
        var key = (string)group!["pupils"]![0]!["key"]!;
        var address = "/api/v1/register/pupils/" + Uri.EscapeDataString(key);
        var before = await client.GetFromJsonAsync<JsonObject>(address);
        using var added = await client.PostAsJsonAsync(address + "/answers", new { channel = "app", kind = "photo", scope = "group", isYes = false, givenBy = "moeder" });
        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.NoContent), () => added.Content.ReadAsStringAsync().Result);
        var after = await client.GetFromJsonAsync<JsonObject>(address);
        Assert.That(after!["answers"]!.AsArray(), Has.Count.EqualTo(before!["answers"]!.AsArray().Count + 1));
    }

    [Test]
    public async Task An_edexml_file_is_read_and_one_with_mistakes_names_them()
    {
        const string Edex = """<EDEX><groepen><groep key="g1"><naam>Groep 4</naam></groep></groepen><leerlingen><leerling key="p9"><roepnaam>Sterre</roepnaam><groep key="g1"/></leerling></leerlingen></EDEX>""";
        using var answer = await client.PostAsync(Imports + "?preview=true", Bytes(Encoding.UTF8.GetBytes(Edex), "application/xml"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), () => answer.Content.ReadAsStringAsync().Result);
        using var wrong = await client.PostAsync(Imports, Bytes(Encoding.UTF8.GetBytes("geen xml"), "application/xml"));
        Assert.That((wrong.StatusCode, await wrong.CodeAsync()), Is.EqualTo((HttpStatusCode.BadRequest, "wrong-fields")));
        using var csv = await client.PostAsync(Imports, Bytes(Zip([("pupils.csv", "key,first_name\n1,Bo\n"u8.ToArray())]), "application/zip"));
        Assert.That((csv.StatusCode, await csv.CodeAsync()), Is.EqualTo((HttpStatusCode.BadRequest, "wrong-fields")));
    }

    [Test]
    public async Task What_the_register_does_not_know_is_not_found_and_a_wrong_answer_names_its_field()
    {
        Assert.That((await client.GetAsync("/api/v1/register/groups/nergens")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.GetAsync("/api/v1/register/pupils/nergens")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var unknown = await client.PostAsJsonAsync("/api/v1/register/pupils/nergens/answers", new { channel = "app", kind = "photo", scope = "group", isYes = false, givenBy = "vader" });
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var future = await client.PostAsJsonAsync("/api/v1/register/pupils/x/answers", new { channel = "app", kind = "photo", scope = "group", isYes = true, givenBy = "vader", date = "2999-01-01" });
        Assert.That(JsonNode.Parse(await future.Content.ReadAsStringAsync())!["errors"]!["date"], Is.Not.Null);
    }

    /// <summary>A zip of files.</summary>
    internal static byte[] Zip((string Name, byte[] Content)[] files, int attributes = 0)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
