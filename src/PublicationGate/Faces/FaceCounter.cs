using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Counts the faces in a photo by the passes that the model's manifest asks for.</summary>
public sealed class FaceCounter(IFaceDetector detector, ModelManifest manifest)
{
    /// <summary>Long side in pixels that frames should be decoded to.</summary>
    public int LongSide => manifest.LongSide;

    /// <summary>
    /// Counts in every frame: the highest number of sure faces counts, with the doubts of all frames. A doubt in one frame stays a doubt
    /// even if another frame is sure of that face.
    /// </summary>
    /// <param name="frames">Upright frames; each is disposed here.</param>
    /// <param name="header">Size of the original, to which the boxes are scaled.</param>
    public FaceFacts Count(IEnumerable<PixelImage> frames, ImageHeader header)
    {
        var sure = new List<FaceBox>();
        var doubtful = new List<FaceBox>();
        foreach (var frame in frames)
        {
            using (frame)
            {
                var faces = FindIn(frame, header);
                var counted = faces.FindAll(face => face.Score >= manifest.Sure);
                sure = counted.Count > sure.Count ? counted : sure;
                doubtful.AddRange(faces.FindAll(face => face.Score < manifest.Sure));
            }
        }

        return new FaceFacts { Sure = InReadingOrder(sure), Doubtful = InReadingOrder(Suppress(doubtful)), Model = manifest.Name, ModelSha256 = manifest.Sha256 };
    }

    private List<FaceBox> FindIn(PixelImage frame, ImageHeader header)
    {
        var boxes = new List<FaceBox>();
        foreach (var pass in manifest.Passes)
        {
            // By the frame's own size: a page of a TIFF may be far larger than the first one, of which the header speaks.
            using var resized = frame.Resized(pass.LongSideFor(Math.Max(frame.Width, frame.Height)));
            var picture = resized ?? frame;
            var toOriginal = (float)header.Width / picture.Width;
            boxes.AddRange(detector.Detect(picture).Where(box => box.ShortSide >= pass.SmallestShortSide).Select(box => box.Scaled(toOriginal)));
        }

        return Suppress(boxes);
    }

    private List<FaceBox> Suppress(IEnumerable<FaceBox> boxes) =>
        NonMaximumSuppression.Suppress(boxes, manifest.IntersectionOverUnion, manifest.IntersectionOverSmaller);

    private static List<FaceBox> InReadingOrder(List<FaceBox> boxes) => [.. boxes.OrderBy(box => box.Y).ThenBy(box => box.X)];
}
