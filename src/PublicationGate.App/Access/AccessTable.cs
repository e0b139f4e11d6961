using static PublicationGate.Accounts.Roles;
using static PublicationGate.App.Access.AccessRule;

namespace PublicationGate.App.Access;

/// <summary>Who may call which endpoint: all of it, in one place. An endpoint that is not here is refused to everybody.</summary>
internal static class AccessTable
{
    /// <summary>The table. A new endpoint gets a line here, and one in <c>AccessTableTests</c>.</summary>
    public static IReadOnlyList<AccessRule> Rules { get; } =
    [
        // The way in
        Everyone("GET", "/healthz/live"),
        Everyone("GET", "/healthz/ready"),
        Everyone("GET POST", "/welcome"),
        Everyone("GET POST", "/set-password"),
        Everyone("GET POST", "/sign-in"),
        Everyone("GET POST", "/sign-in/code"),
        Everyone("POST", "/preferences"),
        Everyone("GET POST PUT PATCH DELETE", "/error/{code:int}"),

        // For whoever checks a certificate
        Everyone("GET", "/.well-known/publication-gate/keys.json"),
        Everyone("GET", "/.well-known/publication-gate/revoked.json"),

        // One's own
        SignedIn("GET", "/"),
        SignedIn("POST", "/sign-out"),
        SignedIn("GET POST", "/account"),
        SignedIn("GET POST", "/account/second-factor"),
        SignedIn("GET POST", "/account/keys"),

        // What was published
        Page("GET", "/published/{id}/certificate", WebsiteManager | Reviewer | Head),

        // Administration
        Page("GET POST", "/accounts", Administrator),
    ];

    /// <summary>The rule for an endpoint and a method; null when there is none.</summary>
    public static AccessRule? Of(Endpoint endpoint, string method) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } ? Of("/" + route.Trim('/'), method) : null;

    /// <summary>The rule for a route and a method; null when there is none.</summary>
    public static AccessRule? Of(string route, string method) => Rules.FirstOrDefault(rule => rule.Route == route && rule.IsFor(method == "HEAD" ? "GET" : method));
}
