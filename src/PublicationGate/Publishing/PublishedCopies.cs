using System.Security.Cryptography;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Screening;

namespace PublicationGate.Publishing;

/// <summary>The copy of a release as it leaves: the one in the store where one was made, else made now.</summary>
internal sealed class PublishedCopies(IContentStore store, ReleaseCopies copies)
{
    /// <summary>Reads or makes it.</summary>
    /// <exception cref="ContentStoreException">The store does not give it, or the original.</exception>
    /// <exception cref="UnreadableImageException">The original does not decode.</exception>
    /// <exception cref="StillRecognisableException">Somebody would be recognisable who must not be.</exception>
    public async Task<ReleasedCopy> OfAsync(Release release, Verdict verdict, CancellationToken cancellationToken)
    {
        if (release.CopySha256 is { } sha256)
        {
            using var stored = await store.ReadAsync(sha256, release.Id, cancellationToken);
            return Of(stored.Content.ToArray());
        }

        using var original = await store.ReadAsync(release.ContentSha256, release.Id, cancellationToken);
        return Of(copies.Of(original.Content, verdict, new(), cancellationToken).Bytes);
    }

    private static ReleasedCopy Of(ReadOnlyMemory<byte> bytes)
    {
        var (extension, type) = ImageSignature.Recognise(bytes.Span) switch
        {
            ImageFormat.Png => (".png", "image/png"),
            ImageFormat.Webp => (".webp", "image/webp"),
            _ => (".jpg", "image/jpeg"),
        };
        return new(bytes, extension, type, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
    }
}
