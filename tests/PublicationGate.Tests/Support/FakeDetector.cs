using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Tests.Support;

/// <summary>A detector that sees what a test says.</summary>
internal sealed class FakeDetector(Func<PixelImage, CancellationToken, IReadOnlyList<FaceBox>> see) : IFaceDetector, IDisposable
{
    public FakeDetector(Func<PixelImage, IReadOnlyList<FaceBox>> see)
        : this((image, _) => see(image))
    {
    }

    /// <summary>Width and height of every picture that was looked at.</summary>
    public List<(int Width, int Height)> Seen { get; } = [];

    public bool IsDisposed { get; private set; }

    public static FakeDetector Sees(params FaceBox[] boxes) => new(_ => boxes);

    /// <summary>Sees the same faces at any size: boxes in pixels of a picture of <paramref name="width"/>.</summary>
    public static FakeDetector SeesInPhotoOf(int width, params FaceBox[] boxes) => new(image => [.. boxes.Select(box => box.Scaled((float)image.Width / width))]);

    public IReadOnlyList<FaceBox> Detect(PixelImage image, CancellationToken cancellationToken)
    {
        lock (Seen)
        {
            Seen.Add((image.Width, image.Height));
        }

        return see(image, cancellationToken);
    }

    public void Dispose() => IsDisposed = true;
}
