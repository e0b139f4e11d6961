using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Access;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Access;

/// <summary>Who may call what: each role, nobody, and each scope, at each endpoint, against a list of its own.</summary>
public class AccessTableTests
{
    private const string Anybody = "anybody";
    private const string SignedIn = "signed-in";

    // Any program on this machine, as these tests are; more in ScrapingTests.
    private const string Machine = "machine";

    // Not made from the table, but written down a second time: '*' for nobody in particular, else roles; then the scope of keys, if keys come in.
    private static readonly (string Endpoint, string Who, ApiScopes Scope)[] Expected =
    [
        ("GET /", SignedIn, ApiScopes.None),
        ("GET /account", SignedIn, ApiScopes.None),
        ("POST /account", SignedIn, ApiScopes.None),
        ("GET /account/keys", SignedIn, ApiScopes.None),
        ("POST /account/keys", SignedIn, ApiScopes.None),
        ("GET /account/second-factor", SignedIn, ApiScopes.None),
        ("POST /account/second-factor", SignedIn, ApiScopes.None),
        ("GET /accounts", "Administrator", ApiScopes.None),
        ("POST /accounts", "Administrator", ApiScopes.None),
        ("GET /mail", "WebsiteManager Administrator", ApiScopes.None),
        ("POST /mail", "WebsiteManager Administrator", ApiScopes.None),
        ("GET /dashboard", "WebsiteManager Head", ApiScopes.None),
        ("GET /guidance", SignedIn, ApiScopes.None),
        ("POST /guidance", SignedIn, ApiScopes.None),
        ("GET /protocol", "WebsiteManager Teacher Head Reviewer", ApiScopes.None),
        ("GET /protocol/channels/{channel}", "Head", ApiScopes.None),
        ("POST /protocol/channels/{channel}", "Head", ApiScopes.None),
        ("GET /register", "WebsiteManager Teacher Head Reviewer", ApiScopes.None),
        ("POST /register", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("GET /register/groups/{group}", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("GET /register/groups/{group}/card", "WebsiteManager Teacher Head Reviewer", ApiScopes.None),
        ("GET /my-child/{token}", Anybody, ApiScopes.None),
        ("POST /my-child/{token}", Anybody, ApiScopes.None),
        ("GET /register/groups/{group}/links", "WebsiteManager", ApiScopes.None),
        ("POST /register/groups/{group}/links", "WebsiteManager", ApiScopes.None),
        ("GET /register/pupils/{key}/guardians", "WebsiteManager", ApiScopes.None),
        ("POST /register/pupils/{key}/guardians", "WebsiteManager", ApiScopes.None),
        ("POST /register/letters", "WebsiteManager", ApiScopes.None),
        ("GET /register/import", "WebsiteManager", ApiScopes.None),
        ("POST /register/import", "WebsiteManager", ApiScopes.None),
        ("GET /register/pupils/{key}", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("POST /register/pupils/{key}", "WebsiteManager", ApiScopes.None),
        ("GET /api/v1/openapi.json", Anybody, ApiScopes.None),
        ("GET /api/v1/health", Anybody, ApiScopes.None),
        ("GET /api/v1/limits", "WebsiteManager Teacher Head Reviewer Administrator", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/channels", "WebsiteManager Teacher Head Reviewer Administrator", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/protocol", "WebsiteManager Teacher Head Reviewer Administrator", ApiScopes.Read),
        ("POST /api/v1/submissions", "WebsiteManager Teacher", ApiScopes.Submit),
        ("GET /api/v1/submissions", "WebsiteManager Teacher Head Reviewer", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/submissions/{id}", "WebsiteManager Teacher Head Reviewer", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/submissions/{id}/explanation", "WebsiteManager Teacher Head Reviewer", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/submissions/{id}/facts", "WebsiteManager Teacher Reviewer", ApiScopes.Read),
        ("GET /api/v1/submissions/{id}/overlay", "WebsiteManager Teacher Reviewer", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/submissions/{id}/preview", "WebsiteManager Teacher Reviewer", ApiScopes.Submit | ApiScopes.Read),
        ("GET /api/v1/submissions/{id}/copy", "WebsiteManager Teacher Head Reviewer", ApiScopes.Read),
        ("POST /api/v1/submissions/{id}/declaration", "WebsiteManager Teacher Reviewer", ApiScopes.Submit | ApiScopes.Review),
        ("POST /api/v1/submissions/{id}/answer", "WebsiteManager Teacher", ApiScopes.Submit),
        ("POST /api/v1/submissions/{id}/approve", "WebsiteManager Reviewer", ApiScopes.Review),
        ("POST /api/v1/submissions/{id}/refuse", "WebsiteManager Reviewer", ApiScopes.Review),
        ("POST /api/v1/submissions/{id}/marks", "WebsiteManager Reviewer", ApiScopes.Review),
        ("POST /api/v1/submissions/{id}/question", "WebsiteManager Reviewer", ApiScopes.Review),
        ("POST /api/v1/submissions/{id}/undo", "WebsiteManager Reviewer", ApiScopes.Review),
        ("GET /api/v1/register/groups", "WebsiteManager Teacher Head Reviewer", ApiScopes.RegisterRead),
        ("GET /api/v1/register/groups/{group}", "WebsiteManager Head Reviewer", ApiScopes.RegisterRead),
        ("GET /api/v1/register/pupils/{key}", "WebsiteManager Head", ApiScopes.RegisterRead),
        ("POST /api/v1/register/pupils/{key}/answers", "WebsiteManager", ApiScopes.RegisterWrite),
        ("POST /api/v1/register/imports", "WebsiteManager", ApiScopes.RegisterWrite),
        ("GET /error/{code:int}", Anybody, ApiScopes.None),
        ("POST /error/{code:int}", Anybody, ApiScopes.None),
        ("PUT /error/{code:int}", Anybody, ApiScopes.None),
        ("PATCH /error/{code:int}", Anybody, ApiScopes.None),
        ("DELETE /error/{code:int}", Anybody, ApiScopes.None),
        ("GET /healthz/live", Anybody, ApiScopes.None),
        ("GET /healthz/ready", Anybody, ApiScopes.None),
        ("GET /photos/{id}/preview", "WebsiteManager Teacher Reviewer", ApiScopes.None),
        ("GET /published", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("GET /published/{id}", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("GET /published/{id}/copy", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("GET /published/{id}/preview", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("GET /review", "WebsiteManager Reviewer", ApiScopes.None),
        ("GET /review/{id}", "WebsiteManager Reviewer", ApiScopes.None),
        ("POST /review/{id}", "WebsiteManager Reviewer", ApiScopes.None),
        ("GET /review/album/{albumId}", "WebsiteManager Reviewer", ApiScopes.None),
        ("POST /review/album/{albumId}", "WebsiteManager Reviewer", ApiScopes.None),
        ("GET /metrics", Machine, ApiScopes.None),
        ("GET /.well-known/publication-gate/keys.json", Anybody, ApiScopes.None),
        ("GET /.well-known/publication-gate/revoked.json", Anybody, ApiScopes.None),
        ("GET /published/{id}/certificate", "WebsiteManager Head Reviewer", ApiScopes.None),
        ("POST /preferences", Anybody, ApiScopes.None),
        ("GET /recordings", "WebsiteManager Head", ApiScopes.None),
        ("GET /recordings/new", "WebsiteManager Head", ApiScopes.None),
        ("POST /recordings/new", "WebsiteManager Head", ApiScopes.None),
        ("GET /recordings/{id}", "WebsiteManager Head", ApiScopes.None),
        ("POST /recordings/{id}", "WebsiteManager Head", ApiScopes.None),
        ("GET /recordings/{id}/certificate", "WebsiteManager Head", ApiScopes.None),
        ("GET /report", SignedIn, ApiScopes.None),
        ("POST /report", SignedIn, ApiScopes.None),
        ("GET /incidents", "Head", ApiScopes.None),
        ("GET /incidents/{id}", "Head", ApiScopes.None),
        ("POST /incidents/{id}", "Head", ApiScopes.None),
        ("GET /round/{token}", Anybody, ApiScopes.None),
        ("POST /round/{token}", Anybody, ApiScopes.None),
        ("GET /rounds", "WebsiteManager Head", ApiScopes.None),
        ("GET /rounds/draft", "WebsiteManager Head", ApiScopes.None),
        ("POST /rounds/draft", "WebsiteManager Head", ApiScopes.None),
        ("GET /rounds/{id}", "WebsiteManager Head", ApiScopes.None),
        ("POST /rounds/{id}", "WebsiteManager Head", ApiScopes.None),
        ("GET /rounds/{id}/result", "WebsiteManager Head", ApiScopes.None),
        ("GET /rounds/{id}/paper", "WebsiteManager Head", ApiScopes.None),
        ("POST /rounds/{id}/paper", "WebsiteManager Head", ApiScopes.None),
        ("GET /removals", "WebsiteManager Head", ApiScopes.None),
        ("POST /removals", "WebsiteManager Head", ApiScopes.None),
        ("GET /removals/requests/{id}", "WebsiteManager Head", ApiScopes.None),
        ("POST /removals/requests/{id}", "WebsiteManager Head", ApiScopes.None),
        ("GET /removals/requests/{id}/picture", "WebsiteManager Head", ApiScopes.None),
        ("GET /remove", Anybody, ApiScopes.None),
        ("POST /remove", Anybody, ApiScopes.None),
        ("GET /removal-request/{token}", Anybody, ApiScopes.None),
        ("POST /removal-request/{token}", Anybody, ApiScopes.None),
        ("GET /removal-request/{token}/photo/{release}", Anybody, ApiScopes.None),
        ("GET /published/zip", "WebsiteManager Teacher Head Reviewer Administrator", ApiScopes.None),
        ("GET /set-password", Anybody, ApiScopes.None),
        ("POST /set-password", Anybody, ApiScopes.None),
        ("GET /sign-in", Anybody, ApiScopes.None),
        ("POST /sign-in", Anybody, ApiScopes.None),
        ("GET /sign-in/code", Anybody, ApiScopes.None),
        ("POST /sign-in/code", Anybody, ApiScopes.None),
        ("POST /sign-out", SignedIn, ApiScopes.None),
        ("GET /submissions", "WebsiteManager Teacher Reviewer", ApiScopes.None),
        ("GET /submissions/album/{id}", "WebsiteManager Teacher Reviewer", ApiScopes.None),
        ("GET /submissions/{id}", "WebsiteManager Teacher Reviewer", ApiScopes.None),
        ("POST /submissions/{id}", "WebsiteManager Teacher Reviewer", ApiScopes.None),
        ("GET /submissions/{id}/declare", "WebsiteManager Teacher", ApiScopes.None),
        ("POST /submissions/{id}/declare", "WebsiteManager Teacher", ApiScopes.None),
        ("GET /submit", "WebsiteManager Teacher", ApiScopes.None),
        ("POST /submit", "WebsiteManager Teacher", ApiScopes.None),
        ("GET /welcome", Anybody, ApiScopes.None),
        ("POST /welcome", Anybody, ApiScopes.None),
    ];

    private RunningService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await RunningService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public void Every_endpoint_stands_in_the_table_and_every_line_has_an_endpoint()
    {
        var endpoints = Endpoints().Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Distinct().Order().ToList();
        Assert.That(AccessTable.Rules.Select(rule => rule.Route).Distinct().Order(), Is.EqualTo(endpoints));
        foreach (var endpoint in Endpoints())
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            Assert.That(methods.Where(method => AccessTable.Of(endpoint, method) is null), Is.Empty, endpoint.DisplayName);
        }
    }

    [Test]
    public void The_table_says_what_was_meant()
    {
        var said = AccessTable.Rules.SelectMany(rule => rule.Methods.Split(' ').Select(method => ($"{method} {rule.Route}", Who(rule), rule.Scope)));
        Assert.That(said, Is.EquivalentTo(Expected));
        Assert.That(said.Select(line => line.Item1), Is.Unique);
    }

    // The answer itself may be anything but a refusal: nothing useful is sent.
    [Test]
    public async Task Each_role_gets_in_where_it_may_and_nowhere_else()
    {
        var visitors = new List<(string Name, Roles Roles, HttpClient Client)> { ("nobody", Roles.None, service.Client()), ("no role", Roles.None, await service.SignedInAsync(Roles.None)) };
        foreach (var role in RoleSets.Each)
        {
            visitors.Add((role.ToString(), role, await service.SignedInAsync(role)));
        }

        await Assert.MultipleAsync(async () =>
        {
            foreach (var (endpoint, who, _) in Expected.Where(line => line.Endpoint is not "POST /sign-out"))
            {
                foreach (var (name, roles, client) in visitors)
                {
                    var isIn = who is Anybody or Machine || (name != "nobody" && (who == SignedIn || who.Split(' ').Contains(roles.ToString())));
                    Assert.That(await IsLetInAsync(client, endpoint), Is.EqualTo(isIn), $"{name} at {endpoint}");
                }
            }
        });
        visitors.ForEach(visitor => visitor.Client.Dispose());
    }

    [Test]
    public async Task A_key_gets_in_only_by_its_scope_and_only_where_its_person_may()
    {
        foreach (var scope in new[] { ApiScopes.Submit, ApiScopes.Read, ApiScopes.Review, ApiScopes.RegisterRead, ApiScopes.RegisterWrite })
        {
            using var all = await service.WithKeyAsync(Roles.All, scope);
            using var none = await service.WithKeyAsync(Roles.None, scope);
            foreach (var (endpoint, who, needed) in Expected)
            {
                Assert.That(await IsLetInAsync(all, endpoint), Is.EqualTo(who is Anybody or Machine || (needed & scope) != 0), $"{scope} at {endpoint}");
                Assert.That(await IsLetInAsync(none, endpoint), Is.EqualTo(who is Anybody or Machine || (who == SignedIn && (needed & scope) != 0)), $"{scope} without roles at {endpoint}");
            }
        }
    }

    private static string Who(AccessRule rule) => rule.IsForEveryone ? Anybody : rule.IsForScraping ? Machine : rule.Roles == Roles.None ? SignedIn : string.Join(' ', rule.Roles.Separately());

    private static async Task<bool> IsLetInAsync(HttpClient client, string endpoint)
    {
        var (method, route) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1].Replace("{code:int}", "418", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed)
            // That page sends those away whose password was not asked for yet, whoever they are.
            && (endpoint == "GET /sign-in/code" || answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) != true);
    }

    private IEnumerable<RouteEndpoint> Endpoints() => service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
