using System.Net;
using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Service;

/// <summary>The log of the program as it runs: ids, and no name of anybody, whatever people and programs send.</summary>
public class LogTests
{
    private const string Link = "/welcome?token=";

    // Each in one place only, so that a find says what leaks.
    private static readonly string[] Names =
    [
        "Quirijnfile", "Quirijncaption", "Quirijnpupil", "Quirijnsurname", "Quirijnaccount", "quirijn@mail.example", "Quirijnpassword", "Quirijnactivity", "Quirijnpath", "Quirijnquery",
        "Quirijnheader", "Quirijnform", "Quirijnmethod", "Quirijnkey", "Quirijnfolder", "Quirijnbroken",
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
        Assert.That(() => running.Printed, Does.Contain(Link).After(10_000, 50));
        await TrafficAsync(address, running.Printed.Split(Link)[1].Trim());
        Assert.That(() => File.Exists(gate["held/Quirijnfolder/Quirijnfile.jpg.json"]) || Directory.Exists(gate["held"]), Is.True.After(60_000, 200));
        await Task.Delay(TimeSpan.FromSeconds(2));
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
        var decided = lines.Where(line => line.ContainsKey("verdict")).ToList();
        Assert.That(decided, Is.Not.Empty.And.All.Matches<JsonObject>(line => line is not null && line.ContainsKey("item") && line["outcome"] is not null));
    }

    private static async Task TrafficAsync(Uri address, string token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-Quirijnheader", "Quirijnheader");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Quirijnheader/1.0");
        (await client.SendFormAsync(Link + token, "/welcome", ("link", token), ("name", "Quirijnaccount"), ("password", "Quirijnpassword fietst"))).Dispose();
        (await client.SendFormAsync("/accounts", "/accounts?handler=make", ("name", "quirijn@mail.example"), ("roles", "Teacher"))).Dispose();
        (await client.SendFormAsync("/accounts", "/accounts?handler=nothing", ("Quirijnform", "Quirijnform"))).Dispose();
        (await client.SendFormAsync("/account/keys", "/account/keys?handler=make", ("name", "Quirijnkey"), ("scopes", "Submit"))).Dispose();
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
