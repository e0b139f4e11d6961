namespace PublicationGate.Imaging;

/// <summary>
/// A picture, or a part of one, shrunk to <see cref="Side"/> by <see cref="Side"/> mean greys, its shape given up. All in whole numbers, so
/// that the same pixels give the same grid on every machine.
/// </summary>
internal sealed class GreyGrid
{
    /// <summary>Cells along a side: a window that leaves out a fortieth of the picture still begins and ends between cells.</summary>
    public const int Side = 80;

    // More rows than this say nothing more about a mean of an eightieth of the height, and cost the time of reading them.
    private const int RowsWorthReading = 4 * Side;

    private readonly int[] cells = new int[Side * Side];

    private GreyGrid()
    {
    }

    /// <summary>Mean grey of a cell, in sixteenths of the 256 grey levels.</summary>
    public int this[int x, int y] => cells[(y * Side) + x];

    /// <summary>One row of cells.</summary>
    public ReadOnlySpan<int> Row(int y) => cells.AsSpan(y * Side, Side);

    /// <summary>The grid of the part of <paramref name="picture"/> within <paramref name="area"/>, which is not empty.</summary>
    public static GreyGrid Of(PixelImage picture, PixelArea area)
    {
        var grid = new GreyGrid();
        var step = Math.Max(1, area.Height / RowsWorthReading);
        for (var y = 0; y < Side; y++)
        {
            var (top, bottom) = Span(y, area.Height);
            for (var x = 0; x < Side; x++)
            {
                var (left, right) = Span(x, area.Width);
                grid.cells[(y * Side) + x] = MeanGrey(picture, area, left, right, top, bottom, step);
            }
        }

        return grid;
    }

    // The pixels of a cell; at least one, also where there are fewer pixels than cells.
    private static (int From, int To) Span(int cell, int length)
    {
        var from = (int)((long)cell * length / Side);
        return (from, Math.Max(from + 1, (int)((long)(cell + 1) * length / Side)));
    }

    private static int MeanGrey(PixelImage picture, PixelArea area, int left, int right, int top, int bottom, int step)
    {
        long red = 0, green = 0, blue = 0;
        var rows = 0;
        for (var y = top; y < bottom; y += step)
        {
            var row = picture.Bytes.Slice(((((area.Top + y) * picture.Width) + area.Left + left) * 3), (right - left) * 3);
            var (r, g, b) = (0, 0, 0);
            for (var at = 0; at + 2 < row.Length; at += 3)
            {
                r += row[at];
                g += row[at + 1];
                b += row[at + 2];
            }

            (red, green, blue, rows) = (red + r, green + g, blue + b, rows + 1);
        }

        // The weights of Rec. 601 in 256ths: what brightness is to the eye.
        return (int)(((77 * red) + (150 * green) + (29 * blue)) / (16L * rows * (right - left)));
    }
}

/// <summary>A rectangle of whole pixels.</summary>
internal readonly record struct PixelArea(int Left, int Top, int Width, int Height);
