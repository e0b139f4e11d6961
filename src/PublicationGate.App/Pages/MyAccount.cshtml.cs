using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>One's own account: password, and the ways to the second factor and to API keys.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class MyAccountModel(AccountActs acts, SignIns signIns) : GatePage
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Email { get; private set; }

    public void OnGet() => Email = Me.Email;

    public async Task<IActionResult> OnPostEmailAsync(string? email)
    {
        Email = email;
        if (!ReadAddress(email, out var address) || await acts.FindAsync(Me.Id, Gone) is not { } account)
        {
            return Page();
        }

        var result = await acts.SetEmailAsync(account, account, address, Gone);
        if (!result.Succeeded)
        {
            AccountMistakes.AddTo(ModelState, result, Visit);
            return Page();
        }

        Tell("account.email.done");
        return GoTo("/account");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Email = Me.Email;
        if (await acts.FindAsync(Me.Id, Gone) is not { } account)
        {
            return GoTo("/sign-in");
        }

        if (!await signIns.IsPasswordAsync(account, Current ?? "", Gone))
        {
            Mistake("current", "account.mistake.password-wrong");
            return Page();
        }

        var result = await acts.ChangePasswordAsync(account, Current ?? "", Password ?? "", Gone);
        if (!result.Succeeded)
        {
            AccountMistakes.AddTo(ModelState, result, Visit);
            return Page();
        }

        await signIns.RenewAsync(account);
        Tell("account.password.done");
        return GoTo("/account");
    }
}
