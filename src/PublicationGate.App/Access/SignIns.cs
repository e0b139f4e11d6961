using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using PublicationGate.Accounts;
using PublicationGate.App.Service;
using PublicationGate.Audit;

namespace PublicationGate.App.Access;

/// <summary>How an attempt to sign in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>Wrong name, password or code, or locked: who tries is not told which.</summary>
    Refused,

    /// <summary>Name and password are right; the code is asked for.</summary>
    NeedsCode,

    /// <summary>Signed in.</summary>
    SignedIn,
}

/// <summary>Signing in and out.</summary>
internal sealed class SignIns(UserManager<Account> accounts, AccountActs acts, ServiceMetrics metrics, IHttpContextAccessor visit, TimeProvider time)
{
    private const string StampClaim = "stamp";
    private const string SinceItem = "since";
    private const string OwnTokens = "[gate]";
    private const string LastStep = "last-step";

    // Checked where there is no such account, so that both take equally long.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Account>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    private static Account Nobody => new() { CreatedAt = default };

    private HttpContext Context => visit.HttpContext!;

    /// <summary>The account that a cookie was made for; null for none.</summary>
    public static string? AccountOf(ClaimsPrincipal? principal) => principal?.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>Whether the cookie was made since the password was last set.</summary>
    public static bool IsSameStamp(Account account, ClaimsPrincipal? principal) => account.SecurityStamp is { } stamp && principal?.FindFirstValue(StampClaim) == stamp;

    /// <summary>When the person signed in.</summary>
    public static DateTimeOffset? Since(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SinceItem, out var since) && long.TryParse(since, CultureInfo.InvariantCulture, out var milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    /// <summary>Tries a name and a password.</summary>
    public async Task<SignInOutcome> TryPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (await accounts.FindByNameAsync(name.Trim()) is not { } account)
        {
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            metrics.RefusedSignIn("password");
            return SignInOutcome.Refused;
        }

        var isRight = account.PasswordHash is not null
            ? await accounts.CheckPasswordAsync(account, password)
            : accounts.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password) == PasswordVerificationResult.Success;
        if (account.IsLocked || await accounts.IsLockedOutAsync(account) || !isRight)
        {
            return await RefuseAsync(account, "password", cancellationToken);
        }

        if (!account.TwoFactorEnabled)
        {
            await LetInAsync(account, AuditKinds.SignedIn, cancellationToken);
            return SignInOutcome.SignedIn;
        }

        await Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, Principal(account, IdentityConstants.TwoFactorUserIdScheme));
        return SignInOutcome.NeedsCode;
    }

    /// <summary>Whether name and password were right a moment ago, so that a code may be tried.</summary>
    public async Task<bool> AwaitsCodeAsync() => await WaitingAsync() is not null;

    /// <summary>Tries the code of the app, or a recovery code, which holds once.</summary>
    public async Task<SignInOutcome> TryCodeAsync(string code, CancellationToken cancellationToken)
    {
        if (await WaitingAsync() is not { } account)
        {
            return SignInOutcome.Refused;
        }

        var isLocked = account.IsLocked || await accounts.IsLockedOutAsync(account);
        if (isLocked || !await IsRightCodeAsync(account, code.Replace(" ", "", StringComparison.Ordinal).Trim(), cancellationToken))
        {
            return await RefuseAsync(account, "code", cancellationToken);
        }

        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await LetInAsync(account, AuditKinds.SignedIn, cancellationToken);
        return SignInOutcome.SignedIn;
    }

    /// <summary>Whether a code of the app is right, and newer than all that were used.</summary>
    public async Task<bool> IsFreshCodeAsync(Account account, string code)
    {
        var last = long.TryParse(await accounts.GetAuthenticationTokenAsync(account, OwnTokens, LastStep), CultureInfo.InvariantCulture, out var used) ? used : 0;
        return await accounts.GetAuthenticatorKeyAsync(account) is { Length: > 0 } key && TimeCode.StepOf(key, code, last, time.GetUtcNow()) is { } step
            && (await accounts.SetAuthenticationTokenAsync(account, OwnTokens, LastStep, step.ToString(CultureInfo.InvariantCulture))).Succeeded;
    }

    /// <summary>Whether this is the password of who is signed in; a wrong one counts as at the sign-in, and while that is locked none is right.</summary>
    public async Task<bool> IsPasswordAsync(Account account, string password, CancellationToken cancellationToken)
    {
        if (!await accounts.IsLockedOutAsync(account) && await accounts.CheckPasswordAsync(account, password))
        {
            return true;
        }

        await RefuseAsync(account, "password", cancellationToken);
        return false;
    }

    /// <summary>Keeps the person signed in, for no longer than before, after the password or the second factor changed.</summary>
    public async Task RenewAsync(Account account)
    {
        var before = await Context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        await WriteCookieAsync(account, before.Properties is { } properties ? Since(properties) : null);
    }

    /// <summary>Signs a new person in.</summary>
    public Task LetInAsync(Account account, CancellationToken cancellationToken) => LetInAsync(account, AuditKinds.SignedIn, cancellationToken);

    /// <summary>Signs out, everywhere: a copy of the cookie ends with it.</summary>
    public async Task SignOutAsync(Account account, CancellationToken cancellationToken)
    {
        account = await accounts.FindByIdAsync(account.Id) ?? account;
        await acts.RecordAsync(AuditKinds.SignedOut, account.Id, null, () => accounts.UpdateSecurityStampAsync(account), cancellationToken);
        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private async Task LetInAsync(Account account, string kind, CancellationToken cancellationToken)
    {
        await acts.RecordAsync(kind, account.Id, null, () => accounts.ResetAccessFailedCountAsync(account), cancellationToken);
        await WriteCookieAsync(account, null);
    }

    private Task WriteCookieAsync(Account account, DateTimeOffset? since) =>
        Context.SignInAsync(IdentityConstants.ApplicationScheme, Principal(account, IdentityConstants.ApplicationScheme), Properties(since ?? time.GetUtcNow()));

    private async Task<SignInOutcome> RefuseAsync(Account account, string what, CancellationToken cancellationToken)
    {
        metrics.RefusedSignIn(what);
        // The same object, or a fresh one where a change of it was refused a moment ago and is forgotten.
        account = await accounts.FindByIdAsync(account.Id) ?? account;
        await acts.RecordAsync(AuditKinds.SignInRefused, account.Id, null, () => accounts.AccessFailedAsync(account), cancellationToken);
        return SignInOutcome.Refused;
    }

    // The row of the account carries a concurrency stamp: of two who send the same code at once, one fails.
    private async Task<bool> IsRightCodeAsync(Account account, string code, CancellationToken cancellationToken)
    {
        var isRight = code.All(char.IsAsciiDigit) && code.Length == 6
            ? await IsFreshCodeAsync(account, code)
            : await RedeemAsync(account, code, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return isRight;
    }

    // On record by itself: who lost the telephone knows of it, who did not should hear of it.
    private async Task<bool> RedeemAsync(Account account, string code, CancellationToken cancellationToken)
    {
        var left = await accounts.CountRecoveryCodesAsync(account) - 1;
        var details = new Dictionary<string, string> { ["remaining"] = left.ToString(CultureInfo.InvariantCulture) };
        return (await acts.RecordAsync(AuditKinds.RecoveryCodeUsed, account.Id, details, () => accounts.RedeemTwoFactorRecoveryCodeAsync(account, code), cancellationToken)).Succeeded;
    }

    private async Task<Account?> WaitingAsync()
    {
        var waiting = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return AccountOf(waiting.Principal) is { } id && await accounts.FindByIdAsync(id) is { } account && IsSameStamp(account, waiting.Principal) ? account : null;
    }

    private static ClaimsPrincipal Principal(Account account, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(StampClaim, account.SecurityStamp ?? "")], scheme));

    private static AuthenticationProperties Properties(DateTimeOffset since) => new() { Items = { [SinceItem] = since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) } };
}
