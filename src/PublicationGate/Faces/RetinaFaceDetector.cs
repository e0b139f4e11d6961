using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>RetinaFace in ONNX Runtime. One session serves all threads.</summary>
public sealed class RetinaFaceDetector : IFaceDetector, IDisposable
{
    private static readonly string[] InputNames = ["data"];
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly float lowestScore;

    /// <summary>Loads the model and looks whether it is the one that the decoder reads.</summary>
    /// <exception cref="ModelException">The file is missing, another one, or not this network.</exception>
    public RetinaFaceDetector(ModelManifest manifest)
    {
        lowestScore = manifest.Doubtful;
        try
        {
            using var options = Options();
            session = new InferenceSession(OnnxShapes.WithFreeSize(manifest.ReadWeights()), options);
        }
        catch (Exception cause) when (cause is OnnxRuntimeException or InvalidDataException)
        {
            throw new ModelException(Texts.Get("model.unusable", ("file", manifest.File), ("detail", cause.Message)));
        }

        var missing = InputNames.Except(session.InputNames).Concat(RetinaFaceDecoder.OutputNames.Except(session.OutputNames)).ToList();
        if (missing.Count > 0)
        {
            session.Dispose();
            throw new ModelException(Texts.Get("model.unusable", ("file", manifest.File), ("detail", string.Join(", ", missing))));
        }
    }

    /// <summary>Version of ONNX Runtime.</summary>
    public static string EngineVersion => OrtEnv.Instance().GetVersionString();

    /// <inheritdoc/>
    public IReadOnlyList<FaceBox> Detect(PixelImage image)
    {
        var (width, height) = (Letterbox.Padded(image.Width), Letterbox.Padded(image.Height));
        var length = 3 * width * height;
        var planes = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Letterbox.Fill(image, planes, redFirst: true);
            using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, planes.AsMemory(0, length), [1, 3, height, width]);
            using var outputs = session.Run(runOptions, InputNames, [input], RetinaFaceDecoder.OutputNames);
            return RetinaFaceDecoder.Decode(index => outputs[index].GetTensorDataAsSpan<float>(), width, height, lowestScore);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }

    // Photos are screened side by side, one a core: threads inside a run, and their spinning, would take cores from decoding.
    private static SessionOptions Options()
    {
        var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
