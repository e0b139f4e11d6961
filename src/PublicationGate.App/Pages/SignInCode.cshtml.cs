using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>Asks for the code of the second factor.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SignInCodeModel(SignIns signIns) : GatePage
{
    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() => await signIns.AwaitsCodeAsync() ? Page() : GoTo("/sign-in");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await signIns.AwaitsCodeAsync())
        {
            return GoTo("/sign-in");
        }

        if (await signIns.TryCodeAsync(Code ?? "", Gone) == SignInOutcome.SignedIn)
        {
            return GoTo(Return);
        }

        Mistake("code", "sign-in.code.refused");
        return Page();
    }
}
