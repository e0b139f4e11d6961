using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Access;

namespace PublicationGate.App.Pages;

/// <summary>Signs out.</summary>
internal sealed class SignOutModel(SignIns signIns) : GatePage
{
    public async Task<IActionResult> OnPostAsync()
    {
        await signIns.SignOutAsync(Me, Gone);
        // What is left in the browser's memory of this site may show names.
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return GoTo("/sign-in");
    }
}
