using System.Runtime.InteropServices;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// What a picture shows, as 24 by 24 cells of brightness: enough to tell a thumbnail of the same picture from one that shows more, or
/// something else. Nothing of who is in it.
/// </summary>
internal sealed class PictureView
{
    // Thumbnails come 160 pixels wide: a cell is some six of them, so that sharpening and compression even out.
    private const int Cells = 24;

    // Of two thumbnails of one picture; measured, see models/README.md.
    private const double SamePicture = 0.93;
    private const double FlatDeviation = 6;
    private const double FlatDifference = 16;
    private const double SameShape = 0.04; // and a pixel, to which a thumbnail's sides are rounded
    private const byte Black = 28;
    private const int ThumbnailSide = 320;

    private readonly float[] cells;
    private readonly double aspect;
    private readonly int shortSide;

    private PictureView(float[] cells, int width, int height)
        : this(cells, (double)width / Math.Max(height, 1), Math.Max(Math.Min(width, height), 1))
    {
    }

    private PictureView(float[] cells, double aspect, int shortSide) => (this.cells, this.aspect, this.shortSide) = (cells, aspect, shortSide);

    /// <summary>Nothing to compare with: whatever is embedded counts as something else.</summary>
    public static PictureView OfNothing { get; } = new([], 0, 0);

    /// <summary>The view of a picture; its pixels are not kept.</summary>
    public static PictureView Of(PixelImage picture) => Of(picture, 0, 0, picture.Width, picture.Height);

    /// <summary>Writes the view, for a reader in another process.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write(aspect);
        to.Write(shortSide);
        to.Write(cells.Length);
        to.Write(MemoryMarshal.AsBytes<float>(cells));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static PictureView Read(BinaryReader from)
    {
        var (aspect, shortSide) = (from.ReadDouble(), from.ReadInt32());
        var cells = new float[from.ReadInt32() == 0 ? 0 : Cells * Cells];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(cells.AsSpan()));
        return new PictureView(cells, aspect, shortSide);
    }

    /// <summary>Whether an embedded picture shows the same, in any of the eight positions: thumbnails are often not turned along.</summary>
    public bool Shows(EmbeddedPicture embedded)
    {
        if (cells.Length == 0)
        {
            return false;
        }

        try
        {
            var decoder = new ImageDecoder(new ImageLimits());
            var header = decoder.ReadHeader(embedded.Content);
            if (embedded.IsGainMap)
            {
                return HasShape((double)header.Width / header.Height, header.Height, mayTurn: true);
            }

            using var picture = decoder.DecodeFrames(embedded.Content, header, ThumbnailSide, () => { }).First();
            return Candidates(picture).Any(IsSame);
        }
        catch (UnreadableImageException)
        {
            return false;
        }
    }

    private static PictureView Of(PixelImage picture, int left, int top, int width, int height)
    {
        var bytes = picture.Bytes;
        var cells = new float[Cells * Cells];
        for (var row = 0; row < Cells; row++)
        {
            var (y0, y1) = (top + (row * height / Cells), top + Math.Max(((row + 1) * height / Cells), (row * height / Cells) + 1));
            for (var column = 0; column < Cells; column++)
            {
                var (x0, x1) = (left + (column * width / Cells), left + Math.Max(((column + 1) * width / Cells), (column * width / Cells) + 1));
                long sum = 0;
                for (var y = y0; y < y1; y++)
                {
                    foreach (var value in bytes.Slice(((y * picture.Width) + x0) * 3, (x1 - x0) * 3))
                    {
                        sum += value;
                    }
                }

                cells[(row * Cells) + column] = (float)sum / ((y1 - y0) * (x1 - x0) * 3);
            }
        }

        return new PictureView(cells, width, height);
    }

    // As it is, and without the black bars that cameras add to make every thumbnail four by three.
    private List<PictureView> Candidates(PixelImage picture)
    {
        var candidates = new List<PictureView> { Of(picture) };
        foreach (var wanted in new[] { aspect, 1 / aspect })
        {
            var width = (int)Math.Min(picture.Width, Math.Round(picture.Height * wanted));
            var height = (int)Math.Min(picture.Height, Math.Round(picture.Width / wanted));
            var (left, top) = ((picture.Width - width) / 2, (picture.Height - height) / 2);
            if (width > 0 && height > 0 && (left > 0 || top > 0) && IsBlackOutside(picture, left, top))
            {
                candidates.Add(Of(picture, left, top, width, height));
            }
        }

        return candidates;
    }

    private static bool IsBlackOutside(PixelImage picture, int left, int top)
    {
        // A pixel of the bar's edge may be mixed with the picture's.
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var isOutside = y < top - 1 || y > picture.Height - top || x < left - 1 || x > picture.Width - left;
                if (isOutside && picture.Bytes[((y * picture.Width) + x) * 3] > Black)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsSame(PictureView other) => Enumerable.Range(0, 8).Any(position => IsSame(other, position));

    private bool IsSame(PictureView other, int position)
    {
        var isTurned = (position & 4) != 0;
        if (!HasShape(isTurned ? 1 / other.aspect : other.aspect, other.shortSide, mayTurn: false))
        {
            return false;
        }

        var turned = new float[cells.Length];
        for (var row = 0; row < Cells; row++)
        {
            for (var column = 0; column < Cells; column++)
            {
                var (y, x) = isTurned ? (column, row) : (row, column);
                turned[(row * Cells) + column] = other.cells[(((position & 1) != 0 ? Cells - 1 - y : y) * Cells) + ((position & 2) != 0 ? Cells - 1 - x : x)];
            }
        }

        return Similarity(turned) >= SamePicture;
    }

    /// <summary>Correlation of the cells, 1 for the same picture in any brightness and contrast; planes without detail are held against each other as they are.</summary>
    private double Similarity(float[] other)
    {
        var (meanA, meanB) = (cells.Average(), other.Average());
        double both = 0, a = 0, b = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var (x, y) = (cells[i] - meanA, other[i] - meanB);
            both += x * y;
            a += x * x;
            b += y * y;
        }

        var (deviationA, deviationB) = (Math.Sqrt(a / cells.Length), Math.Sqrt(b / cells.Length));
        return deviationA < FlatDeviation && deviationB < FlatDeviation
            ? Math.Abs(meanA - meanB) < FlatDifference ? 1 : 0
            : both / Math.Max(Math.Sqrt(a * b), double.Epsilon);
    }

    private bool HasShape(double other, int otherSide, bool mayTurn) =>
        Math.Min(Math.Abs((other / aspect) - 1), mayTurn ? Math.Abs((other * aspect) - 1) : double.MaxValue) < SameShape + (1.0 / otherSide);
}
