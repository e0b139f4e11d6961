using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Whether a finished copy still shows a face where it should show none.</summary>
public static class ConcealmentCheck
{
    /// <summary>
    /// The regions that a sure or doubtful face of the copy touches, by their place in the list. A face that stays visible may touch a region of
    /// its neighbour: it is known by sharing more with its own box than with what was concealed.
    /// </summary>
    /// <param name="decoder">Decodes the copy.</param>
    /// <param name="faces">Looks at it, as at any photo.</param>
    /// <param name="copy">The very bytes that are to leave.</param>
    /// <param name="originalWidth">Width of the upright original in pixels.</param>
    /// <param name="concealed">What was concealed, in pixels of the original.</param>
    /// <param name="staying">Faces that were to stay visible, in pixels of the original.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="UnreadableImageException">The copy does not decode.</exception>
    public static IReadOnlyList<int> StillShowing(
        IImageDecoder decoder, FaceCounter faces, ReadOnlyMemory<byte> copy, int originalWidth, IReadOnlyList<ConcealedRegion> concealed, IReadOnlyList<FaceBox> staying, CancellationToken cancellationToken)
    {
        using var image = decoder.Open(copy, cancellationToken);
        var header = image.ReadHeader();
        var found = faces.Count(header, longSide => image.DecodeFrames(header, longSide, () => { }), cancellationToken);
        var toOriginal = (float)originalWidth / header.Width;
        var unexpected = found.Sure.Concat(found.Doubtful).Select(face => face.Scaled(toOriginal)).Where(face => !Stays(face, concealed, staying)).ToList();
        return [.. concealed.Index().Where(region => unexpected.Exists(face => region.Item.Shape.Meets(face.X, face.Y, face.Width, face.Height))).Select(region => region.Index)];
    }

    private static bool Stays(FaceBox face, IReadOnlyList<ConcealedRegion> concealed, IReadOnlyList<FaceBox> staying)
    {
        var shared = staying.Where(face.Shares).Select(face.IntersectionOverUnion).DefaultIfEmpty(0).Max();
        return shared > 0 && concealed.All(region => face.IntersectionOverUnion(new FaceBox(region.X, region.Y, region.Width, region.Height, 1)) < shared);
    }
}
