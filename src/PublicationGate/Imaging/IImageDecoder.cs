using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Imaging;

/// <summary>
/// Decodes pictures that nobody trusts: in this process (<see cref="ImageDecoder"/>), where a start counts, or in a process apart
/// (<see cref="Apart.ApartDecoder"/>), where one file must not take a service down. Both give the same to the last bit.
/// </summary>
public interface IImageDecoder
{
    /// <summary>Opens a picture; may wait until there is room to decode it.</summary>
    /// <param name="content">The whole file; must stay as it is until the picture is disposed.</param>
    /// <param name="cancellationToken">Ends waiting, and decoding apart.</param>
    /// <exception cref="Apart.DecoderUnavailableException">No process to decode in can be started.</exception>
    IOpenImage Open(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads an <c>.xmp</c> file that stands beside a photo.</summary>
    /// <returns>Always facts: what cannot be read to its end is not <see cref="MetadataFacts.Known"/>.</returns>
    /// <exception cref="Apart.DecoderUnavailableException">No process to decode in can be started.</exception>
    MetadataFacts ReadSidecar(Sidecar sidecar, CancellationToken cancellationToken);
}

/// <summary>One picture while it is decoded; for one thread.</summary>
public interface IOpenImage : IDisposable
{
    /// <inheritdoc cref="ImageDecoder.ReadHeader"/>
    ImageHeader ReadHeader();

    /// <inheritdoc cref="ImageDecoder.DecodeFrames"/>
    IEnumerable<PixelImage> DecodeFrames(ImageHeader header, int longSide, Action onWarning);

    /// <summary>Reads what travels along in the file, and holds the pictures inside it against what the photo itself shows.</summary>
    /// <param name="format">The picture's format.</param>
    /// <param name="shown">What the photo shows.</param>
    /// <exception cref="UnreadableImageException">Reading was stopped.</exception>
    internal MetadataFacts ReadMetadata(ImageFormat format, PictureView shown);
}
