using PublicationGate.Faces;

namespace PublicationGate.Tests.Support;

/// <summary>The face model that comes with the gate, loaded once for all tests.</summary>
internal static class RealModel
{
    private static readonly Lazy<RetinaFaceDetector> Loaded = new(() => new RetinaFaceDetector(ModelManifest.Read(ManifestFile)));

    public static string ManifestFile => Path.Combine(AppContext.BaseDirectory, "models", "retinaface.json");

    public static ModelManifest Manifest { get; } = ModelManifest.Read(ManifestFile);

    public static RetinaFaceDetector Detector => Loaded.Value;

    /// <summary>What is counted in a file, as the gate counts.</summary>
    public static FaceFacts Count(byte[] file)
    {
        var counter = new FaceCounter(Detector, Manifest);
        var header = Photos.Decoder.ReadHeader(file);
        return counter.Count(Photos.Decoder.DecodeFrames(file, header, counter.LongSide, () => { }), header);
    }
}
