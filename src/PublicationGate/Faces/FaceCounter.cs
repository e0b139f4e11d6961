using System.Security.Cryptography;
using System.Text.Json;
using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Counts the faces in a photo: every frame, by one model or by two whose disagreement is a doubt.</summary>
/// <param name="models">The models; the first one's policy says at which size photos are decoded.</param>
public sealed class FaceCounter(IReadOnlyList<FaceModel> models) : IDisposable
{
    private readonly IReadOnlyList<FaceFinder> finders = [.. models.Select(model => new FaceFinder(model))];

    /// <summary>The models that look.</summary>
    public IReadOnlyList<ModelManifest> Models => [.. models.Select(model => model.Manifest)];

    /// <summary>Changes when another model looks, or another policy.</summary>
    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(models.Select(model => new { model.Manifest.Sha256, model.Manifest.Policy }))))[..16];

    private int LongSide => models.Max(model => model.Manifest.Policy.LongSide);

    /// <summary>
    /// The highest number of sure faces in a frame counts, with the doubts of all frames. A doubt in one frame stays a doubt even if
    /// another frame is sure of that face.
    /// </summary>
    /// <param name="header">The photo's header.</param>
    /// <param name="decode">Decodes the upright frames with the long side given, at most; each is disposed here.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    public FaceFacts Count(ImageHeader header, Func<int, IEnumerable<PixelImage>> decode, CancellationToken cancellationToken)
    {
        using var underWay = PhotosUnderWay.Begin();
        var facts = new FaceFacts { Models = [.. Models.Select(model => new ModelIdentity(model.Name, model.Sha256))] };
        var doubtful = new List<FaceBox>();
        // Decoding larger shows more only where the file holds more; a crowd in an animation is looked at as it is.
        var hasMore = header.Frames == 1 && Math.Max(header.Width, header.Height) > LongSide;
        foreach (var frame in decode(LongSide))
        {
            using (frame)
            {
                var (found, isClear) = LookAt(frame, header, side => hasMore ? decode(side).First() : null, cancellationToken);
                var toOriginal = (float)header.Width / frame.Width;
                facts = facts with { IsClearEnough = facts.IsClearEnough && isClear };
                if (found.Sure.Count > facts.Sure.Count)
                {
                    var sure = found.Sure.OrderBy(face => face.Y).ThenBy(face => face.X).ToList();
                    facts = facts with { Sure = [.. sure.Select(face => face.Scaled(toOriginal))], Geometry = FaceGeometry.Of(sure, frame) };
                }

                doubtful.AddRange(found.Doubtful.Select(face => face.Scaled(toOriginal)));
            }
        }

        var policy = models[0].Manifest.Policy;
        var doubts = NonMaximumSuppression.Suppress(doubtful, policy.IntersectionOverUnion, policy.IntersectionOverSmaller);
        return facts with { Doubtful = [.. doubts.OrderBy(face => face.Y).ThenBy(face => face.X)] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in models)
        {
            (model.Detector as IDisposable)?.Dispose();
        }
    }

    private (FoundFaces Found, bool IsClear) LookAt(PixelImage frame, ImageHeader header, Func<int, PixelImage?> larger, CancellationToken cancellationToken)
    {
        var light = Light.Of(frame);
        using var brightened = light.Gain > 1 ? frame.Brightened(light.Gain) : null;
        var found = finders.Select(finder => finder.Find(brightened ?? frame, header.Orientation is null, side => Larger(side, larger, light), cancellationToken))
            .Aggregate((first, second) => first.Agree(second));
        return (found, light.IsEnough && Math.Max(header.Width, header.Height) >= Light.SmallestLongSide);
    }

    private static PixelImage? Larger(int side, Func<int, PixelImage?> larger, Light light)
    {
        var picture = larger(side);
        if (picture is null || light.Gain <= 1)
        {
            return picture;
        }

        using (picture)
        {
            return picture.Brightened(light.Gain);
        }
    }
}
