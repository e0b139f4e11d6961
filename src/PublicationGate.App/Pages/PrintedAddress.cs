using System.Text;
using QRCoder;

namespace PublicationGate.App.Pages;

/// <summary>An address on paper: for a camera, and to be typed.</summary>
/// <param name="Address">The whole address.</param>
/// <param name="Language">The language of who gets the paper.</param>
internal sealed record PrintedAddress(string Address, string Language)
{
    /// <summary>The QR code, drawn here, as the address of a picture (SVG).</summary>
    public string Picture
    {
        get
        {
            using var codes = new QRCodeGenerator();
            using var data = codes.CreateQrCode(Address, QRCodeGenerator.ECCLevel.M);
            using var svg = new SvgQRCode(data);
            return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
        }
    }
}
