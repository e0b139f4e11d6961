using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>Switches the second factor of one's account on and off.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class MySecondFactorModel(AccountActs acts, SignIns signIns, SecondFactor factor) : GatePage
{
    public string Key { get; private set; } = "";

    public string Picture { get; private set; } = "";

    /// <summary>Shown once, when it was switched on just now.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostOnAsync(string? code, string? password)
    {
        var account = (await acts.FindAsync(Me.Id, Gone))!;
        if (!await signIns.IsPasswordAsync(account, password ?? "", Gone))
        {
            Mistake("password", "account.mistake.password-wrong");
            await ShowAsync();
            return Page();
        }

        RecoveryCodes = await factor.SwitchOnAsync(account, code ?? "", Gone);
        if (RecoveryCodes is not null)
        {
            await signIns.RenewAsync(account);
            return Page();
        }

        Mistake("code", "second-factor.wrong-code");
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync(string? password)
    {
        var account = (await acts.FindAsync(Me.Id, Gone))!;
        if (!await factor.SwitchOffAsync(account, password ?? "", Gone))
        {
            Mistake("password", "account.mistake.password-wrong");
            return Page();
        }

        await signIns.RenewAsync(account);
        Tell("second-factor.is-off");
        return GoTo("/account");
    }

    private async Task ShowAsync()
    {
        if (!Me.TwoFactorEnabled && await acts.FindAsync(Me.Id, Gone) is { } account)
        {
            Key = await factor.KeyAsync(account);
            Picture = SecondFactor.Picture(account, Key);
            // Making a key makes a new stamp, which would sign this person out.
            await signIns.RenewAsync(account);
        }
    }
}
