using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PublicationGate.Accounts;
using PublicationGate.App.Service;
using PublicationGate.Mailing;

namespace PublicationGate.App.Pages;

/// <summary>What every page has: sentences in the visitor's language, mistakes in a form by field, and a message for the next page.</summary>
internal abstract class GatePage : PageModel
{
    private const string MessageKey = "message";

    /// <summary>Who asks and how.</summary>
    public Visit Visit => HttpContext.RequestServices.GetRequiredService<Visit>();

    /// <summary>The account of who asks; the access table lets nobody else in on pages that use it.</summary>
    protected Account Me => Visit.Account ?? throw new InvalidOperationException("The access table lets only people in who signed in.");

    /// <summary>Ends when the visitor no longer waits.</summary>
    protected CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>A sentence in the language of this visit.</summary>
    public string T(string key, params (string Name, object Value)[] values) => Visit.T(key, values);

    /// <summary>Says what is wrong with a field; it is marked, and stands in the summary.</summary>
    /// <param name="field">Name of the field, as in the form; empty for the form as a whole.</param>
    /// <param name="key">The sentence.</param>
    /// <param name="values">What it names.</param>
    protected void Mistake(string field, string key, params (string Name, object Value)[] values) => ModelState.AddModelError(field, T(key, values));

    /// <summary>Reads a field for an e-mail address, which may be left empty; says so when it holds something else.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="address">The address; null for none.</param>
    protected bool ReadAddress(string? typed, out string? address)
    {
        address = MailAddress.Read(typed);
        if (address is null && !string.IsNullOrWhiteSpace(typed))
        {
            Mistake("email", "account.mistake.email");
            return false;
        }

        return true;
    }

    /// <summary>Has the next page say that something was done.</summary>
    protected void Tell(string key, params (string Name, object Value)[] values) => TempData[MessageKey] = T(key, values);

    /// <summary>The whole address of a page, for paper and for who keeps it: at the address that the school said people can reach, else as this visitor reached the gate.</summary>
    public string WholeAddressOf(string path) =>
        HttpContext.RequestServices.GetRequiredService<ServiceOptions>().PublicAddress.Of(path) ?? $"{Request.Scheme}://{Request.Host}{path}";

    /// <summary>Printed addresses open on this machine alone: nobody outside can follow them.</summary>
    public bool LeadsToThisMachine => new Uri(WholeAddressOf("/")).IsLoopback;

    /// <summary>Letters with links are sent; else they wait until the mail server and the address of the gate are set.</summary>
    public bool SendsLetters => HttpContext.RequestServices.GetRequiredService<MailSettings>().IsSet && HttpContext.RequestServices.GetRequiredService<ServiceOptions>().PublicAddress.Root is not null;

    /// <summary>Goes to a page of the gate, never to another site.</summary>
    protected IActionResult GoTo(string? address) => LocalRedirect(Url.IsLocalUrl(address) ? address : "/");
}
