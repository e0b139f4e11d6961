using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>How one face stands in a picture: what makes a portrait of a photo that shows others too.</summary>
/// <param name="AreaShare">Share of the picture's area that its box takes, 0 to 1.</param>
/// <param name="TimesNext">Its area over the area of the largest other face; null when there is no other.</param>
/// <param name="Sharpness">How much fine detail its box holds, from 0; to be compared within one picture only. See <see cref="SharpnessOf"/>.</param>
/// <param name="DistanceFromCentre">Distance of its centre from the picture's centre, 1 being a corner.</param>
public sealed record FaceGeometry(float AreaShare, float? TimesNext, float Sharpness, float DistanceFromCentre)
{
    // Faces are brought to this size before their detail is compared: a large face is smooth at pixel scale although it is in focus.
    private const int Side = 32;

    /// <summary>The geometry of each of <paramref name="faces"/>, which are in pixels of <paramref name="frame"/>.</summary>
    public static IReadOnlyList<FaceGeometry> Of(IReadOnlyList<FaceBox> faces, PixelImage frame) =>
        Of([.. faces.Select(face => (face, SharpnessOf(face, frame)))], frame.Width, frame.Height);

    /// <summary>The geometry of each of <paramref name="faces"/>, whose sharpness is known, in a picture of this size.</summary>
    public static IReadOnlyList<FaceGeometry> Of(IReadOnlyList<(FaceBox Box, float Sharpness)> faces, int width, int height) => [.. faces.Select((face, index) =>
    {
        var next = faces.Where((_, other) => other != index).Select(other => other.Box.Area).DefaultIfEmpty(0).Max();
        var (x, y) = (((face.Box.X + (face.Box.Width / 2)) / width) - 0.5f, ((face.Box.Y + (face.Box.Height / 2)) / height) - 0.5f);
        return new FaceGeometry(face.Box.Area / ((float)width * height), next > 0 ? face.Box.Area / next : null, face.Sharpness, MathF.Sqrt(((x * x) + (y * y)) * 2));
    })];

    /// <summary>
    /// Variance of the Laplacian over the variance of the brightness, of the box at 32 x 32: the usual measure of focus (Pech-Pacheco et
    /// al. 2000), made independent of contrast.
    /// </summary>
    internal static float SharpnessOf(FaceBox face, PixelImage frame)
    {
        var grey = Sample(face, frame);
        var (laplacian, brightness) = (new Spread(), new Spread());
        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                var at = (y * Side) + x;
                laplacian.Add(grey[at - 1] + grey[at + 1] + grey[at - Side] + grey[at + Side] - (4 * grey[at]));
                brightness.Add(grey[at]);
            }
        }

        return laplacian.Variance / Math.Max(1, brightness.Variance);
    }

    // The mean of the pixels that fall into each cell of a grid over the box; of a small face the nearest pixel.
    private static float[] Sample(FaceBox face, PixelImage frame)
    {
        var grey = new float[Side * Side];
        var bytes = frame.Bytes;
        for (var cell = 0; cell < grey.Length; cell++)
        {
            var (column, row) = (cell % Side, cell / Side);
            var left = Clamp(face.X + (face.Width * column / Side), frame.Width);
            var top = Clamp(face.Y + (face.Height * row / Side), frame.Height);
            var right = Math.Max(left + 1, Clamp(face.X + (face.Width * (column + 1) / Side), frame.Width));
            var bottom = Math.Max(top + 1, Clamp(face.Y + (face.Height * (row + 1) / Side), frame.Height));
            var sum = 0;
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    sum += bytes[(((y * frame.Width) + x) * 3) + 1];
                }
            }

            grey[cell] = sum / (float)((right - left) * (bottom - top));
        }

        return grey;
    }

    private static int Clamp(float value, int size) => Math.Clamp((int)value, 0, size - 1);

    private struct Spread
    {
        private double sum;
        private double squares;
        private int count;

        public readonly float Variance => (float)((squares / count) - (sum / count * (sum / count)));

        public void Add(float value)
        {
            sum += value;
            squares += (double)value * value;
            count++;
        }
    }
}
