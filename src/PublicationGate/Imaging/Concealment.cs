using System.Runtime.InteropServices;

namespace PublicationGate.Imaging;

/// <summary>
/// Paints over parts of a picture. What is painted depends on the pixels around them and never on those within, so nothing can bring
/// these back: pictures that differ within the parts only come out the same.
/// </summary>
internal static class Concealment
{
    // How far around a shape its colour is looked for, by its own size, and in how many steps across.
    private const float Around = 0.25f;
    private const int Steps = 48;

    private static readonly Rgb Grey = new(128, 128, 128);

    /// <summary>Paints over the shapes, which may overlap and lie partly or wholly outside the picture.</summary>
    public static void Apply(PixelImage picture, IReadOnlyList<ConcealedShape> shapes)
    {
        var colours = shapes.Select(shape => ColourAround(shape, picture, shapes)).ToList();
        var pixels = MemoryMarshal.Cast<byte, Rgb>(picture.Pixels);
        foreach (var (shape, colour) in shapes.Zip(colours))
        {
            var (from, to) = shape.Rows(picture.Height);
            for (var row = from; row < to; row++)
            {
                var (left, right) = shape.PixelsOf(row, picture.Width);
                pixels.Slice((row * picture.Width) + left, right - left).Fill(colour);
            }
        }
    }

    // The mean of what is close by and stays visible, muted; plain grey where nothing does.
    private static Rgb ColourAround(ConcealedShape shape, PixelImage picture, IReadOnlyList<ConcealedShape> shapes)
    {
        var pixels = MemoryMarshal.Cast<byte, Rgb>(picture.Bytes);
        var (red, green, blue, count) = (0, 0, 0, 0);
        for (var step = 0; step < Steps * Steps; step++)
        {
            var x = At(step % Steps, shape.X, shape.HalfWidth);
            var y = At(step / Steps, shape.Y, shape.HalfHeight);
            // A whole pixel away, so that a pixel that is painted in part is never looked at.
            if (x >= 0 && x < picture.Width && y >= 0 && y < picture.Height && !shapes.Any(other => other.Meets(MathF.Floor(x) - 1, MathF.Floor(y) - 1, 3, 3)))
            {
                var pixel = pixels[((int)y * picture.Width) + (int)x];
                (red, green, blue, count) = (red + pixel.Red, green + pixel.Green, blue + pixel.Blue, count + 1);
            }
        }

        return count == 0 ? Grey : new(Muted(red / count), Muted(green / count), Muted(blue / count));
    }

    // Halfway to grey: a head that takes the colour of the wall behind it seems to be missing, and skin colour looks like a face again.
    private static byte Muted(int value) => (byte)((value + Grey.Red) / 2);

    private static float At(int step, float centre, float half) => centre + (half * (1 + Around) * ((2f * step / (Steps - 1)) - 1));

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Rgb(byte Red, byte Green, byte Blue);
}
