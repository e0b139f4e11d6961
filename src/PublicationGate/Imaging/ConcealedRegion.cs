namespace PublicationGate.Imaging;

/// <summary>What a person pointed at.</summary>
public enum ConcealedKind
{
    /// <summary>A face, by the box that a detector puts around it; the head around it is concealed too.</summary>
    Face,

    /// <summary>A whole person, or anything else that tells who it is, by a rectangle around it; a little more is concealed.</summary>
    Person,
}

/// <summary>A part of a picture that must not be recognisable in a copy.</summary>
/// <param name="Kind">What the rectangle is around.</param>
/// <param name="X">Left edge in pixels of the upright original; may lie outside the picture.</param>
/// <param name="Y">Top edge in the same pixels.</param>
/// <param name="Width">Width in the same pixels, above 0.</param>
/// <param name="Height">Height in the same pixels, above 0.</param>
public sealed record ConcealedRegion(ConcealedKind Kind, float X, float Y, float Width, float Height)
{
    // By the longer side of a face box, since a head in profile is as deep as it is high while its face is narrow.
    // Read off the heads of the sample package's portraits and groups, docs/performance.md: the box goes from the forehead to the chin.
    private const float HeadAcross = 1.1f;
    private const float HeadAbove = 1.3f;
    private const float HeadBelow = 0.9f;

    // People draw rectangles a little too tight.
    private const float AroundPerson = 0.05f;

    /// <summary>How many times as large as usual the concealed part is; default 1, and more where a copy still showed a face.</summary>
    public float Enlarged { get; init; } = 1;

    /// <summary>A face is concealed by a rectangle in place of an ellipse: to a detector, a round patch among hair can look like a face again.</summary>
    public bool HasCorners { get; init; }

    /// <summary>Whether it is a rectangle of some size of which something lies in a picture of these pixels.</summary>
    public bool IsWithin(int width, int height) =>
        float.IsFinite(X + Y + Width + Height) && Width > 0 && Height > 0 && X < width && Y < height && X + Width > 0 && Y + Height > 0;

    /// <summary>What is concealed: for a face the whole head.</summary>
    internal ConcealedShape Shape
    {
        get
        {
            var (x, y) = (X + (Width / 2), Y + (Height / 2));
            if (Kind == ConcealedKind.Person)
            {
                var margin = AroundPerson * Math.Max(Width, Height);
                return new(IsEllipse: false, x, y, ((Width / 2) + margin) * Enlarged, ((Height / 2) + margin) * Enlarged);
            }

            var side = Math.Max(Width, Height);
            return new(IsEllipse: !HasCorners, x, y - ((HeadAbove - HeadBelow) / 2 * side), HeadAcross * side * Enlarged, (HeadAbove + HeadBelow) / 2 * side * Enlarged);
        }
    }
}
