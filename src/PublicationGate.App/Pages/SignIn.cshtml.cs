using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>Asks for name and password.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class SignInModel(SignIns signIns) : GatePage
{
    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public IActionResult OnGet() => Visit.Account is null ? Page() : GoTo(Return);

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await signIns.TryPasswordAsync(Name ?? "", Password ?? "", Gone))
        {
            case SignInOutcome.SignedIn:
                return GoTo(Return);
            case SignInOutcome.NeedsCode:
                return LocalRedirect("/sign-in/code" + QueryString.Create("return", Return ?? "/"));
            default:
                Mistake("", "sign-in.refused");
                return Page();
        }
    }
}
