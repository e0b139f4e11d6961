using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Publishing;

/// <summary>A copy with parts concealed, or why there is none.</summary>
public sealed record ConcealedCopy
{
    /// <summary>The copy, in which no face was found where one was concealed; null when there is none.</summary>
    public CleanCopy? Copy { get; init; }

    /// <summary>The regions as they were concealed in the end, in the order given: those that showed a face at first are enlarged.</summary>
    public IReadOnlyList<ConcealedRegion> Regions { get; init; } = [];

    /// <summary>Places in <see cref="Regions"/> of those that could not be concealed.</summary>
    public IReadOnlyList<int> Failed { get; init; } = [];

    /// <summary>What went wrong and what to do; null when there is a copy.</summary>
    public Text? Problem { get; init; }
}

/// <summary>Makes copies in which people are unrecognisable, and looks at each before it may count.</summary>
/// <param name="decoder">Decodes originals and copies.</param>
/// <param name="faces">Looks for faces that still show.</param>
public sealed class ConcealedCopies(IImageDecoder decoder, FaceCounter faces)
{
    // What helps where a face still shows: nearly always a little more, and rectangles where the round shape itself passes for a face.
    private static readonly (float Enlarged, bool HasCorners)[] Tries = [(1, false), (1.25f, false), (1.4f, true)];

    /// <summary>
    /// Conceals the regions, makes the copy, and counts faces in its bytes. Where one touches a region, that region is enlarged, twice at most. A
    /// copy for release must be screened as a whole besides.
    /// </summary>
    /// <param name="original">The whole file as it was taken in.</param>
    /// <param name="regions">What to conceal; at least one.</param>
    /// <param name="staying">Faces that stay visible, in pixels of the upright original; a face in a copy that is none of them must not touch a region.</param>
    /// <param name="options">Size and quality.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UnreadableImageException">The original does not decode.</exception>
    /// <exception cref="ArgumentException">There is nothing to conceal.</exception>
    public ConcealedCopy Of(ReadOnlyMemory<byte> original, IReadOnlyList<ConcealedRegion> regions, IReadOnlyList<FaceBox> staying, CleanCopyOptions options, CancellationToken cancellationToken)
    {
        if (regions.Count == 0)
        {
            throw new ArgumentException("Nothing is to be concealed.", nameof(regions));
        }

        var header = HeaderOf(original, cancellationToken);
        // Which picture of several a person pointed at is not known, and somebody may stand elsewhere in the next.
        if (header.Frames > 1)
        {
            return new() { Regions = regions, Failed = [.. Enumerable.Range(0, regions.Count)], Problem = Texts.Get("conceal.animation") };
        }

        if (regions.Index().Where(region => !region.Item.IsWithin(header.Width, header.Height)).Select(region => region.Index).ToList() is { Count: > 0 } outside)
        {
            return new() { Regions = regions, Failed = outside, Problem = Texts.Get("conceal.outside", ("regions", Numbers(outside))) };
        }

        return Of(original, header, regions, staying, options, cancellationToken);
    }

    private ConcealedCopy Of(ReadOnlyMemory<byte> original, ImageHeader header, IReadOnlyList<ConcealedRegion> regions, IReadOnlyList<FaceBox> staying, CleanCopyOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> showing = [.. Enumerable.Range(0, regions.Count)];
        foreach (var (enlarged, hasCorners) in Tries)
        {
            regions = [.. regions.Select((region, at) => showing.Contains(at) ? region with { Enlarged = enlarged, HasCorners = hasCorners } : region)];
            var copy = CleanCopy.Of(decoder, original, options, regions, cancellationToken);
            showing = ConcealmentCheck.StillShowing(decoder, faces, copy.Bytes, header.Width, regions, staying, cancellationToken);
            if (showing.Count == 0)
            {
                return new() { Copy = copy, Regions = regions };
            }
        }

        return new() { Regions = regions, Failed = showing, Problem = Texts.Get("conceal.still-showing", ("regions", Numbers(showing))) };
    }

    private ImageHeader HeaderOf(ReadOnlyMemory<byte> original, CancellationToken cancellationToken)
    {
        using var image = decoder.Open(original, cancellationToken);
        return image.ReadHeader();
    }

    private static string Numbers(IReadOnlyList<int> places) => string.Join(", ", places.Select(place => place + 1));
}
