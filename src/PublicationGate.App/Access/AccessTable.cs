using PublicationGate.Accounts;
using static PublicationGate.Accounts.Roles;
using static PublicationGate.Accounts.ApiScopes;
using static PublicationGate.App.Access.AccessRule;

namespace PublicationGate.App.Access;

/// <summary>Who may call which endpoint: all of it, in one place. An endpoint that is not here is refused to everybody.</summary>
internal static class AccessTable
{
    private const Roles Submitters = WebsiteManager | Teacher;
    private const Roles Reviewers = WebsiteManager | Reviewer;
    private const Roles Lookers = Submitters | Reviewers | Head;

    /// <summary>The table. A new endpoint gets a line here, and one in <c>AccessTableTests</c>.</summary>
    public static IReadOnlyList<AccessRule> Rules { get; } =
    [
        // The way in
        Everyone("GET", "/healthz/live"),
        Everyone("GET", "/healthz/ready"),
        Metrics("GET", "/metrics"),
        Everyone("GET POST", "/welcome"),
        Everyone("GET POST", "/set-password"),
        Everyone("GET POST", "/sign-in"),
        Everyone("GET POST", "/sign-in/code"),
        Everyone("POST", "/preferences"),
        Everyone("GET POST PUT PATCH DELETE", "/error/{code:int}"),

        // By a link, for parents
        Everyone("GET POST", "/my-child/{token}"),

        // For whoever checks a certificate
        Everyone("GET", "/.well-known/publication-gate/keys.json"),
        Everyone("GET", "/.well-known/publication-gate/revoked.json"),

        // For families
        Everyone("GET POST", "/remove"),
        Everyone("GET POST", "/removal-request/{token}"),
        Everyone("GET", "/removal-request/{token}/photo/{release}"),

        // One's own
        SignedIn("GET", "/"),
        SignedIn("POST", "/sign-out"),
        SignedIn("GET POST", "/guidance"),
        SignedIn("GET POST", "/account"),
        SignedIn("GET POST", "/account/second-factor"),
        SignedIn("GET POST", "/account/keys"),

        // Rounds
        Everyone("GET POST", "/round/{token}"),
        Page("GET", "/rounds", WebsiteManager | Head),
        Page("GET POST", "/rounds/draft", WebsiteManager | Head),
        Page("GET POST", "/rounds/{id}", WebsiteManager | Head),
        Page("GET", "/rounds/{id}/result", WebsiteManager | Head),
        Page("GET POST", "/rounds/{id}/paper", WebsiteManager | Head),

        // Taking back
        Page("GET POST", "/removals", WebsiteManager | Head),
        Page("GET POST", "/removals/requests/{id}", WebsiteManager | Head),
        Page("GET", "/removals/requests/{id}/picture", WebsiteManager | Head),

        // Recordings with a purpose
        Page("GET", "/recordings", WebsiteManager | Head),
        Page("GET POST", "/recordings/new", WebsiteManager | Head),
        Page("GET POST", "/recordings/{id}", WebsiteManager | Head),
        Page("GET", "/recordings/{id}/certificate", WebsiteManager | Head),

        // Incidents: everybody reports, the head alone reads
        SignedIn("GET POST", "/report"),
        Page("GET", "/incidents", Head),
        Page("GET POST", "/incidents/{id}", Head),

        // Register
        Page("GET", "/register", WebsiteManager | Reviewer | Head | Teacher),
        Page("POST", "/register", WebsiteManager | Reviewer | Head),
        Page("GET POST", "/register/import", WebsiteManager),
        Page("GET", "/register/groups/{group}", WebsiteManager | Reviewer | Head),
        Page("GET POST", "/register/groups/{group}/links", WebsiteManager),
        Page("GET POST", "/register/pupils/{key}/guardians", WebsiteManager),
        Page("POST", "/register/letters", WebsiteManager),
        Page("GET", "/register/groups/{group}/card", WebsiteManager | Reviewer | Head | Teacher),
        Page("GET", "/register/pupils/{key}", WebsiteManager | Reviewer | Head),
        Page("POST", "/register/pupils/{key}", WebsiteManager),

        // Protocol
        Page("GET", "/protocol", WebsiteManager | Reviewer | Head | Teacher),
        Page("GET POST", "/protocol/channels/{channel}", Head),

        // Dashboard
        Page("GET", "/dashboard", WebsiteManager | Head),

        // Submitting
        Page("GET POST", "/submit", WebsiteManager | Teacher),
        Page("GET", "/submissions", WebsiteManager | Teacher | Reviewer),
        Page("GET POST", "/submissions/{id}", WebsiteManager | Teacher | Reviewer),
        Page("GET POST", "/submissions/{id}/declare", WebsiteManager | Teacher),
        Page("GET", "/submissions/album/{id}", WebsiteManager | Teacher | Reviewer),

        // Review and what was released
        Page("GET", "/photos/{id}/preview", WebsiteManager | Reviewer | Teacher),
        Page("GET", "/review", WebsiteManager | Reviewer),
        Page("GET POST", "/review/{id}", WebsiteManager | Reviewer),
        Page("GET POST", "/review/album/{albumId}", WebsiteManager | Reviewer),
        Page("GET", "/published", WebsiteManager | Reviewer | Head),
        Page("GET", "/published/{id}", WebsiteManager | Reviewer | Head),
        Page("GET", "/published/{id}/copy", WebsiteManager | Reviewer | Head),
        Page("GET", "/published/{id}/preview", WebsiteManager | Reviewer | Head),

        // The API
        Everyone("GET", "/api/v1/openapi.json"),
        Everyone("GET", "/api/v1/health"),
        ForPrograms("GET", "/api/v1/limits", All, Submit | Read),
        ForPrograms("GET", "/api/v1/channels", All, Submit | Read),
        ForPrograms("GET", "/api/v1/protocol", All, Read),
        ForPrograms("POST", "/api/v1/submissions", Submitters, Submit),
        ForPrograms("GET", "/api/v1/submissions", Lookers, Submit | Read),
        ForPrograms("GET", "/api/v1/submissions/{id}", Lookers, Submit | Read),
        ForPrograms("GET", "/api/v1/submissions/{id}/explanation", Lookers, Submit | Read),
        ForPrograms("GET", "/api/v1/submissions/{id}/facts", Submitters | Reviewers, Read),
        ForPrograms("GET", "/api/v1/submissions/{id}/overlay", Submitters | Reviewers, Submit | Read),
        ForPrograms("GET", "/api/v1/submissions/{id}/preview", Submitters | Reviewers, Submit | Read),
        ForPrograms("GET", "/api/v1/submissions/{id}/copy", Lookers, Read),
        ForPrograms("POST", "/api/v1/submissions/{id}/declaration", Submitters | Reviewers, Submit | ApiScopes.Review),
        ForPrograms("POST", "/api/v1/submissions/{id}/answer", Submitters, Submit),
        ForPrograms("POST", "/api/v1/submissions/{id}/approve", Reviewers, ApiScopes.Review),
        ForPrograms("POST", "/api/v1/submissions/{id}/refuse", Reviewers, ApiScopes.Review),
        ForPrograms("POST", "/api/v1/submissions/{id}/marks", Reviewers, ApiScopes.Review),
        ForPrograms("POST", "/api/v1/submissions/{id}/question", Reviewers, ApiScopes.Review),
        ForPrograms("POST", "/api/v1/submissions/{id}/undo", Reviewers, ApiScopes.Review),
        ForPrograms("GET", "/api/v1/register/groups", Lookers, RegisterRead),
        ForPrograms("GET", "/api/v1/register/groups/{group}", Reviewers | Head, RegisterRead),
        ForPrograms("GET", "/api/v1/register/pupils/{key}", WebsiteManager | Head, RegisterRead),
        ForPrograms("POST", "/api/v1/register/pupils/{key}/answers", WebsiteManager, RegisterWrite),
        ForPrograms("POST", "/api/v1/register/imports", WebsiteManager, RegisterWrite),

        // Releases
        Page("GET", "/published/zip", WebsiteManager | Teacher | Head | Reviewer | Administrator),

        // What was published
        Page("GET", "/published/{id}/certificate", WebsiteManager | Reviewer | Head),

        // Administration
        Page("GET POST", "/accounts", Administrator),
        Page("GET POST", "/mail", WebsiteManager | Administrator),
    ];

    /// <summary>The rule for an endpoint and a method; null when there is none.</summary>
    public static AccessRule? Of(Endpoint endpoint, string method) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } ? Of("/" + route.Trim('/'), method) : null;

    /// <summary>The rule for a route and a method; null when there is none.</summary>
    public static AccessRule? Of(string route, string method) => Rules.FirstOrDefault(rule => rule.Route == route && rule.IsFor(method == "HEAD" ? "GET" : method));
}
