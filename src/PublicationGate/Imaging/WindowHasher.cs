namespace PublicationGate.Imaging;

/// <summary>Computes the hashes of windows of one grid. What windows with the same columns share is computed once.</summary>
internal sealed class WindowHasher(GreyGrid grid)
{
    private const int Frequencies = 8;
    private const int Stride = GreyGrid.Side + 1;
    private const int CosineBits = 12;

    // In 4096ths and rounded, so that it is the same on every machine: cosine tables differ in their last bit.
    private static readonly int[]?[] Cosines = new int[GreyGrid.Side + 1][];

    private readonly int[] sums = SumsOf(grid);
    private readonly Dictionary<(int Left, int Width), int[]> rowWaves = [];

    /// <summary>The hashes of the window of <paramref name="width"/> by <paramref name="height"/> cells.</summary>
    public HashedWindow Hash(int left, int top, int width, int height)
    {
        var waves = Waves(left, top, width, height);
        ulong across = 0, down = 0;
        for (var at = 0; at < 64; at++)
        {
            var (row, column) = (at / 8, at % 8);
            if (Field(column, 9, row, 8) > Field(column + 1, 9, row, 8))
            {
                across |= 1UL << at;
            }

            if (Field(column, 8, row, 9) > Field(column, 8, row + 1, 9))
            {
                down |= 1UL << at;
            }
        }

        return new HashedWindow(waves, across, down);

        int Field(int column, int columns, int row, int rows) => Mean(
            left + (column * width / columns), left + ((column + 1) * width / columns), top + (row * height / rows), top + ((row + 1) * height / rows));
    }

    private ulong Waves(int left, int top, int width, int height)
    {
        var ofRows = RowWaves(left, width);
        var cosines = CosinesOf(height);
        ulong waves = 0;
        for (var frequency = 1; frequency < 64; frequency++)
        {
            var (vertical, horizontal) = (frequency / Frequencies, frequency % Frequencies);
            long sum = 0;
            for (var y = 0; y < height; y++)
            {
                sum += (long)ofRows[((top + y) * Frequencies) + horizontal] * cosines[(vertical * height) + y];
            }

            waves |= sum > 0 ? 1UL << frequency : 0;
        }

        return waves;
    }

    private int[] RowWaves(int left, int width)
    {
        if (rowWaves.TryGetValue((left, width), out var known))
        {
            return known;
        }

        var cosines = CosinesOf(width);
        var waves = new int[GreyGrid.Side * Frequencies];
        for (var y = 0; y < GreyGrid.Side; y++)
        {
            var row = grid.Row(y).Slice(left, width);
            for (var frequency = 0; frequency < Frequencies; frequency++)
            {
                var wave = cosines.AsSpan(frequency * width, width);
                var sum = 0;
                for (var x = 0; x < row.Length; x++)
                {
                    // 12 bits of grey, 12 of cosine and 7 of length stay within 31.
                    sum += row[x] * wave[x];
                }

                waves[(y * Frequencies) + frequency] = sum;
            }
        }

        return rowWaves[(left, width)] = waves;
    }

    private static int[] CosinesOf(int length) => Cosines[length] ??=
        [.. from frequency in Enumerable.Range(0, Frequencies)
            from at in Enumerable.Range(0, length)
            select (int)Math.Round(Math.Cos(Math.PI * frequency * ((2 * at) + 1) / (2.0 * length)) * (1 << CosineBits))];

    private int Mean(int left, int right, int top, int bottom)
    {
        var sum = sums[(bottom * Stride) + right] - sums[(top * Stride) + right] - sums[(bottom * Stride) + left] + sums[(top * Stride) + left];
        return sum / ((right - left) * (bottom - top));
    }

    // Entry (x, y): the sum of all cells left of x and above y.
    private static int[] SumsOf(GreyGrid grid)
    {
        var sums = new int[Stride * Stride];
        for (var y = 0; y < GreyGrid.Side; y++)
        {
            var ofRow = 0;
            for (var x = 0; x < GreyGrid.Side; x++)
            {
                ofRow += grid[x, y];
                sums[((y + 1) * Stride) + x + 1] = sums[(y * Stride) + x + 1] + ofRow;
            }
        }

        return sums;
    }
}
