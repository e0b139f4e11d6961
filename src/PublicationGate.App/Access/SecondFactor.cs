using Microsoft.AspNetCore.Identity;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using QRCoder;

namespace PublicationGate.App.Access;

/// <summary>The second factor of an account: codes of an app on the person's telephone (TOTP, RFC 6238), and recovery codes that each hold once.</summary>
internal sealed class SecondFactor(UserManager<Account> accounts, AccountActs acts, SignIns signIns)
{
    private const int RecoveryCodes = 10;

    /// <summary>The key that the app is given; a new one unless one waits to be confirmed.</summary>
    public async Task<string> KeyAsync(Account account)
    {
        if (await accounts.GetAuthenticatorKeyAsync(account) is not { Length: > 0 } key)
        {
            await accounts.ResetAuthenticatorKeyAsync(account);
            key = (await accounts.GetAuthenticatorKeyAsync(account))!;
        }

        return key;
    }

    /// <summary>The key as a picture for the app to photograph: SVG, drawn here.</summary>
    public static string Picture(Account account, string key)
    {
        var name = Uri.EscapeDataString("Publication Gate:" + account.UserName);
        using var codes = new QRCodeGenerator();
        using var data = codes.CreateQrCode($"otpauth://totp/{name}?secret={key}&issuer=Publication%20Gate&digits=6", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
    }

    /// <summary>Switches it on, once the app shows a right code.</summary>
    /// <returns>The recovery codes, which nobody can read again; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> SwitchOnAsync(Account account, string code, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? codes = null;
        await acts.RecordAsync(AuditKinds.SecondFactorChanged, account.Id, new Dictionary<string, string> { ["state"] = "on" }, async () =>
        {
            if (!await signIns.IsFreshCodeAsync(account, code.Replace(" ", "", StringComparison.Ordinal)))
            {
                return IdentityResult.Failed();
            }

            codes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) ?? []];
            return await accounts.SetTwoFactorEnabledAsync(account, true);
        }, cancellationToken);
        return codes;
    }

    /// <summary>Switches it off, for who knows the password.</summary>
    public async Task<bool> SwitchOffAsync(Account account, string password, CancellationToken cancellationToken)
    {
        if (!await signIns.IsPasswordAsync(account, password, cancellationToken))
        {
            return false;
        }

        var result = await acts.RecordAsync(AuditKinds.SecondFactorChanged, account.Id, new Dictionary<string, string> { ["state"] = "off" }, async () =>
        {
            await accounts.ResetAuthenticatorKeyAsync(account);
            return await accounts.SetTwoFactorEnabledAsync(account, false);
        }, cancellationToken);
        return result.Succeeded;
    }
}
