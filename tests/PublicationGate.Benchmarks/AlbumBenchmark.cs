using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>
/// Screens an album of 12-megapixel JPEGs with the program itself, start to end, and tells photos per second and peak memory. The photos
/// are made from the sample package's, enlarged to 4000 x 3000, so that faces and textures are real.
/// </summary>
internal static class AlbumBenchmark
{
    private static readonly string[] Sources =
        ["meeting", "annie-spratt", "toa-heftiba", "office-dark", "team-1", "brooke", "card-3", "nastuh", "blog7-1", "ivana"];

    public static async Task<int> RunAsync(string[] options)
    {
        var photos = Number(options, "--photos", 1000);
        var cores = Number(options, "--cores", 2);
        var folder = Directory.CreateTempSubdirectory("publication-gate-album-");
        try
        {
            MakePhotos(folder.FullName, photos, options.Contains("--progressive"));
            var (elapsed, peak) = await ScreenAsync(folder.FullName, cores);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{photos} photos on {cores} cores: {photos / elapsed.TotalSeconds:0.0} photos/s, peak memory {peak / 1024} MB, {elapsed.TotalSeconds:0.0} s from start to end"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Number(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;

    private static void MakePhotos(string folder, int count, bool progressive)
    {
        Parallel.For(0, Math.Min(count, Sources.Length), i =>
        {
            var source = Path.Combine(Metadata("RepositoryRoot"), "node_modules/soft-ui-design-system/assets/img", Sources[i] + ".jpg");
            Enlarge(File.ReadAllBytes(source), Path.Combine(folder, $"{i:0000}.jpg"), progressive);
        });
        for (var i = Sources.Length; i < count; i++)
        {
            File.Copy(Path.Combine(folder, $"{i % Sources.Length:0000}.jpg"), Path.Combine(folder, $"{i:0000}.jpg"));
        }
    }

    private static unsafe void Enlarge(byte[] content, string path, bool progressive)
    {
        fixed (byte* data = content)
        {
            using var original = ImageLoader.Open(PublicationGate.Intake.ImageFormat.Jpeg, (nint)data, content.Length, "error");
            using var enlarged = VipsOperation.Named("thumbnail_image").With("in", original).With("width", "4000").With("height", "3000").With("crop", "centre").Run();
            VipsOperation.Named("jpegsave").With("in", enlarged).With("filename", path).With("Q", "90").With("interlace", progressive ? "true" : "false").RunWithoutOutput();
        }
    }

    private static async Task<(TimeSpan Elapsed, long PeakKilobytes)> ScreenAsync(string folder, int cores)
    {
        var data = Path.Combine(folder, ".data");
        var start = Stopwatch.GetTimestamp();
        using var gate = Process.Start(new ProcessStartInfo("taskset", ["-c", $"0-{cores - 1}", Metadata("Program"), "screen", folder, "--json", "--data", data])
        {
            RedirectStandardOutput = true,
        })!;
        var peak = 0L;
        while (await gate.StandardOutput.ReadLineAsync() is not null)
        {
            peak = Math.Max(peak, PeakOf(gate.Id));
        }

        await gate.WaitForExitAsync();
        return (Stopwatch.GetElapsedTime(start), peak);
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

    private static string Metadata(string key) =>
        typeof(AlbumBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
