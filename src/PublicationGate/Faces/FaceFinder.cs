using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Runs one model over one picture as its policy asks: passes, a closer look at crowds, and turned pictures.</summary>
internal sealed class FaceFinder(FaceModel model)
{
    private static readonly int[] Turns = [90, 180, 270];
    private readonly DetectionPolicy policy = model.Manifest.Policy;

    /// <summary>The model that looks.</summary>
    public ModelManifest Manifest => model.Manifest;

    /// <summary>The faces in <paramref name="frame"/>, in its pixels.</summary>
    /// <param name="frame">The picture at the size that the passes need.</param>
    /// <param name="mayLieSideways">Nothing says which side of the photo is up.</param>
    /// <param name="larger">Decodes the same picture with a larger long side; null where that cannot be.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public FoundFaces Find(PixelImage frame, bool mayLieSideways, Func<int, PixelImage?> larger, CancellationToken cancellationToken)
    {
        var boxes = policy.Passes.SelectMany(pass => Run(frame, pass, cancellationToken)).ToList();
        var faces = Suppress(boxes);
        if (policy.Escalation is { } escalation && IsCrowd(faces, escalation, frame) && larger(escalation.LongSide) is { } closer)
        {
            using (closer)
            {
                var pass = new DetectionPass { LongSide = escalation.LongSide };
                var toFrame = (float)frame.Width / closer.Width;
                faces = Suppress(boxes.Concat(Run(closer, pass, cancellationToken).Select(box => box.Scaled(toFrame))));
            }
        }

        var found = Split(faces, policy.Sure, policy.Doubtful);
        return found.Sure.Count == 0 && mayLieSideways && policy.Sideways is { } sideways ? Turned(frame, sideways, found, cancellationToken) : found;
    }

    // Upright first; of the turned pictures the one with most faces says which side is up.
    private FoundFaces Turned(PixelImage frame, SidewaysPolicy sideways, FoundFaces upright, CancellationToken cancellationToken)
    {
        var pass = new DetectionPass { LongSide = sideways.LongSide };
        var turned = Turns.Select(angle =>
        {
            using var picture = frame.Turned(angle);
            var faces = Suppress(Run(picture, pass, cancellationToken)).Select(box => TurnedBack(box, angle, frame));
            return Split(faces, sideways.Sure, sideways.Doubtful);
        }).ToList();
        var best = turned.MaxBy(found => found.Sure.Count)!;
        return new FoundFaces(best.Sure, Suppress(turned.SelectMany(found => found.Doubtful).Concat(upright.Doubtful).Where(doubt => !best.Sure.Any(doubt.Shares))));
    }

    private List<FaceBox> Run(PixelImage frame, DetectionPass pass, CancellationToken cancellationToken)
    {
        // By the frame's own size: a page of a TIFF may be far larger than the first one, of which the header speaks.
        using var resized = frame.Resized(pass.LongSideFor(Math.Max(frame.Width, frame.Height)));
        var picture = resized ?? frame;
        var toFrame = (float)frame.Width / picture.Width;
        return [.. model.Detector.Detect(picture, cancellationToken).Where(box => box.ShortSide >= pass.SmallestShortSide).Select(box => box.Scaled(toFrame))];
    }

    private bool IsCrowd(List<FaceBox> faces, Escalation escalation, PixelImage frame)
    {
        var longSide = Math.Max(frame.Width, frame.Height);
        if (faces.Count < escalation.Faces || longSide >= escalation.LongSide)
        {
            return false;
        }

        var toLargestPass = policy.Passes.Max(pass => pass.LongSideFor(longSide)) / (float)longSide;
        return faces.Select(face => face.ShortSide).Order().ElementAt(faces.Count / 2) * toLargestPass < escalation.MedianShortSide;
    }

    private static FoundFaces Split(IEnumerable<FaceBox> faces, float sure, float doubtful)
    {
        var bySure = faces.Where(face => face.Score >= doubtful).ToLookup(face => face.Score >= sure);
        return new FoundFaces([.. bySure[true]], [.. bySure[false]]);
    }

    private List<FaceBox> Suppress(IEnumerable<FaceBox> boxes) =>
        NonMaximumSuppression.Suppress(boxes, policy.IntersectionOverUnion, policy.IntersectionOverSmaller);

    // Where a box of a picture that was turned clockwise by an angle stands in the picture as it was.
    private static FaceBox TurnedBack(FaceBox box, int angle, PixelImage frame) => angle switch
    {
        90 => new FaceBox(box.Y, frame.Height - box.X - box.Width, box.Height, box.Width, box.Score),
        180 => new FaceBox(frame.Width - box.X - box.Width, frame.Height - box.Y - box.Height, box.Width, box.Height, box.Score),
        _ => new FaceBox(frame.Width - box.Y - box.Height, box.X, box.Height, box.Width, box.Score),
    };
}
