using System.Net;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Service;

/// <summary>What the service believes of a proxy's headers, and what it tells browsers that come through one.</summary>
public class BehindProxyTests
{
    private const string Host = "foto.school.example";

    [Test]
    public async Task Browsers_are_told_to_come_encrypted_and_cookies_hold_for_this_host_and_encrypted_alone()
    {
        await using var service = await BehindAsync("127.0.0.1", "::1");
        await service.MakeAccountAsync("Noor", Roles.Teacher);
        using var client = Through(service, "https", "203.0.113.7");
        using var page = await client.GetAsync("/sign-in");
        Assert.That(page.Headers.GetValues("Strict-Transport-Security").Single(), Does.StartWith("max-age=31536000"));
        using var signedIn = await client.SendFormAsync("/sign-in", ("name", "Noor"), ("password", RunningService.Password));
        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        var cookies = page.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")).ToList();
        Assert.That(cookies.Select(cookie => cookie.Split('=')[0]), Is.SupersetOf(new[] { "__Host-gate", "__Host-gate-form" }));
        Assert.That(cookies, Has.All.Contains("secure").And.All.Contains("path=/").And.All.Contains("httponly").And.All.Contains("samesite=").And.All.Not.Contains("domain="));
    }

    [Test]
    public async Task A_machine_that_is_no_proxy_is_not_believed()
    {
        await using var service = await BehindAsync("10.0.0.2");
        using var client = Through(service, "https", "203.0.113.7");
        using var page = await client.GetAsync("/healthz/live");
        Assert.That(page.Headers.Contains("Strict-Transport-Security"), Is.False, "the connection is not encrypted, whatever the header says");
    }

    [Test]
    public async Task Without_a_proxy_headers_of_proxies_mean_nothing()
    {
        await using var service = await RunningService.StartAsync();
        using var client = Through(service, "https", "203.0.113.7", "127.0.0.1");
        using var page = await client.GetAsync("/sign-in");
        Assert.That(page.Headers.Contains("Strict-Transport-Security"), Is.False);
        Assert.That(page.Headers.GetValues("Set-Cookie"), Has.All.Not.Contains("__Host-"));
    }

    [Test]
    public async Task Attempts_are_counted_by_the_address_that_the_proxy_names()
    {
        await using var service = await BehindAsync("127.0.0.1", "::1");
        using var first = Through(service, "https", "203.0.113.7");
        using var second = Through(service, "https", "203.0.113.8");
        Assert.That(await TryAsync(first), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TryAsync(first), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await TryAsync(second), Is.EqualTo(HttpStatusCode.OK), "another visitor");
    }

    [Test]
    public async Task Attempts_through_headers_that_a_visitor_made_up_count_for_the_last_address_that_a_proxy_saw()
    {
        await using var service = await BehindAsync("127.0.0.1", "::1");
        using var first = Through(service, "https", "198.51.100.1, 203.0.113.7");
        using var second = Through(service, "https", "198.51.100.2, 203.0.113.7");
        Assert.That(await TryAsync(first), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TryAsync(second), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Attempts_are_counted_by_the_network_of_a_household()
    {
        await using var service = await BehindAsync("127.0.0.1", "::1");
        using var first = Through(service, "https", "2001:db8:1:2::1");
        using var same = Through(service, "https", "2001:db8:1:2:ffff::9");
        using var other = Through(service, "https", "2001:db8:1:3::1");
        using var old = Through(service, "https", "203.0.113.7");
        using var mapped = Through(service, "https", "::ffff:203.0.113.7");
        Assert.That(await TryAsync(first), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TryAsync(same), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await TryAsync(other), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TryAsync(old), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await TryAsync(mapped), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient client)
    {
        using var answer = await client.SendFormAsync("/sign-in", ("name", "a"), ("password", "b"));
        return answer.StatusCode;
    }

    private static Task<RunningService> BehindAsync(params string[] proxies) =>
        RunningService.StartAsync(options: options => options with { Proxies = proxies, Hosts = [Host], SignInsPerMinute = 1 });

    // Cookies that hold for encrypted connections alone are kept, as a browser before the proxy would.
    private static HttpClient Through(RunningService service, string scheme, string address, string host = Host)
    {
        var client = new HttpClient(new BeforeProxy(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Host = host;
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        return client;
    }

    private sealed class BeforeProxy(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Dictionary<string, string> cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }

            return answer;
        }
    }
}
