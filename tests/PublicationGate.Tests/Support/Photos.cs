using PublicationGate.Imaging;

namespace PublicationGate.Tests.Support;

/// <summary>Decodes as the gate does, and compares pixels.</summary>
internal static class Photos
{
    public static ImageDecoder Decoder { get; } = new(new ImageLimits());

    /// <summary>One frame, copied out of libvips.</summary>
    public sealed record Frame(int Width, int Height, byte[] Rgb)
    {
        public (byte R, byte G, byte B) this[int x, int y] => (Rgb[((y * Width) + x) * 3], Rgb[(((y * Width) + x) * 3) + 1], Rgb[(((y * Width) + x) * 3) + 2]);
    }

    /// <summary>All frames of a file.</summary>
    public static List<Frame> Decode(byte[] file, int longSide = 1280, Action? onWarning = null)
    {
        var frames = new List<Frame>();
        foreach (var pixels in Decoder.DecodeFrames(file, Decoder.ReadHeader(file), longSide, onWarning ?? (() => { })))
        {
            using (pixels)
            {
                frames.Add(new Frame(pixels.Width, pixels.Height, pixels.Bytes.ToArray()));
            }
        }

        return frames;
    }

    /// <summary>Why a file does not decode; fails the test when it does.</summary>
    public static ImageProblem ProblemOf(byte[] file) => Assert.Throws<UnreadableImageException>(() => Decode(file))!.Problem;

    /// <summary>Mean difference of all samples of two pictures of one size.</summary>
    public static double Difference(Frame a, Frame b)
    {
        Assert.That((a.Width, a.Height), Is.EqualTo((b.Width, b.Height)));
        return a.Rgb.Zip(b.Rgb, (left, right) => (double)Math.Abs(left - right)).Average();
    }
}
