using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Support;

/// <summary>Small pictures in every format that the gate reads, and metadata put into them byte by byte.</summary>
internal static class Carriers
{
    public static readonly string[] Formats = ["jpg", "png", "webp", "gif", "tif", "avif"];

    private static readonly Lazy<PixelImage> Gradient = new(() => Pictures.OfBytes(96, 64, [.. Enumerable.Range(0, 96 * 64).SelectMany(i => new[] { (byte)(i % 96 * 2), (byte)(i / 96 * 3), (byte)90 })]));

    public static MetadataReader Reader { get; } = new(NullLogger<MetadataReader>.Instance);

    public static byte[] Picture(string format) => Save(Gradient.Value, format);

    public static byte[] Save(PixelImage picture, string format)
    {
        using var folder = new Intake.TemporaryFolder();
        using var image = VipsImage.FromPixels(picture.DangerousGetHandle(), picture.Width, picture.Height);
        using var srgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
        var operation = format switch { "jpg" => "jpegsave", "tif" => "tiffsave", "avif" => "heifsave", _ => format + "save" };
        var save = VipsOperation.Named(operation).With("in", srgb).With("filename", folder["x"]).With("keep", "none");
        (format == "avif" ? save.With("compression", "av1") : save).RunWithoutOutput();
        return File.ReadAllBytes(folder["x"]);
    }

    /// <summary>What the gate reads in a file, as the program reads it: held against what the picture shows.</summary>
    public static MetadataFacts Read(byte[] file)
    {
        using var picture = Edits.Open(file);
        return Reader.Read(file, ImageSignature.Recognise(file), PictureView.Of(picture));
    }

    /// <summary>The tags of one kind.</summary>
    public static IEnumerable<string> Tags(this MetadataFacts facts, MetadataKind kind) => facts.Entries.Where(entry => entry.Kind == kind).Select(entry => entry.Tag);

    public static byte[] JpegWith(params (byte Marker, byte[] Content)[] segments)
    {
        var jpeg = Picture("jpg");
        return [.. jpeg[..2], .. segments.SelectMany(segment => new byte[] { 0xFF, segment.Marker, (byte)((segment.Content.Length + 2) >> 8), (byte)(segment.Content.Length + 2) }.Concat(segment.Content)), .. jpeg[2..]];
    }

    public static byte[] JpegWithExif(byte[] block) => JpegWith((0xE1, [.. "Exif\0\0"u8, .. block]));

    public static byte[] JpegWithXmp(string properties) => JpegWith((0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Xmp(properties))]));

    /// <summary>A PNG with chunks before its pixels.</summary>
    public static byte[] PngWith(params (string Type, byte[] Data)[] chunks) =>
        Pictures.PngOf([("IHDR", Pictures.PngHeader(8, 8, Pictures.Grey, 8)), .. chunks, ("IDAT", Pictures.Deflate(new byte[72]))]);

    /// <summary>A GIF with blocks before its only frame.</summary>
    public static byte[] GifWith(params byte[] blocks)
    {
        var gif = Pictures.Gif(2, 2, 1);
        return [.. gif[..19], .. blocks, .. gif[19..]];
    }

    public static byte[] WebpWith(string type, byte[] data)
    {
        byte[] webp = [.. Picture("webp"), .. Encoding.ASCII.GetBytes(type), .. LittleEndian(data.Length), .. data, .. new byte[data.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(4), webp.Length - 8);
        return webp;
    }

    public static string Xmp(string properties) => $"""
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
         xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:MP="http://ns.microsoft.com/photo/1.2/"
         xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
         xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
         xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
         xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:acdsee-rs="http://ns.acdsee.com/regions/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/" xmlns:eigen="http://example.org/eigen/">
        {properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
        """;

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
