using PublicationGate.Faces;

namespace PublicationGate.Tests.Support;

/// <summary>The real face models, each loaded once for all tests: the one that comes with the gate, and YuNet, which may be missing.</summary>
internal static class RealModel
{
    public const string RetinaFace = "retinaface";
    public const string YuNet = "yunet";

    private const string YuNetFile = "models/face_detection_yunet_2023mar.onnx";
    private static readonly Lazy<FaceModel> LoadedRetinaFace = new(() => Store!.Open(Store.Named(RetinaFace)));
    private static readonly Lazy<FaceModel> LoadedYuNet = new(() => Store!.OpenFile(TestFiles.SharedPath(YuNetFile)));

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The models as the program finds them, with no data folder.</summary>
    public static ModelStore Store { get; } = new(Folder, Path.Combine(AppContext.BaseDirectory, "no such folder"));

    public static ModelManifest Manifest { get; } = Store.Named(RetinaFace);

    public static string Weights => Store.WeightsOf(Manifest)!;

    /// <summary>The model of a name; the test is left out, by name, when its weights are not there.</summary>
    public static FaceModel Named(string name)
    {
        if (name == RetinaFace)
        {
            return LoadedRetinaFace.Value;
        }

        TestFiles.Shared(YuNetFile);
        return LoadedYuNet.Value;
    }

    /// <summary>What is counted in a file, as the gate counts.</summary>
    public static FaceFacts Count(byte[] file, params string[] models)
    {
        var counter = new FaceCounter([.. models.DefaultIfEmpty(RetinaFace).Select(Named)]);
        var header = Photos.Decoder.ReadHeader(file);
        return counter.Count(header, longSide => Photos.Decoder.DecodeFrames(file, header, longSide, () => { }), CancellationToken.None);
    }
}
