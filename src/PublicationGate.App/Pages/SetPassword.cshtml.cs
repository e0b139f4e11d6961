using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>Sets the password of an account, for who has the link that an administrator made.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SetPasswordModel(AccountActs acts) : GatePage
{
    [BindProperty]
    public string? Account { get; set; }

    [BindProperty]
    public string? Link { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public void OnGet(string? account, string? token) => (Account, Link) = (account, token);

    public async Task<IActionResult> OnPostAsync()
    {
        if (await acts.FindAsync(Account ?? "", Gone) is not { IsLocked: false } account)
        {
            Mistake("", "account.mistake.link");
            return Page();
        }

        var result = await acts.SetPasswordAsync(account, Link ?? "", Password ?? "", Gone);
        if (!result.Succeeded)
        {
            AccountMistakes.AddTo(ModelState, result, Visit);
            return Page();
        }

        Tell("set-password.done");
        return GoTo("/sign-in");
    }
}
