using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Access;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>Makes the first account, for who has the one-time link that the program printed.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class WelcomeModel(FirstAccount first, AccountActs acts, SignIns signIns) : GatePage
{
    /// <summary>What makes the link one that nobody guesses.</summary>
    [BindProperty]
    public string? Link { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Whether the link still holds.</summary>
    public bool Holds => first.Holds(Link);

    public void OnGet(string? token) => Link = token;

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Holds)
        {
            return Page();
        }

        var (account, result) = await acts.MakeFirstAsync(Name ?? "", Password ?? "", Gone);
        if (account is null)
        {
            AccountMistakes.AddTo(ModelState, result, Visit);
            return Page();
        }

        first.Used();
        await signIns.LetInAsync(account, Gone);
        Tell("welcome.done");
        return GoTo("/");
    }
}
