using System.Net;
using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Service;

/// <summary>The log of the program as it runs: ids, and no name of anybody, whatever people and programs send.</summary>
public class LogTests
{
    private const string Password = "Quirijnpassword fietst";

    // Each in one place only, so that a find says what leaks.
    private static readonly string[] Names =
    [
        "Quirijnfile", "Quirijncaption", "Quirijnpupil", "Quirijnsurname", "Quirijnaccount", "quirijn@mail.example", "Quirijnpassword", "Quirijnactivity", "Quirijnpath", "Quirijnquery",
        "Quirijnheader", "Quirijnform", "Quirijnmethod", "Quirijnkey", "Quirijnfolder", "Quirijnbroken", "Quirijnupload", "Quirijngroup",
    ];

    [TestCase(false)]
    [TestCase(true)]
    public async Task No_name_stands_in_it_on_any_level(bool isJson)
    {
        using var gate = new Gate();
        gate.Text("register/pupils.csv", "key,first_name,prefix,surname,group\nQuirijnpupil-1,Quirijnpupil,,Quirijnsurname,groep 6\n").Run("register", "import", gate["register"]);
        var inbox = "in/Quirijnfolder";
        gate.Photo(Photos.Nobody, $"{inbox}/Quirijnfile.jpg").Text($"{inbox}/Quirijnfile.yaml", "caption: Quirijncaption Quirijnpupil Quirijnsurname\nactivity: Quirijnactivity\npeople: [Quirijnpupil Quirijnsurname]\n");
        gate.Text($"{inbox}/Quirijnbroken.jpg", "no photo").Text($"{inbox}/Quirijnbroken.yaml", "caption: [Quirijncaption");
        using var running = gate.Start(gate.Folder, "serve", "--url", "http://127.0.0.1:0", "--watch", gate["in"], "--log", isJson ? "json" : "simple", "--verbose", "--language", "en");
        var address = await running.AddressAsync();
        var key = await Sender.FirstKeyAsync(running, "Quirijnaccount", "Quirijnkey", Password);
        await PagesAsync(address);
        await UploadsAsync(await Sender.ClientAsync(running, key));
        Assert.That(() => File.Exists(gate["rejected/Quirijnfolder/Quirijnfile.jpg.json"]), Is.True.After(60_000, 200));
        running.Terminate();
        var run = running.ToEnd(TimeSpan.FromMinutes(1));

        Assert.That(run.ErrorLines, Has.Length.GreaterThan(20));
        Assert.That(Names.Where(name => run.Error.Contains(name, StringComparison.OrdinalIgnoreCase)), Is.Empty, run.Error);
        if (isJson)
        {
            AssertLines([.. run.ErrorLines.Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject())]);
        }
    }

    private static void AssertLines(List<JsonObject> lines)
    {
        Assert.That(lines, Has.All.Matches<JsonObject>(line => line is not null && new[] { "time", "level", "category", "event", "message" }.All(line.ContainsKey)));
        Assert.That(lines.Where(line => line["category"]!.ToString().EndsWith("Requests", StringComparison.Ordinal)), Is.Not.Empty.And.All.Matches<JsonObject>(line => line is not null && line.ContainsKey("request")));
        Assert.That(lines.Where(line => line.ContainsKey("submission")), Is.Not.Empty.And.All.Matches<JsonObject>(line => line is not null && line.ContainsKey("request") && line.ContainsKey("item")));
        var decided = lines.Where(line => line.ContainsKey("verdict")).ToList();
        Assert.That(decided, Is.Not.Empty.And.All.Matches<JsonObject>(line => line is not null && line.ContainsKey("item") && line["outcome"] is not null));
    }

    // Well declared, wrongly declared, no photo at all, and asked for by a name.
    private static async Task UploadsAsync(HttpClient client)
    {
        var photo = await File.ReadAllBytesAsync(Repository.Sample(Photos.TwoFaces));
        using var taken = await client.SendPhotoAsync(photo, "Quirijnupload.jpg", "caption: Quirijncaption Quirijnpupil Quirijnsurname\nactivity: Quirijnactivity\npeople: [Quirijnpupil Quirijnsurname]\n");
        Assert.That((int)taken.StatusCode, Is.InRange(200, 299), await taken.Content.ReadAsStringAsync());
        (await client.SendPhotoAsync(photo, "Quirijnupload.jpg", "captoin: Quirijncaption")).Dispose();
        (await client.SendPhotoAsync("Quirijnbroken"u8.ToArray(), "../Quirijnupload.jpg")).Dispose();
        (await client.PostAsync("/api/v1/submissions?caption=Quirijncaption&activity=Quirijnquery", new ByteArrayContent(photo[..2000]))).Dispose();
        (await client.GetAsync("/api/v1/register/groups/Quirijngroup")).Dispose();
        (await client.GetAsync("/api/v1/submissions?channel=Quirijnquery")).Dispose();
        (await client.GetAsync("/api/v1/submissions/Quirijnpath")).Dispose();
    }

    private static async Task PagesAsync(Uri address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-Quirijnheader", "Quirijnheader");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Quirijnheader/1.0");
        (await client.SendFormAsync("/sign-in", ("name", "Quirijnaccount"), ("password", Password))).Dispose();
        (await client.SendFormAsync("/accounts", "/accounts?handler=make", ("name", "quirijn@mail.example"), ("roles", "Teacher"))).Dispose();
        (await client.SendFormAsync("/accounts", "/accounts?handler=nothing", ("Quirijnform", "Quirijnform"))).Dispose();
        foreach (var path in new[] { "/Quirijnpath", "/accounts/Quirijnpath?name=Quirijnquery", "/api/v1/Quirijnpath", "/api/v1/register/pupils/Quirijnpupil-1", "/sign-in?return=/Quirijnpath", "/%00Quirijnpath", "/error/Quirijnpath" })
        {
            (await client.GetAsync(path)).Dispose();
        }

        (await client.SendAsync(new HttpRequestMessage(new HttpMethod("QUIRIJNMETHOD"), "/sign-in"))).Dispose();
        (await client.PostAsync("/sign-in", new StringContent("Quirijnbroken"))).Dispose();
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        (await stranger.SendFormAsync("/sign-in", ("name", "quirijn@mail.example"), ("password", "Quirijnpassword"))).Dispose();
        (await stranger.SendFormAsync("/sign-in", ("name", "Quirijnaccount"), ("password", "Quirijnpassword"))).Dispose();
        stranger.DefaultRequestHeaders.Host = "Quirijnheader.example";
        using var refused = await stranger.GetAsync("/Quirijnpath");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
