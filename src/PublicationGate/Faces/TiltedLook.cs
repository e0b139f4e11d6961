using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>
/// Looks again at what may be a face, with its surroundings tilted both ways: a head on a shoulder comes upright. Only where two tilts show a
/// face beyond doubt is it one, since every look more is a chance more for a false alarm.
/// </summary>
internal sealed class TiltedLook(IFaceDetector detector, TiltedPolicy policy)
{
    private const int Needed = 2;
    private static readonly int[] Angles = [-45, -30, -20, 20, 30, 45];

    // Both in lengths of the box: what is cut out around it, and how far off its centre a tilted box may be.
    private const float Surroundings = 2.5f;
    private const float OffCentre = 0.5f;

    /// <summary>Those of <paramref name="doubts"/> that are faces, with the score that says so; the best few are tried.</summary>
    public IEnumerable<FaceBox> Confirm(PixelImage frame, IEnumerable<FaceBox> doubts, CancellationToken cancellationToken)
    {
        foreach (var doubt in doubts.OrderByDescending(face => face.Score).Take(policy.Doubts))
        {
            var scores = Angles.Select(angle => Score(frame, doubt, angle, cancellationToken)).OrderDescending().ToList();
            if (scores[Needed - 1] >= policy.Sure)
            {
                yield return doubt with { Score = scores[Needed - 1] };
            }
        }
    }

    private float Score(PixelImage frame, FaceBox doubt, int angle, CancellationToken cancellationToken)
    {
        var side = Math.Max(doubt.Width, doubt.Height);
        var (centreX, centreY, half) = (doubt.X + (doubt.Width / 2), doubt.Y + (doubt.Height / 2), side * Surroundings / 2);
        var (left, top) = ((int)Math.Max(0, centreX - half), (int)Math.Max(0, centreY - half));
        var (right, bottom) = ((int)Math.Min(frame.Width, centreX + half), (int)Math.Min(frame.Height, centreY + half));
        using var tilted = frame.Tilted(left, top, right - left, bottom - top, angle, policy.FaceSide / side);
        return detector.Detect(tilted, cancellationToken).Where(IsInTheMiddle).Select(box => box.Score).DefaultIfEmpty().Max();

        bool IsInTheMiddle(FaceBox box) => box.ShortSide >= policy.FaceSide / 2
            && Math.Abs(box.X + (box.Width / 2) - (tilted.Width / 2f)) < policy.FaceSide * OffCentre
            && Math.Abs(box.Y + (box.Height / 2) - (tilted.Height / 2f)) < policy.FaceSide * OffCentre;
    }
}
