using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>A picture as a network wants it: planes of floats, top left in a black area whose sides are multiples of 32.</summary>
internal static class Letterbox
{
    /// <summary>The coarsest stride of the detectors: both sides must be multiples of it.</summary>
    public const int Stride = 32;

    // A vector of sixteen bytes is sixteen values of one plane, out of three vectors of sixteen pixels' bytes.
    private const int Lanes = 16;

    /// <summary>A side rounded up to the next multiple of <see cref="Stride"/>.</summary>
    public static int Padded(int side) => (side + Stride - 1) / Stride * Stride;

    /// <summary>Fills planes of <see cref="Padded"/> width and height with (value - <paramref name="mean"/>) x <paramref name="scale"/>.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="planes">Three planes.</param>
    /// <param name="redFirst">Red, green, blue; else blue, green, red.</param>
    /// <param name="mean">Taken off each value; the black around the picture is a value of 0.</param>
    /// <param name="scale">What the rest is multiplied by.</param>
    public static void Fill(PixelImage image, Span<float> planes, bool redFirst, float mean = 0, float scale = 1)
    {
        var (width, height) = (Padded(image.Width), Padded(image.Height));
        var plane = width * height;
        var black = (0 - mean) * scale;
        for (var channel = 0; channel < 3; channel++)
        {
            planes.Slice((channel * plane) + (image.Height * width), (height - image.Height) * width).Fill(black);
        }

        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Bytes.Slice(y * image.Width * 3, image.Width * 3);
            var red = planes.Slice(((redFirst ? 0 : 2) * plane) + (y * width), width);
            var green = planes.Slice(plane + (y * width), width);
            var blue = planes.Slice(((redFirst ? 2 : 0) * plane) + (y * width), width);
            FillRow(row, red, green, blue, image.Width, mean, scale);
            red[image.Width..].Fill(black);
            green[image.Width..].Fill(black);
            blue[image.Width..].Fill(black);
        }
    }

    private static void FillRow(ReadOnlySpan<byte> row, Span<float> red, Span<float> green, Span<float> blue, int width, float mean, float scale)
    {
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var bytes = ref MemoryMarshal.GetReference(row);
            for (; x + Lanes <= width; x += Lanes)
            {
                var a = Vector128.LoadUnsafe(ref bytes, (nuint)(x * 3));
                var b = Vector128.LoadUnsafe(ref bytes, (nuint)((x * 3) + Lanes));
                var c = Vector128.LoadUnsafe(ref bytes, (nuint)((x * 3) + (2 * Lanes)));
                Store(Gather(a, b, c, 0), red[x..], mean, scale);
                Store(Gather(a, b, c, 1), green[x..], mean, scale);
                Store(Gather(a, b, c, 2), blue[x..], mean, scale);
            }
        }

        for (; x < width; x++)
        {
            red[x] = (row[x * 3] - mean) * scale;
            green[x] = (row[(x * 3) + 1] - mean) * scale;
            blue[x] = (row[(x * 3) + 2] - mean) * scale;
        }
    }

    // Every third byte of 48, from `channel` on. An index beyond 15 shuffles a zero in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Gather(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, [ConstantExpected] int channel) => channel switch
    {
        0 => Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13)),
        1 => Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14)),
        _ => Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> values, Span<float> plane, float mean, float scale)
    {
        var (low, high) = Vector128.Widen(values);
        var (first, second) = Vector128.Widen(low);
        var (third, fourth) = Vector128.Widen(high);
        ref var target = ref MemoryMarshal.GetReference(plane);
        var (means, scales) = (Vector128.Create(mean), Vector128.Create(scale));
        ((Vector128.ConvertToSingle(first.AsInt32()) - means) * scales).StoreUnsafe(ref target);
        ((Vector128.ConvertToSingle(second.AsInt32()) - means) * scales).StoreUnsafe(ref target, 4);
        ((Vector128.ConvertToSingle(third.AsInt32()) - means) * scales).StoreUnsafe(ref target, 8);
        ((Vector128.ConvertToSingle(fourth.AsInt32()) - means) * scales).StoreUnsafe(ref target, 12);
    }
}
