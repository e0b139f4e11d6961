using Microsoft.Extensions.Logging;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Imaging;

/// <summary>
/// Reads what travels inside a file beside its picture. MetadataExtractor reads EXIF and the makers' notes; containers, XMP and IPTC are
/// read here, because nothing may be skipped in silence and nothing may cost more than a bound, whatever the file says.
/// </summary>
public sealed partial class MetadataReader(ILogger<MetadataReader> logger)
{
    /// <summary>To be raised when it finds more in the same bytes, so that what was kept of photos is read again.</summary>
    public const int Version = 1;

    /// <summary>Reads the metadata of a photo.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="format">Its format by content.</param>
    /// <returns>Always facts: what cannot be read to its end is not <see cref="MetadataFacts.Known"/>.</returns>
    public MetadataFacts Read(ReadOnlyMemory<byte> content, ImageFormat format) => Read(content, format, PictureView.OfNothing);

    /// <summary>Reads the metadata of a photo, and holds the pictures inside it against what the photo itself shows.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="format">Its format by content.</param>
    /// <param name="shown">What the photo shows.</param>
    internal MetadataFacts Read(ReadOnlyMemory<byte> content, ImageFormat format, PictureView shown)
    {
        var found = new GatheredMetadata();
        Guard(found, () => ReadContainer(content, format, found));
        foreach (var picture in found.Pictures.Where(picture => !shown.Shows(picture)))
        {
            found.Hide(picture.Tag);
        }

        return found.ToFacts();
    }

    /// <summary>Reads an <c>.xmp</c> file that stands beside a photo.</summary>
    public MetadataFacts ReadSidecar(Sidecar sidecar)
    {
        var found = new GatheredMetadata();
        if (sidecar.Content is not { } content)
        {
            found.Damage();
        }
        else
        {
            Guard(found, () => XmpPacket.Read(content, found));
        }

        // A person who takes it out of the photo must know that it stands beside it.
        var facts = found.ToFacts();
        return facts with { Entries = [.. facts.Entries.Select(entry => entry with { Tag = Sidecar.Extension + " " + entry.Tag })] };
    }

    private static void ReadContainer(ReadOnlyMemory<byte> content, ImageFormat format, GatheredMetadata found)
    {
        switch (format)
        {
            case ImageFormat.Jpeg:
                JpegFile.Read(content, found);
                break;
            case ImageFormat.Png:
                PngFile.Read(content, found);
                break;
            case ImageFormat.Gif:
                GifFile.Read(content, found);
                break;
            case ImageFormat.Webp:
                WebpFile.Read(content, found);
                break;
            case ImageFormat.Tiff:
                ExifBlock.ReadDirectories(content, found);
                break;
            case ImageFormat.Avif:
                AvifFile.Read(content, found);
                break;
            default:
                found.Damage();
                break;
        }
    }

    private void Guard(GatheredMetadata found, Action read)
    {
        try
        {
            read();
        }
#pragma warning disable CA1031 // Whatever damage makes a reader fail, the photo must be held and the run goes on.
        catch (Exception damage)
#pragma warning restore CA1031
        {
            found.Damage();
            // By kind only: messages may quote what the file says.
            var kind = damage.GetType().Name;
            LogDamaged(logger, kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metadata could not be read to its end ({Damage})")]
    private static partial void LogDamaged(ILogger logger, string damage);
}
