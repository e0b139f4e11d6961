using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Api;

/// <summary>What tests ask of the API.</summary>
internal static class ApiCalls
{
    public const string All = "/api/v1/submissions";

    /// <summary>Declares nobody recognisable, for photos without people.</summary>
    public const string Nobody = """{"people":"none","activity":"Atelier","origin":"staff","situation":"general"}""";

    /// <summary>Declares the invented pupils of the sample register, of whom the register of a new service knows none.</summary>
    public const string Pupils = """{"channel":"website","group":"Groep 7","activity":"De wereld rond","origin":"staff"}""";

    public static ByteArrayContent Photo(string sample) => Bytes(File.ReadAllBytes(Repository.Sample(sample)));

    public static ByteArrayContent Bytes(byte[] bytes, string type = "image/jpeg") => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static MultipartFormDataContent Form(string? declaration, params (string Name, HttpContent Photo)[] photos)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, photo) in photos)
        {
            form.Add(photo, "photo", name);
        }

        if (declaration is not null)
        {
            form.Add(new StringContent(declaration), "declaration");
        }

        return form;
    }

    /// <summary>Submits one photo and waits for its verdict.</summary>
    public static async Task<JsonObject> SubmitAsync(this HttpClient client, string sample, string declaration)
    {
        using var answer = await client.PostAsync(All, Form(declaration, ("foto.jpg", Photo(sample))));
        Assert.That((int)answer.StatusCode, Is.AnyOf(201, 202), () => answer.Content.ReadAsStringAsync().Result);
        return await client.DecidedAsync(answer.Headers.Location!.ToString());
    }

    /// <summary>Asks for a submission until it is decided.</summary>
    public static async Task<JsonObject> DecidedAsync(this HttpClient client, string address)
    {
        JsonObject? last = null;
        Assert.That(async () => (string?)(last = (await client.GetFromJsonAsync<JsonObject>(address))!)["submission"]!["state"], Is.EqualTo("decided").After(60_000, 100));
        return last!;
    }

    public static string Id(this JsonObject detail) => (string)detail["submission"]!["id"]!;

    public static string Outcome(this JsonObject detail) => (string)detail["submission"]!["outcome"]!;

    public static string VerdictId(this JsonObject detail) => (string)detail["submission"]!["verdict"]!;

    /// <summary>The code of a problem document.</summary>
    public static async Task<string> CodeAsync(this HttpResponseMessage answer) => (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!;
}
