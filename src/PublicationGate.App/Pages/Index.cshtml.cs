using Microsoft.AspNetCore.Mvc;

namespace PublicationGate.App.Pages;

/// <summary>Sends everybody to their first page.</summary>
internal sealed class IndexModel : GatePage
{
    public IActionResult OnGet() => GoTo(Visit.Menu.FirstOrDefault()?.Route ?? "/account");
}
