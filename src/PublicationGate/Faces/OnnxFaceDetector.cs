using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>A face model in ONNX Runtime. One session serves all threads, and another, opened when it is first needed, a photo that is alone.</summary>
public sealed class OnnxFaceDetector : IFaceDetector, IDisposable
{
    // From two threads to four a run gains a sixth.
    private const int MostThreads = 4;

    private static readonly Lazy<bool> ArenaThatGrowsAsAsked = new(RegisterArena);
    private readonly TensorPool tensors = new();
    private readonly ModelManifest manifest;
    private readonly IFaceDecoder decoder;
    private readonly string[] inputs;
    private readonly string[] outputs;
    private readonly InferenceSession session;
    private readonly Lazy<InferenceSession> wide;

    /// <summary>Loads the model and lets it look at nothing once, to see whether it is the network that its manifest describes.</summary>
    /// <param name="manifest">What the model should be.</param>
    /// <param name="weights">Path of its weights.</param>
    /// <exception cref="ModelException">The file is missing, another one, or not that network.</exception>
    public OnnxFaceDetector(ModelManifest manifest, string weights)
    {
        this.manifest = manifest;
        decoder = manifest.Decoder == FaceDecoderKind.YuNet ? new YuNetDecoder() : new RetinaFaceDecoder();
        inputs = [manifest.Input];
        outputs = [.. manifest.Outputs];
        try
        {
            var model = OnnxGraph.Trim(manifest.ReadWeights(weights), manifest.Input, manifest.Outputs);
            session = Open(model, threads: 1);
            wide = new(() => Open(model, Math.Min(Environment.ProcessorCount, MostThreads)));
        }
        catch (KeyNotFoundException names)
        {
            throw Unusable(Texts.Get("model.no-such-names", ("names", names.Message)));
        }
        catch (Exception cause) when (cause is OnnxRuntimeException or InvalidDataException)
        {
            throw Unusable(new Text(cause.Message, cause.Message));
        }

        if (WhatIsWrong() is { } wrong)
        {
            Dispose();
            throw Unusable(wrong);
        }
    }

    /// <summary>Version of ONNX Runtime.</summary>
    public static string EngineVersion => OrtEnv.Instance().GetVersionString();

    /// <inheritdoc/>
    public IReadOnlyList<FaceBox> Detect(PixelImage image, CancellationToken cancellationToken)
    {
        var (width, height) = (Letterbox.Padded(image.Width), Letterbox.Padded(image.Height));
        return Run(width, height, planes => Letterbox.Fill(image, planes, manifest.RedFirst, manifest.Mean, manifest.Scale),
            values => decoder.Decode(index => values[index].GetTensorDataAsSpan<float>(), width, height, manifest.Policy.LowestScore), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        if (wide.IsValueCreated)
        {
            wide.Value.Dispose();
        }

        tensors.Dispose();
    }

    private T Run<T>(int width, int height, Action<Span<float>> fill, Func<IDisposableReadOnlyCollection<OrtValue>, T> read, CancellationToken cancellationToken)
    {
        var tensor = tensors.Rent(3 * width * height);
        try
        {
            fill(tensor.Floats);
            using var options = new RunOptions();
            using var stop = cancellationToken.Register(() => options.Terminate = true);
            using var input = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [1, 3, height, width], tensor.Address, tensor.Length * sizeof(float));
            // Both give the same boxes, to the last bit.
            using var values = (PhotosUnderWay.IsOne ? wide.Value : session).Run(options, inputs, [input], outputs);
            return read(values);
        }
        finally
        {
            tensors.Return(tensor);
        }
    }

    private Text? WhatIsWrong()
    {
        const int Side = 64;
        try
        {
            var expected = decoder.OutputLengths(Side, Side);
            var lengths = Run(Side, Side, planes => planes.Clear(), values => values.Select(value => value.GetTensorDataAsSpan<float>().Length).ToList(), CancellationToken.None);
            return lengths.SequenceEqual(expected) ? null
                : Texts.Get("model.wrong-shape", ("lengths", string.Join(", ", lengths)), ("expected", string.Join(", ", expected)));
        }
        catch (OnnxRuntimeException cause)
        {
            return new Text(cause.Message, cause.Message);
        }
    }

    private ModelException Unusable(Text detail) => new(Texts.Get("model.unusable", ("file", manifest.File), ("detail", detail)));

    // Photos are screened side by side, one a core: threads inside a run, and their spinning, would take cores from decoding.
    // Picture sizes change from run to run; laid out in advance for each, or taken in doubling steps, the same runs hold more memory.
    private static InferenceSession Open(byte[] model, int threads)
    {
        _ = ArenaThatGrowsAsAsked.Value;
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, EnableMemoryPattern = false, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        return new InferenceSession(model, options);
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
