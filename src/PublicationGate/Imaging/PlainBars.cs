namespace PublicationGate.Imaging;

/// <summary>
/// Finds the picture within plain bars, as a screenshot lays them around it: black above and below, or a window's frame. A few signs on a
/// bar, such as a clock, do not hide that it is one.
/// </summary>
internal static class PlainBars
{
    // Grey levels around the bar's own that still are the bar: what strong JPEG compression leaves of a plain field.
    private const int Tolerance = 2;

    // Looked at along a line, at most; even at 20 px a status bar's signs then are seen as few among many.
    private const int Samples = 200;

    // A line is bar when this share of it, in percent, has the bar's grey.
    private const int Share = 60;

    // What is left must be a picture, not a line of text: in percent of each side.
    private const int SmallestSide = 10;

    /// <summary>The picture without its bars; the whole of it when it has none, or when hardly anything else is there.</summary>
    public static PixelArea Inside(PixelImage picture)
    {
        var (top, bottom) = Trim(picture.Height, picture.Width, (line, at) => Grey(picture, at, line));
        var (left, right) = Trim(picture.Width, bottom - top, (line, at) => Grey(picture, line, top + at));
        var isPicture = (right - left) * 100L >= (long)picture.Width * SmallestSide && (bottom - top) * 100L >= (long)picture.Height * SmallestSide;
        return isPicture ? new PixelArea(left, top, right - left, bottom - top) : new PixelArea(0, 0, picture.Width, picture.Height);
    }

    // From both ends, each with the grey of its own outermost line.
    private static (int From, int To) Trim(int lines, int length, Func<int, int, int> grey)
    {
        var (from, to) = (0, lines);
        var first = Usual(0, length, grey);
        while (from < lines && IsBar(from, length, first, grey))
        {
            from++;
        }

        var last = Usual(lines - 1, length, grey);
        while (to > from && IsBar(to - 1, length, last, grey))
        {
            to--;
        }

        return to > from ? (from, to) : (0, lines);
    }

    private static int Usual(int line, int length, Func<int, int, int> grey)
    {
        Span<int> seen = stackalloc int[Math.Min(Samples, length)];
        for (var i = 0; i < seen.Length; i++)
        {
            seen[i] = grey(line, (int)((long)i * length / seen.Length));
        }

        seen.Sort();
        return seen[seen.Length / 2];
    }

    private static bool IsBar(int line, int length, int bar, Func<int, int, int> grey)
    {
        var samples = Math.Min(Samples, length);
        var alike = 0;
        for (var i = 0; i < samples; i++)
        {
            alike += Math.Abs(grey(line, (int)((long)i * length / samples)) - bar) <= Tolerance ? 1 : 0;
        }

        return alike * 100 >= samples * Share;
    }

    private static int Grey(PixelImage picture, int x, int y)
    {
        var pixel = picture.Bytes.Slice(((y * picture.Width) + x) * 3, 3);
        return ((77 * pixel[0]) + (150 * pixel[1]) + (29 * pixel[2])) >> 8;
    }
}
