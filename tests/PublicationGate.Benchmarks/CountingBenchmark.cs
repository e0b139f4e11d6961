using System.Diagnostics;
using System.Text.Json;
using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>Counting alone, in a process of its own: what the peers do too. Decode, find, count; no consent, no rules, no database.</summary>
internal static class CountingBenchmark
{
    /// <summary>Runs itself on some cores of the machine, so that memory is its own.</summary>
    public static async Task<Result> RunApartAsync(string folder, string weights, int cores)
    {
        var start = new ProcessStartInfo("taskset", ["-c", $"0-{cores - 1}", Environment.ProcessPath!, "count", folder, weights]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize<Result>(output)!;
    }

    /// <summary>Counts in every photo of a folder, by as many threads as asked, of which so many may be detecting at once; default: the cores.</summary>
    public static int Run(string folder, string weights, Arguments arguments)
    {
        var workers = arguments.Number("--workers", Environment.ProcessorCount);
        var models = new ModelStore(Path.Combine(Project.Root, "models"), Path.GetDirectoryName(weights)!);
        using var faces = new FaceCounter([Bounded(models.OpenFile(weights), arguments.Number("--detecting", workers))]);
        var decoder = new ImageDecoder(new ImageLimits());
        var files = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToList();
        Count(files[0]);
        var start = Stopwatch.GetTimestamp();
        var counted = 0;
        var next = -1;
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            int file;
            while ((file = Interlocked.Increment(ref next)) < files.Count)
            {
                Interlocked.Add(ref counted, Count(files[file]));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new Result(files.Count / seconds, Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024), counted)));
        return 0;

        int Count(string path)
        {
            var content = File.ReadAllBytes(path);
            var header = decoder.ReadHeader(content);
            return faces.Count(header, longSide => decoder.DecodeFrames(content, header, longSide, () => { }), CancellationToken.None).Sure.Count;
        }
    }

    private static FaceModel Bounded(FaceModel model, int atOnce) => model with { Detector = new BoundedDetector(model.Detector, atOnce) };

    private sealed class BoundedDetector(IFaceDetector detector, int atOnce) : IFaceDetector, IDisposable
    {
        private readonly SemaphoreSlim free = new(atOnce);

        public IReadOnlyList<FaceBox> Detect(PixelImage image, CancellationToken cancellationToken)
        {
            free.Wait(cancellationToken);
            try
            {
                return detector.Detect(image, cancellationToken);
            }
            finally
            {
                free.Release();
            }
        }

        public void Dispose()
        {
            (detector as IDisposable)?.Dispose();
            free.Dispose();
        }
    }
}
