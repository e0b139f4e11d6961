using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Finds faces in one picture at the size it has.</summary>
public interface IFaceDetector
{
    /// <summary>Boxes in pixels of <paramref name="image"/>, from the doubtful score up; the same face may come more than once.</summary>
    /// <param name="image">An upright picture.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    IReadOnlyList<FaceBox> Detect(PixelImage image, CancellationToken cancellationToken);
}
