using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.Accounts;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>One's own API keys: shown once when made, revoked at once.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class MyKeysModel(ApiKeys keys, AccountActs acts, SignIns signIns) : GatePage
{
    private const int LongestName = 100;

    /// <summary>Each scope by itself, in the order in which people see them.</summary>
    public static IReadOnlyList<ApiScopes> AllScopes { get; } = [ApiScopes.Submit, ApiScopes.Read, ApiScopes.Review, ApiScopes.RegisterRead, ApiScopes.RegisterWrite];

    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The key that was made just now; it is not kept.</summary>
    public string? Made { get; private set; }

    public string? Name { get; private set; }

    public async Task OnGetAsync() => Keys = await keys.OfAsync(Me, Gone);

    public async Task<IActionResult> OnPostMakeAsync(string? name, ApiScopes[] scopes, string? password)
    {
        var together = scopes.Where(AllScopes.Contains).Aggregate(ApiScopes.None, (all, scope) => all | scope);
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            Mistake("name", "keys.mistake.name");
        }

        if (together == ApiScopes.None)
        {
            Mistake("", "keys.mistake.scopes");
        }

        if (ModelState.IsValid && (await acts.FindAsync(Me.Id, Gone) is not { } account || !await signIns.IsPasswordAsync(account, password ?? "", Gone)))
        {
            Mistake("password", "account.mistake.password-wrong");
        }

        Name = name;
        Made = ModelState.IsValid ? await keys.MakeAsync(Me, name!, together, Gone) : null;
        Keys = await keys.OfAsync(Me, Gone);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id)
    {
        await keys.RevokeAsync(Me, id, Gone);
        Tell("keys.revoked");
        return GoTo("/account/keys");
    }
}
