using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using PublicationGate.Accounts;
using PublicationGate.App.Service;

namespace PublicationGate.App.Pages;

/// <summary>Sets language and colours, in a cookie; the language also in the account.</summary>
internal sealed class PreferencesModel(UserManager<Account> accounts, ServiceOptions options) : GatePage
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public async Task<IActionResult> OnPostAsync(string? language, string? theme, string? back)
    {
        if (language is "nl" or "en")
        {
            Set(Visit.LanguageCookie, language);
            if (Visit.Account is { } me && await accounts.FindByIdAsync(me.Id) is { } account)
            {
                account.Language = language;
                await accounts.UpdateAsync(account);
            }
        }

        if (theme is "light" or "dark")
        {
            Set(Visit.ThemeCookie, theme);
        }
        else if (theme is not null)
        {
            Response.Cookies.Delete(Visit.ThemeCookie);
        }

        return GoTo(back);
    }

    private void Set(string name, string value) => Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = options.IsBehindProxy || Request.IsHttps, MaxAge = Kept, IsEssential = true,
    });
}
