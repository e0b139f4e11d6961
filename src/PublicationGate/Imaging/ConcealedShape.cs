namespace PublicationGate.Imaging;

/// <summary>An ellipse or a rectangle in the pixels of some picture, by its centre and half its width and height.</summary>
internal readonly record struct ConcealedShape(bool IsEllipse, float X, float Y, float HalfWidth, float HalfHeight)
{
    /// <summary>The same shape in a picture that is <paramref name="factor"/> times as large.</summary>
    public ConcealedShape Scaled(float factor) => new(IsEllipse, X * factor, Y * factor, HalfWidth * factor, HalfHeight * factor);

    /// <summary>Whether a point lies in it.</summary>
    public bool Contains(float x, float y)
    {
        var (across, down) = ((x - X) / HalfWidth, (y - Y) / HalfHeight);
        return IsEllipse ? (across * across) + (down * down) <= 1 : Math.Abs(across) <= 1 && Math.Abs(down) <= 1;
    }

    /// <summary>Whether any of a rectangle lies in it.</summary>
    public bool Meets(float left, float top, float width, float height) => Contains(Math.Clamp(X, left, left + width), Math.Clamp(Y, top, top + height));

    /// <summary>The rows that it touches in a picture of that height; none when it lies outside.</summary>
    public (int From, int To) Rows(int height) => Whole(Y - HalfHeight, Y + HalfHeight, height);

    /// <summary>The pixels of a row that it touches, in a picture of that width; none when it lies outside.</summary>
    public (int From, int To) PixelsOf(int row, int width)
    {
        // Where it is widest within the row: a pixel that is concealed in part is concealed.
        var down = (Math.Clamp(Y, row, row + 1) - Y) / HalfHeight;
        var half = IsEllipse ? HalfWidth * MathF.Sqrt(Math.Max(0, 1 - (down * down))) : HalfWidth;
        return Whole(X - half, X + half, width);
    }

    private static (int From, int To) Whole(float from, float to, int size)
    {
        var (first, last) = ((int)MathF.Floor(Math.Clamp(from, 0, size)), (int)MathF.Ceiling(Math.Clamp(to, 0, size)));
        return (first, Math.Max(first, last));
    }
}
