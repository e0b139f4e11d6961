using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Tests.Support;

/// <summary>A detector that sees what a test says.</summary>
internal sealed class FakeDetector(Func<PixelImage, IReadOnlyList<FaceBox>> see) : IFaceDetector
{
    /// <summary>Width and height of every picture that was looked at.</summary>
    public List<(int Width, int Height)> Seen { get; } = [];

    public static FakeDetector Sees(params FaceBox[] boxes) => new(_ => boxes);

    public IReadOnlyList<FaceBox> Detect(PixelImage image)
    {
        lock (Seen)
        {
            Seen.Add((image.Width, image.Height));
        }

        return see(image);
    }
}
