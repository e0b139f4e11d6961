using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using PublicationGate.App.Requests;
using PublicationGate.App.Service;
using PublicationGate.Links;
using PublicationGate.Removal.Requests;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Where a family asks that a picture goes, without an account. The answer is the page of the request, under a link that nobody can guess.</summary>
/// <remarks>The token is checked in the handler: the framework's own check would call a picture that is too large an expired form.</remarks>
[IgnoreAntiforgeryToken]
[EnableRateLimiting(RateLimits.Requests)]
[RequestSizeLimit(3 * MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes, MemoryBufferThreshold = (int)MostBytes, ValueCountLimit = 20, ValueLengthLimit = LongestField, MultipartHeadersCountLimit = 8)]
internal sealed class RemoveModel(SentPictures pictures, RequestSources sources, RequestOptions options, ProtocolInUse protocol, IAntiforgery forgery, IMediator mediator) : GatePage
{
    // Beside the picture a few lines. Somewhat more is read and dropped: who sends it hears why instead of a connection that breaks.
    private const long MostBytes = SentPictures.MaximumBytes + (1L << 20);
    private const long WithoutPicture = 64 * 1024;
    private const int LongestField = 8192;
    private const int LongestAddress = 2000;
    private const int LongestName = 100;
    private const int LongestWhy = 1000;

    // Slower than any telephone, and too fast to keep a place for hours.
    private static readonly Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate Slowest = new(8192, TimeSpan.FromSeconds(10));

    /// <summary>How requests are treated.</summary>
    public RequestOptions Options => options;

    /// <summary>Who is asked.</summary>
    public string School => protocol.Current.School;

    /// <summary>What was typed, where the form comes back.</summary>
    public RequestDraft Typed { get; private set; } = new(null, null, "", "", "", null, "nl");

    private string Source => sources.Of(HttpContext.Connection.RemoteIpAddress);

    public async Task<IActionResult> OnPostAsync()
    {
        // An address alone costs nothing: it is taken in however many send pictures.
        if (Request.ContentLength <= WithoutPicture)
        {
            return await TakeInAsync();
        }

        if (HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = Slowest;
        }

        return await pictures.InPlaceAsync(Source, TakeInAsync, Gone) ?? Busy();
    }

    private async Task<IActionResult> TakeInAsync()
    {
        if (await FormAsync() is not { } form)
        {
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            Mistake("photo", "request.photo.too-large", ("most", SentPictures.Megabytes));
            return Page();
        }

        if (!await forgery.IsRequestValidAsync(HttpContext))
        {
            return BadRequest();
        }

        var photo = form.Files.GetFile("photo") is { Length: > 0 } file ? file : null;
        Typed = new(Field(form, "address"), null, Field(form, "child") ?? "", Field(form, "group") ?? "", Field(form, "contact") ?? "", Field(form, "why"), Visit.Language);
        Check(photo);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await LookAtAsync(photo) is not (true, var picture))
        {
            return Busy();
        }

        var (_, token) = await mediator.Send(new AskRemoval(Understood() with { Picture = picture }, Source), Gone);
        return GoTo(AccessLink.PathOf(LinkPurpose.Request, token));
    }

    // With the photo itself, what is no address still tells a person something.
    private RequestDraft Understood() => Typed.Address is { } written && !RequestDraft.IsAddress(written)
        ? Typed with { Address = null, Words = Typed.Words is { } words ? words + "\n\n" + written : written }
        : Typed;

    private PageResult Busy()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        Mistake("photo", "request.busy");
        return Page();
    }

    private async Task<IFormCollection?> FormAsync()
    {
        try
        {
            return Request.HasFormContentType ? await Request.ReadFormAsync(Gone) : FormCollection.Empty;
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (InvalidDataException)
        {
            // Else it is more fields than the form has, or longer ones.
            return Request.ContentLength > MostBytes ? null : FormCollection.Empty;
        }
    }

    private void Check(IFormFile? photo)
    {
        if (photo is null && Typed.Address is null)
        {
            Mistake("address", "request.nothing-given");
        }
        else if (photo is null && Typed.Address!.Length <= LongestAddress && !RequestDraft.IsAddress(Typed.Address))
        {
            Mistake("address", "request.address.none");
        }

        if (photo?.Length > SentPictures.MaximumBytes)
        {
            Mistake("photo", "request.photo.too-large", ("most", SentPictures.Megabytes));
        }

        Need("address", Typed.Address ?? "-", LongestAddress, "request.too-long");
        Need("child", Typed.Child, LongestName, "request.child.needed");
        Need("group", Typed.Group, LongestName, "request.group.needed");
        Need("why", Typed.Words ?? "-", LongestWhy, "request.too-long");
        if (!FamilyContact.IsKnown(Typed.Contact))
        {
            Mistake("contact", "request.contact.needed");
        }

        // A browser does not fill in a file again.
        if (!ModelState.IsValid && photo is not null)
        {
            Mistake("photo", "request.photo.again");
        }
    }

    private void Need(string field, string written, int most, string key)
    {
        if (written.Length == 0 || written.Length > most)
        {
            Mistake(field, written.Length > most ? "request.too-long" : key, ("most", most));
        }
    }

    private async Task<(bool, SentPicture?)> LookAtAsync(IFormFile? photo)
    {
        if (photo is null)
        {
            return (true, null);
        }

        using var bytes = new MemoryStream((int)photo.Length);
        await photo.CopyToAsync(bytes, Gone);
        return await pictures.LookAtAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), Gone) is { } sent ? (true, sent) : (false, null);
    }

    private static string? Field(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } written ? written : null;
}
