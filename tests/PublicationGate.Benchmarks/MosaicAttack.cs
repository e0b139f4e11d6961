using System.Globalization;
using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>
/// Why heads are painted over and not pixelated: which head of all at hand a mosaic shows, found by making the same mosaic of each candidate and
/// taking the closest, as someone would who has a class list with photographs. The mosaic is of a copy that is brighter and framed
/// otherwise. Whoever tries has the same photograph, so this is the most that a mosaic gives away.
/// </summary>
internal static class MosaicAttack
{
    public static void Run(string labels)
    {
        var heads = Heads(labels).ToList();
        Console.WriteLine($"\n| {heads.Count} heads | told by the mosaic |\n|---|---|");
        foreach (var (cells, levels) in new[] { (8, 256), (6, 256), (6, 8), (6, 4), (4, 8), (3, 4) })
        {
            var known = heads.ConvertAll(head => Mosaic(head.Pixels, head.Box, cells, levels, 1));
            var found = heads.Index().AsParallel().Count(head =>
            {
                var box = head.Item.Box;
                var seen = Mosaic(head.Item.Pixels, box with { X = box.X + (box.Width * 0.06f), Width = box.Width * 1.1f }, cells, levels, 1.2);
                return known.Index().MaxBy(other => Likeness(seen, other.Item)).Index == head.Index;
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {cells} x {cells} cells, {levels} levels | {(double)found / heads.Count:0.000} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| painted over (by chance) | {1.0 / heads.Count:0.000} |"));
    }

    private static IEnumerable<(PixelImage Pixels, FaceBox Box)> Heads(string labels)
    {
        var decoder = new ImageDecoder(new ImageLimits());
        foreach (var photo in LabelledPhotos.Read(labels))
        {
            var content = File.ReadAllBytes(photo.Path);
            var header = decoder.ReadHeader(content);
            var pixels = decoder.DecodeFrames(content, header, Math.Max(header.Width, header.Height), () => { }).First();
            foreach (var box in photo.Boxes ?? [])
            {
                yield return (pixels, new(box.X - (box.Width * 0.25f), box.Y - (box.Height * 0.4f), box.Width * 1.5f, box.Height * 1.6f, 1));
            }
        }
    }

    // The means of the cells in red, green and blue, in so many levels.
    private static double[] Mosaic(PixelImage pixels, FaceBox box, int cells, int levels, double brighter)
    {
        var mosaic = new double[cells * cells * 3];
        for (var at = 0; at < mosaic.Length; at++)
        {
            var (colour, column, row) = (at % 3, at / 3 % cells, at / 3 / cells);
            var sum = 0.0;
            const int Samples = 8;
            for (var sample = 0; sample < Samples * Samples; sample++)
            {
                var x = (int)Math.Clamp(box.X + (box.Width * (column + ((sample % Samples) / (float)Samples)) / cells), 0, pixels.Width - 1);
                var y = (int)Math.Clamp(box.Y + (box.Height * (row + ((sample / Samples) / (float)Samples)) / cells), 0, pixels.Height - 1);
                sum += Math.Min(255, pixels.Bytes[(((y * pixels.Width) + x) * 3) + colour] * brighter);
            }

            mosaic[at] = Math.Floor(sum / (Samples * Samples) * levels / 256);
        }

        return mosaic;
    }

    // Correlation, so that it does not matter how bright and how rich in contrast the copy is.
    private static double Likeness(double[] one, double[] other)
    {
        var (a, b) = (one.Average(), other.Average());
        var (product, first, second) = (0.0, 1e-9, 1e-9);
        for (var at = 0; at < one.Length; at++)
        {
            product += (one[at] - a) * (other[at] - b);
            first += (one[at] - a) * (one[at] - a);
            second += (other[at] - b) * (other[at] - b);
        }

        return product / Math.Sqrt(first * second);
    }
}
