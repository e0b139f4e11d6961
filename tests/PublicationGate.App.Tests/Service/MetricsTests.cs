using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PublicationGate.Accounts;
using PublicationGate.App.Service;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Service;

/// <summary>What <c>/metrics</c> says, and to whom. Alone: what is measured is measured for the process.</summary>
[NonParallelizable]
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class MetricsTests(DatabaseKind kind)
{
    private const string Token = "0123456789abcdef-scrape";

    [Test]
    public async Task Tells_of_queue_requests_refusals_and_failed_sign_ins_in_Prometheus_own_form()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { SignInsPerMinute = 1 });
        await service.MakeAccountAsync("Tijmen Verlinden", Roles.Teacher);
        using var client = service.Client();
        (await client.SendFormAsync("/sign-in", ("name", "Tijmen Verlinden"), ("password", "zes gele fietsen"))).Dispose();
        (await client.SendFormAsync("/sign-in", ("name", "Tijmen Verlinden"), ("password", "zes gele fietsen"))).Dispose();
        (await client.GetAsync("/foto-van-Tijmen.jpg?token=geheim")).Dispose();

        using var answer = await client.GetAsync("/metrics");
        var told = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Does.StartWith("text/plain; version=0.0.4"));
        Assert.Multiple(() =>
        {
            Assert.That(Value(told, "gate_queue_depth"), Is.Zero);
            Assert.That(Value(told, "gate_queue_oldest_age_seconds"), Is.Zero);
            Assert.That(Value(told, "gate_sign_in_failures_total", "what=\"password\""), Is.EqualTo(1));
            Assert.That(Value(told, "gate_requests_refused_total", "status=\"429\""), Is.EqualTo(1));
            Assert.That(Value(told, "http_server_request_duration_seconds_count", "http_route=\"sign-in\"", "http_response_status_code=\"429\""), Is.EqualTo(1));
            Assert.That(told, Does.Not.Contain("Tijmen").And.Not.Contain("geheim").And.Not.Contain("http_route=\"metrics\""));
            Assert.That(told.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#') && !Sample().IsMatch(line)), Is.Empty);
        });
    }

    [Test]
    public async Task Who_has_the_token_may_read_them_and_nobody_else()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { MetricsToken = Token });
        using var admin = await service.SignedInAsync(Roles.All);
        using var key = await service.WithKeyAsync(Roles.All, ApiScopes.Submit | ApiScopes.Read | ApiScopes.Review);
        Assert.That(await StatusAsync(service.Client(), null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync(service.Client(), Token + "x"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync(admin, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(key, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(service.Client(), Token), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Behind_a_proxy_nobody_may_without_a_token()
    {
        await using var service = await RunningService.StartAsync(kind, options => options with { Proxies = ["10.0.0.2"], Hosts = ["foto.school.example"] });
        Assert.That(await StatusAsync(service.Client(), null), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public void A_token_that_could_be_guessed_is_refused() =>
        Assert.That(() => new ServiceOptions { MetricsToken = "geheim" }.Checked(), Throws.TypeOf<ServiceSettingsException>().With.Message.Contains("metrics-token"));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static double? Value(string told, string name, params string[] labels) => told.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(line.Contains))
        .Select(line => (double?)double.Parse(line.Split("} ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).SingleOrDefault();

    [GeneratedRegex("""^[a-z_]+(\{([a-z_]+="[^"\\]*",?)*\})? [0-9.+eE-]+$""")]
    private static partial Regex Sample();
}
