using PublicationGate.Accounts;

namespace PublicationGate.App.Access;

/// <summary>Who may call one endpoint.</summary>
/// <param name="Methods">HTTP methods, in capitals with a space between them.</param>
/// <param name="Route">The route pattern as the endpoint has it, from <c>/</c>.</param>
/// <param name="Roles">One of these is needed; none for whoever is signed in.</param>
internal sealed record AccessRule(string Methods, string Route, Roles Roles)
{
    /// <summary>Nobody needs to be signed in.</summary>
    public bool IsForEveryone { get; init; }

    /// <summary>The scopes of which an API key needs one; none where keys do not come in at all.</summary>
    public ApiScopes Scope { get; init; }

    /// <summary>Whether it is about a method.</summary>
    public bool IsFor(string method) => Methods.Split(' ').Contains(method);

    /// <summary>Whether a visitor may call it; null for who is not signed in.</summary>
    public bool Admits(Visitor? visitor) => IsForEveryone
        || (visitor is not null
            && (Roles == Roles.None || (visitor.Account.Roles & Roles) != 0)
            && (visitor.Key is null || (visitor.Key.Scopes & Scope) != 0));

    /// <summary>An endpoint that needs no sign-in.</summary>
    public static AccessRule Everyone(string methods, string route) => new(methods, route, Roles.None) { IsForEveryone = true };

    /// <summary>A page for whoever is signed in.</summary>
    public static AccessRule SignedIn(string methods, string route) => new(methods, route, Roles.None);

    /// <summary>A page for roles.</summary>
    public static AccessRule Page(string methods, string route, Roles roles) => new(methods, route, roles);

    /// <summary>An endpoint of the API: for roles, and for their keys with a scope.</summary>
    public static AccessRule ForPrograms(string methods, string route, Roles roles, ApiScopes scope) => new(methods, route, roles) { Scope = scope };
}

/// <summary>Who calls: a person with an account, or a program with a key of one.</summary>
/// <param name="Account">The account, as it was read for this request.</param>
/// <param name="Key">The key; null for a person who signed in.</param>
internal sealed record Visitor(Account Account, ApiKey? Key);
