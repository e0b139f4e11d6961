using PublicationGate.Imaging;
using PublicationGate.Screening;

namespace PublicationGate.Publishing;

/// <summary>Makes the copies that may leave the gate: upright, without metadata, and with what a reviewer chose made unrecognisable.</summary>
/// <param name="decoder">Decodes originals.</param>
/// <param name="concealed">Makes those in which something is concealed; opened for the first of them, since it needs the face models.</param>
public sealed class ReleaseCopies(IImageDecoder decoder, Lazy<ConcealedCopies> concealed)
{
    /// <summary>The copy of an original that a verdict allows. Nothing is kept.</summary>
    /// <param name="original">The bytes that the verdict is about.</param>
    /// <param name="verdict">The verdict; what its review conceals is concealed. Whether it approves is the caller's to know.</param>
    /// <param name="options">Size and quality.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UnreadableImageException">The original does not decode.</exception>
    /// <exception cref="StillRecognisableException">Something that must be unrecognisable is not, or cannot be made so.</exception>
    public CleanCopy Of(ReadOnlyMemory<byte> original, Verdict verdict, CleanCopyOptions options, CancellationToken cancellationToken)
    {
        if (verdict.Facts.Review?.Concealed is not { Count: > 0 } regions)
        {
            return CleanCopy.Of(decoder, original, options, cancellationToken);
        }

        var made = concealed.Value.Of(original, regions, [.. verdict.Facts.Faces.Sure, .. verdict.Facts.Faces.Doubtful], options, cancellationToken);
        return made.Copy ?? throw new StillRecognisableException(made.Problem!, made.Failed);
    }
}

/// <summary>There is no copy, since somebody in it would be recognisable who must not be.</summary>
/// <param name="reason">What happened and what to do.</param>
/// <param name="regions">Places, from 0, of the regions among those of the review.</param>
public sealed class StillRecognisableException(Text reason, IReadOnlyList<int> regions) : Exception("still recognisable"), IRefusal
{
    /// <summary>What happened and what to do.</summary>
    public Text Reason { get; } = reason;

    /// <summary>Places, from 0, of the regions among those of the review.</summary>
    public IReadOnlyList<int> Regions { get; } = regions;
}
