using System.Security.Cryptography;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;

namespace PublicationGate.Removal.Addresses;

/// <summary>What is shown by what was met at an address.</summary>
internal enum Shown
{
    /// <summary>The picture, or what may be a copy of it.</summary>
    Picture,

    /// <summary>Certainly not the picture.</summary>
    SomethingElse,

    /// <summary>Nobody can tell.</summary>
    Unclear,
}

/// <summary>Holds what was met at an address against the picture that was hidden. Whatever cannot be compared is unclear, never something else.</summary>
/// <param name="decoder">Decodes what nobody trusts.</param>
/// <param name="store">Originals.</param>
internal sealed class PictureComparison(IImageDecoder decoder, IContentStore store)
{
    private const int LongSide = 1280;

    // Sites round sizes to whole pixels: of a picture 100 pixels wide that is a hundredth.
    private const double SameShape = 0.03;

    // Where sites cut: nearly always from the middle, some at faces or at an end.
    private static readonly double[] Cuts = [0.5, 0, 0.25, 0.75, 1];

    /// <summary>What the bytes show.</summary>
    /// <exception cref="DecoderUnavailableException">Nothing could be decoded: no fault of the bytes.</exception>
    public async Task<Shown> CompareAsync(ReadOnlyMemory<byte> met, HiddenPicture hidden, CancellationToken cancellationToken)
    {
        if (Convert.ToHexStringLower(SHA256.HashData(met.Span)) == hidden.CopySha256)
        {
            return Shown.Picture;
        }

        if (hidden.Hash is null || hidden.Header is not { } original || Look(met, cancellationToken) is not var (header, hash))
        {
            return Shown.Unclear;
        }

        if (hash is not null && AreAlike(hidden.Hash, hash))
        {
            return Shown.Picture;
        }

        if (hidden.IsChanged)
        {
            return Shown.Unclear;
        }

        // Nothing is left to see in one that is too plain to have a look of its own, and one of the same shape would be alike.
        var (shape, whole) = ((double)header.Width / header.Height, (double)original.Width / original.Height);
        return hash is null || Math.Abs(shape - whole) <= SameShape * whole ? Shown.SomethingElse : await CompareCutsAsync(hash, shape, hidden.ContentSha256!, cancellationToken);
    }

    // Sites cut square and wide pictures out of others, deeper than the hash of the whole sees through.
    private async Task<Shown> CompareCutsAsync(PictureHash hash, double shape, string contentSha256, CancellationToken cancellationToken)
    {
        try
        {
            using var original = await store.ReadAsync(contentSha256, contentSha256, cancellationToken);
            using var image = decoder.Open(original.Content, cancellationToken);
            using var whole = image.DecodeFrames(image.ReadHeader(), LongSide, () => { }).First();
            return Cuts.Select(place => CutOf(whole, shape, place)).Any(cut => cut is not null && AreAlike(cut, hash)) ? Shown.Picture : Shown.SomethingElse;
        }
        catch (Exception failure) when (failure is ContentStoreException or UnreadableImageException)
        {
            return Shown.Unclear;
        }
    }

    private static PictureHash? CutOf(PixelImage whole, double shape, double place)
    {
        var (width, height) = (Math.Clamp((int)(whole.Height * shape), 1, whole.Width), Math.Clamp((int)(whole.Width / shape), 1, whole.Height));
        var (left, top) = ((int)((whole.Width - width) * place), (int)((whole.Height - height) * place));
        using var cut = PixelImage.Empty(width, height);
        for (var row = 0; row < height; row++)
        {
            whole.Bytes.Slice((((top + row) * whole.Width) + left) * 3, width * 3).CopyTo(cut.Pixels[(row * width * 3)..]);
        }

        return PictureHash.Of(cut);
    }

    // Null when it is no picture that decodes.
    private (ImageHeader Header, PictureHash? Hash)? Look(ReadOnlyMemory<byte> met, CancellationToken cancellationToken)
    {
        try
        {
            using var image = decoder.Open(met, cancellationToken);
            var header = image.ReadHeader();
            PictureHash? hash = null;
            foreach (var frame in image.DecodeFrames(header, LongSide, () => { }))
            {
                using (frame)
                {
                    hash ??= PictureHash.Of(frame);
                }
            }

            return (header, hash);
        }
#pragma warning disable CA1031 // Whatever a stranger's file breaks, it cannot be compared and the others go on.
        catch (Exception failure) when (failure is not (OperationCanceledException or DecoderUnavailableException))
#pragma warning restore CA1031
        {
            return null;
        }
    }

    // Doubtful copies too: while somebody may be seen, it is not gone.
    private static bool AreAlike(PictureHash one, PictureHash other) => new PictureHashIndex([one]).Find(other).Count > 0;
}
