using Microsoft.AspNetCore.Mvc;

namespace PublicationGate.App.Pages;

/// <summary>The page for what was refused, is not there or went wrong. It says nothing of the inside.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : GatePage
{
    private static readonly int[] Codes = [400, 403, 404, 429, 500, 503];

    /// <summary>The status that this page has a sentence for.</summary>
    public int Known { get; private set; }

    // From the route alone: the form that failed may have a field of that name.
    public void OnGet([FromRoute] int code) => Say(code);

    public void OnPost([FromRoute] int code) => Say(code);

    public void OnPut([FromRoute] int code) => Say(code);

    public void OnPatch([FromRoute] int code) => Say(code);

    public void OnDelete([FromRoute] int code) => Say(code);

    private void Say(int code)
    {
        Known = Codes.Contains(code) ? code : code >= 500 ? 500 : code == 405 ? 404 : 400;
        // Whoever opens this address by hand gets what it is about.
        Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
    }
}
