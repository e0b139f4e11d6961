using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Screening;
using QRCoder;

namespace PublicationGate.App.Pages;

/// <summary>Letters on paper with links, to be printed. The answer to a form, never an address to come back to: the links are shown once.</summary>
internal sealed class PaperLettersModel(GuardianLinks links, ProtocolInUse protocol, ServiceOptions options) : GatePage
{
    // More than a school of pupils with two parents each would print at once.
    private const int MostLetters = 500;

    public IReadOnlyList<PaperLink> Letters { get; private set; } = [];

    public string School => protocol.Current.School;

    public async Task<IActionResult> OnPostAsync(long[]? guardian)
    {
        Letters = await links.MakeAsync([.. (guardian ?? []).Distinct().Take(MostLetters)], PupilGuardiansModel.Terms(options, protocol), Me.Id, Gone);
        return Page();
    }

    /// <summary>The whole address of a link; where nobody said what parents can reach, as who prints it reached the gate.</summary>
    public string AddressOf(PaperLink link) => options.PublicAddress.Of(link.Path) ?? $"{Request.Scheme}://{Request.Host}{link.Path}";

    /// <summary>An address for a camera: SVG, drawn here.</summary>
    public static string Picture(string address)
    {
        using var codes = new QRCodeGenerator();
        using var data = codes.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
    }
}
