using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PublicationGate.Accounts;
using PublicationGate.App.Service;
using PublicationGate.Data;

namespace PublicationGate.App.Access;

/// <summary>Lets programs in by <c>Authorization: Bearer KEY</c>, at the API only.</summary>
internal sealed class ApiKeySignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, GateDb db, ServiceMetrics metrics, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "api-key";

    private const string Bearer = "Bearer ";

    // A key that is used all day is not written to the table all day.
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromMinutes(1);

    /// <summary>Whether a request brings a key; then cookies do not count for it.</summary>
    public static bool IsMeant(HttpContext context) => context.Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var given = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        if (!given.StartsWith(ApiKey.Start, StringComparison.Ordinal))
        {
            // Whatever it is, the table of keys need not be asked: that also holds while the database is away.
            return AuthenticateResult.NoResult();
        }

        var hash = ApiKey.HashOf(given);
        var found = await (from key in db.ApiKeys.AsNoTracking()
                           join account in db.Accounts.AsNoTracking() on key.AccountId equals account.Id
                           where key.Sha256 == hash && key.RevokedAt == null && !account.IsLocked
                           select new { Key = key, Account = account }).FirstOrDefaultAsync(Context.RequestAborted);
        if (found is null)
        {
            metrics.RefusedSignIn("key");
            return AuthenticateResult.Fail("The key is not known, or holds no longer.");
        }

        await MarkAsync(found.Key);
        Context.Features.Set(new Visitor(found.Account, found.Key));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, found.Account.Id)], Scheme);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme));
    }

    private async Task MarkAsync(ApiKey key)
    {
        var now = time.GetUtcNow();
        if (key.LastUsedAt is null || now - key.LastUsedAt >= BetweenMarks)
        {
            await db.ApiKeys.Where(row => row.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), Context.RequestAborted);
        }
    }
}
