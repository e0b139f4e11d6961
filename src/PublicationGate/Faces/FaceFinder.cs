using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Runs one model over one picture as its policy asks: passes, a closer look at crowds, turned pictures and tilted heads.</summary>
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
        var upright = FindUpright(frame, larger, cancellationToken);
        // Lying on its side, a photo shows the detector no face at all, or a few of many and about as many doubts.
        var isInDoubt = upright.Sure.Count == 0 || upright.Doubtful.Count * 2 >= upright.Sure.Count;
        var found = mayLieSideways && isInDoubt && policy.Sideways is { } sideways ? FindTurned(frame, upright, sideways, cancellationToken) : upright;
        // Only now: in a group on its side one confirmed head would pass for the whole group.
        return found.Sure.Count == 0 && policy.Tilted is { } tilted ? FindTilted(frame, found, upright.Doubtful, tilted, cancellationToken) : found;
    }

    private FoundFaces FindUpright(PixelImage frame, Func<int, PixelImage?> larger, CancellationToken cancellationToken)
    {
        var boxes = RunPasses(frame, cancellationToken);
        var faces = Suppress(boxes);
        if (policy.Escalation is { } escalation && IsCrowd(faces, escalation, frame) && larger(escalation.LongSide) is { } closer)
        {
            using (closer)
            {
                var toFrame = (float)frame.Width / closer.Width;
                var more = Run(closer, new DetectionPass { LongSide = escalation.LongSide }, policy.Doubtful, cancellationToken).Select(box => box.Scaled(toFrame));
                faces = Suppress(boxes.Concat(more));
            }
        }

        var bySure = faces.ToLookup(face => face.Score >= policy.Sure);
        return new FoundFaces([.. bySure[true]], [.. bySure[false]]);
    }

    // What a small photo shows in its own size may settle it; if not, the passes that enlarge it are run after all.
    private List<FaceBox> RunPasses(PixelImage frame, CancellationToken cancellationToken)
    {
        var longSide = Math.Max(frame.Width, frame.Height);
        var ownSize = new Dictionary<DetectionPass, List<FaceBox>>();
        if (policy.Settled is { } settled && longSide <= settled.LongSide)
        {
            ownSize = policy.Passes.ToDictionary(pass => pass, pass => Run(frame, pass with { Enlarge = 1 }, settled.Doubtful, cancellationToken));
            if (settled.IsSettledBy(Suppress(ownSize.Values.SelectMany(boxes => boxes))))
            {
                return Likely(ownSize.Values);
            }
        }

        return Likely(policy.Passes.Select(pass => ownSize.TryGetValue(pass, out var boxes) && pass.LongSideFor(longSide) <= longSide
            ? boxes : Run(frame, pass, policy.Doubtful, cancellationToken)));

        List<FaceBox> Likely(IEnumerable<List<FaceBox>> runs) => [.. runs.SelectMany(boxes => boxes).Where(box => box.Score >= policy.Doubtful)];
    }

    // A quick look at each turn says which side is up: where more faces are beyond doubt than upright. That turn gets the full look.
    private FoundFaces FindTurned(PixelImage frame, FoundFaces upright, SidewaysPolicy sideways, CancellationToken cancellationToken)
    {
        // Large faces are seen at half that size only.
        var passes = new[] { new DetectionPass { LongSide = sideways.LongSide }, new DetectionPass { LongSide = sideways.LongSide / 2 } };
        using var resized = frame.Resized(passes[0].LongSideFor(Math.Max(frame.Width, frame.Height)));
        var small = resized ?? frame;
        var toFrame = (float)frame.Width / small.Width;
        var doubts = new List<FaceBox>();
        var (best, most) = (0, upright.Sure.Count(face => face.Score >= sideways.Sure));
        foreach (var angle in Turns)
        {
            using var turned = small.Turned(angle);
            var faces = Suppress(passes.SelectMany(pass => Run(turned, pass, sideways.Doubtful, cancellationToken)));
            var beyondDoubt = faces.Count(face => face.Score >= sideways.Sure);
            (best, most) = beyondDoubt > most ? (angle, beyondDoubt) : (best, most);
            doubts.AddRange(faces.Select(face => TurnedBack(face, angle, small).Scaled(toFrame)));
        }

        if (best != 0)
        {
            using var turned = frame.Turned(best);
            var found = FindUpright(turned, _ => null, cancellationToken);
            return new FoundFaces([.. found.Sure.Select(face => TurnedBack(face, best, frame))], [.. found.Doubtful.Select(face => TurnedBack(face, best, frame))]);
        }

        return upright.Sure.Count > 0 ? upright : new FoundFaces([], Suppress(upright.Doubtful.Concat(doubts)));
    }

    private FoundFaces FindTilted(PixelImage frame, FoundFaces found, IReadOnlyList<FaceBox> doubts, TiltedPolicy tilted, CancellationToken cancellationToken)
    {
        var sure = new List<FaceBox>();
        foreach (var face in new TiltedLook(model.Detector, tilted).Confirm(frame, doubts, cancellationToken).Where(face => !sure.Exists(face.Shares)))
        {
            sure.Add(face);
        }

        return sure.Count == 0 ? found : new FoundFaces(sure, [.. found.Doubtful.Where(doubt => !sure.Exists(face => face.Shares(doubt)))]);
    }

    private List<FaceBox> Run(PixelImage frame, DetectionPass pass, float lowestScore, CancellationToken cancellationToken)
    {
        // By the frame's own size: a page of a TIFF may be far larger than the first one, of which the header speaks.
        using var resized = frame.Resized(pass.LongSideFor(Math.Max(frame.Width, frame.Height)));
        var picture = resized ?? frame;
        var toFrame = (float)frame.Width / picture.Width;
        return [.. model.Detector.Detect(picture, cancellationToken)
            .Where(box => box.Score >= lowestScore && box.ShortSide >= pass.SmallestShortSide).Select(box => box.Scaled(toFrame))];
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
