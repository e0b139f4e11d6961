using System.Net;
using System.Text.Json.Nodes;
using PublicationGate.App.Service;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Service;

public class ServiceAnswersTests
{
    [TestCase("/sign-in")]
    [TestCase("/nergens")]
    [TestCase("/healthz/live")]
    [TestCase("/site.css")]
    [TestCase("/api/v1/nergens")]
    public async Task Every_answer_tells_browsers_what_to_refuse(string address)
    {
        await using var service = await RunningService.StartAsync();
        using var answer = await service.Client().GetAsync(address);
        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(' ', header.Value));
        Assert.That(headers["Content-Security-Policy"], Does.StartWith("default-src 'none'").And.Not.Contains("unsafe"));
        Assert.That((headers["X-Content-Type-Options"], headers["Referrer-Policy"]), Is.EqualTo(("nosniff", "same-origin")));
        Assert.That(headers, Does.Not.ContainKey("Server"));
    }

    [Test]
    public async Task Programs_get_problem_documents_and_people_pages()
    {
        await using var service = await RunningService.StartAsync();
        using var client = service.Client();
        using var problem = await client.GetAsync("/api/v1/nergens");
        Assert.That((problem.StatusCode, problem.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.NotFound, "application/problem+json")));
        Assert.That(JsonNode.Parse(await problem.Content.ReadAsStringAsync())!["code"]!.ToString(), Is.EqualTo("not-found"));
        using var page = await client.GetAsync("/nergens");
        Assert.That((page.StatusCode, page.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.NotFound, "text/html")));
    }

    [Test]
    public async Task Too_many_attempts_are_told_when_to_come_back()
    {
        await using var service = await RunningService.StartAsync(options: options => options with { SignInsPerMinute = 2 });
        using var client = service.Client();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var tried = await client.SendFormAsync("/sign-in", ("name", "a"), ("password", "b"));
            Assert.That(tried.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        using var refused = await client.SendFormAsync("/sign-in", ("name", "a"), ("password", "b"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task Another_host_name_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "evil.example" } };
        Assert.That((await service.Client().SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("https://0.0.0.0:443", "url")]
    [TestCase("nonsense", "url")]
    [TestCase("http://0.0.0.0:5080", "proxies")]
    public void An_address_that_would_be_unsafe_is_refused_by_the_name_of_its_setting(string url, string names) =>
        Assert.That(() => new ServiceOptions { Url = url }.Checked(), Throws.TypeOf<ServiceSettingsException>().With.Message.Contains(names));

    [Test]
    public void Behind_a_proxy_the_gate_must_know_its_name() =>
        Assert.That(() => new ServiceOptions { Url = "http://0.0.0.0:5080", Proxies = ["10.0.0.2"] }.Checked(), Throws.TypeOf<ServiceSettingsException>().With.Message.Contains("hosts"));
}
