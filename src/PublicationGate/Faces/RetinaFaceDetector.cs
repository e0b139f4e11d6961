using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>RetinaFace in ONNX Runtime. One session serves all threads.</summary>
public sealed class RetinaFaceDetector : IFaceDetector, IDisposable
{
    private static readonly string[] InputNames = ["data"];
    private static readonly Lazy<bool> ArenaThatGrowsAsAsked = new(RegisterArena);
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly TensorPool tensors = new();
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
        var tensor = tensors.Rent(3 * width * height);
        try
        {
            Letterbox.Fill(image, tensor.Floats, redFirst: true);
            using var input = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [1, 3, height, width], tensor.Address, tensor.Length * sizeof(float));
            using var outputs = session.Run(runOptions, InputNames, [input], RetinaFaceDecoder.OutputNames);
            return RetinaFaceDecoder.Decode(index => outputs[index].GetTensorDataAsSpan<float>(), width, height, lowestScore);
        }
        finally
        {
            tensors.Return(tensor);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
        tensors.Dispose();
    }

    // Photos are screened side by side, one a core: threads inside a run, and their spinning, would take cores from decoding.
    // Picture sizes change from run to run; laid out in advance for each, or taken in doubling steps, the same runs hold more memory.
    private static SessionOptions Options()
    {
        _ = ArenaThatGrowsAsAsked.Value;
        var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, EnableMemoryPattern = false, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        return options;
    }

    private static bool RegisterArena()
    {
        const int SameAsRequested = 1;
        using var arena = new OrtArenaCfg(maxMemory: 0, arenaExtendStrategy: SameAsRequested, initialChunkSizeBytes: -1, maxDeadBytesPerChunk: -1);
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        return true;
    }
}
