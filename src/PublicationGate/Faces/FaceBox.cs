namespace PublicationGate.Faces;

/// <summary>Where a detector sees a face, and how sure it is.</summary>
/// <param name="X">Left edge in pixels of the upright original.</param>
/// <param name="Y">Top edge in pixels of the upright original.</param>
/// <param name="Width">Width in the same pixels.</param>
/// <param name="Height">Height in the same pixels.</param>
/// <param name="Score">Score of the detector, 0 to 1; scores of different models cannot be compared.</param>
public readonly record struct FaceBox(float X, float Y, float Width, float Height, float Score)
{
    /// <summary>Area in square pixels.</summary>
    public float Area => Width * Height;

    /// <summary>The shorter of width and height.</summary>
    public float ShortSide => Math.Min(Width, Height);

    /// <summary>The same box in a picture that is <paramref name="factor"/> times as large.</summary>
    public FaceBox Scaled(float factor) => new(X * factor, Y * factor, Width * factor, Height * factor, Score);

    /// <summary>Area that both boxes cover, in square pixels.</summary>
    public float Intersection(FaceBox other)
    {
        var width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// <summary>Area that both boxes cover over the area that either covers, 0 to 1.</summary>
    public float IntersectionOverUnion(FaceBox other)
    {
        var shared = Intersection(other);
        return shared > 0 ? shared / (Area + other.Area - shared) : 0;
    }

    /// <summary>Whether a point lies in the box.</summary>
    public bool Contains(float x, float y) => x >= X && x < X + Width && y >= Y && y < Y + Height;

    /// <summary>
    /// Whether both boxes may be around one face. Boxes of two models around a face differ more than those of one model, so that half of
    /// the usual overlap is enough.
    /// </summary>
    public bool Shares(FaceBox other) => IntersectionOverUnion(other) > 0.2f;
}
