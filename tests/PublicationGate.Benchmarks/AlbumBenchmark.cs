using System.Diagnostics;
using System.Globalization;

namespace PublicationGate.Benchmarks;

/// <summary>Screens an album of JPEGs with the program itself, start to end, and tells photos per second and peak memory.</summary>
internal static class AlbumBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var cores = arguments.Number("--cores", 2);
        using var album = Album.Make(arguments, usualPhotos: 1000);
        var photos = Directory.GetFiles(album.Path).Length;
        var start = Stopwatch.GetTimestamp();
        var peak = await ScreenAsync(album.Path, cores, arguments.Text("--weights"));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{photos} photos on {cores} cores: {photos / seconds:0.0} photos/s, peak memory {peak / 1024} MB, {seconds:0.0} s from start to end"));
        return 0;
    }

    private static async Task<long> ScreenAsync(string folder, int cores, string? weights)
    {
        var data = Path.Combine(folder, ".data");
        if (weights is not null)
        {
            Directory.CreateDirectory(Path.Combine(data, "models"));
            File.Copy(weights, Path.Combine(data, "models", Path.GetFileName(weights)));
        }

        var program = new ProcessStartInfo("taskset", ["-c", $"0-{cores - 1}", Project.Program, "screen", folder, "--json", "--data", data]) { RedirectStandardOutput = true };
        using var gate = Process.Start(program)!;
        var peak = 0L;
        while (await gate.StandardOutput.ReadLineAsync() is not null)
        {
            peak = Math.Max(peak, PeakOf(gate.Id));
        }

        await gate.WaitForExitAsync();
        return peak;
    }

    // VmHWM: the most that was ever resident, as Linux counts it.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
