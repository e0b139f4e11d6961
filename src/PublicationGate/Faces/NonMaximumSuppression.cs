namespace PublicationGate.Faces;

/// <summary>Leaves one box for each face where a detector, or several passes of it, gave many.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>
    /// Keeps boxes by falling score; drops one that shares too much with a box already kept, measured as intersection over union or,
    /// for a box inside another (half a face seen by the large pass), as intersection over the smaller area.
    /// </summary>
    public static List<FaceBox> Suppress(IEnumerable<FaceBox> boxes, float intersectionOverUnion, float intersectionOverSmaller)
    {
        var kept = new List<FaceBox>();
        // Down to the last value, so that what is kept does not depend on the order in which equal scores came.
        foreach (var box in boxes.OrderByDescending(box => box.Score).ThenBy(box => (box.Y, box.X, box.Width, box.Height)))
        {
            if (!kept.Exists(better => Overlaps(better, box)))
            {
                kept.Add(box);
            }
        }

        return kept;

        bool Overlaps(FaceBox a, FaceBox b)
        {
            var shared = a.Intersection(b);
            return shared > intersectionOverUnion * (a.Area + b.Area - shared) || shared > intersectionOverSmaller * Math.Min(a.Area, b.Area);
        }
    }
}
