using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>A picture as a network wants it: planes of floats, 0 to 255, top left in a black area whose sides are multiples of 32.</summary>
internal static class Letterbox
{
    /// <summary>The coarsest stride of the detectors: both sides must be multiples of it.</summary>
    public const int Stride = 32;

    /// <summary>A side rounded up to the next multiple of <see cref="Stride"/>.</summary>
    public static int Padded(int side) => (side + Stride - 1) / Stride * Stride;

    /// <summary>Fills planes of <see cref="Padded"/> width and height: red first, or blue first.</summary>
    public static void Fill(PixelImage image, Span<float> planes, bool redFirst)
    {
        var width = Padded(image.Width);
        var plane = width * Padded(image.Height);
        planes[..(plane * 3)].Clear();
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Bytes.Slice(y * image.Width * 3, image.Width * 3);
            var first = planes.Slice(y * width, image.Width);
            var second = planes.Slice(plane + (y * width), image.Width);
            var third = planes.Slice((2 * plane) + (y * width), image.Width);
            var (red, blue) = (redFirst ? 0 : 2, redFirst ? 2 : 0);
            for (var x = 0; x < first.Length; x++)
            {
                first[x] = row[(x * 3) + red];
                second[x] = row[(x * 3) + 1];
                third[x] = row[(x * 3) + blue];
            }
        }
    }
}
