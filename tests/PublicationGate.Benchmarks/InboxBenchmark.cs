using System.Diagnostics;
using System.Globalization;
using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.Benchmarks;

/// <summary>The file side of a watched folder: many files dropped at once, how long a look takes, the store, and clean copies.</summary>
internal static class InboxBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("--files", 10_000);
        var root = Directory.CreateTempSubdirectory("publication-gate-inbox-").FullName;
        try
        {
            await DropAsync(Path.Combine(root, "in"), count);
            await StoreAsync(root);
            Copy(arguments);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        return 0;
    }

    // Handed over while the watch runs with its defaults and the system's events; nothing is screened.
    private static async Task DropAsync(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        using var album = Album.Make(new Arguments(["--photos", "1"]), 1);
        var photo = File.ReadAllBytes(Directory.EnumerateFiles(album.Path, "*.jpg", SearchOption.AllDirectories).First());
        photo = CleanCopy.Of(new ImageDecoder(new()), photo, new() { LongSide = 600 }).Bytes.ToArray();
        using var inbox = new Inbox(new InboxOptions { Folders = [folder] }, FolderNames.Default, TimeProvider.System, (_, _) => Task.FromResult<IReadOnlyCollection<ReadyFile>>([]));
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var lastWrite = 0L;
        var watching = Task.Run(async () =>
        {
            var found = 0;
            await foreach (var file in inbox.ReadAsync(enough.Token))
            {
                if (file is not ReadyFile ready)
                {
                    continue;
                }

                inbox.Taken(ready);
                if (++found == count)
                {
                    return Stopwatch.GetElapsedTime(Volatile.Read(ref lastWrite)).TotalSeconds;
                }
            }

            return double.NaN;
        });
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var name = Path.Combine(folder, (i % 10).ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(name);
            File.WriteAllBytes(Path.Combine(name, $"{i}.jpg"), photo);
        }

        Volatile.Write(ref lastWrite, Stopwatch.GetTimestamp());
        Tell($"{count} files of {photo.Length / 1024} KB written in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; all handed over {await watching:0.0} s after the last write, 5 s of which are the wait");
        var whole = 0;
        var look = Median(9, () => InboxListing.Of(folder, [], default));
        var ends = Median(3, () => whole = Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Count(file => FileCompleteness.Of(file) == FileEnd.Present));
        Tell($"one look at {count} files: {look:0} ms; the ends of all of them: {ends:0} ms, {whole} whole");
    }

    private static async Task StoreAsync(string root)
    {
        using var store = new ContentStore(Path.Combine(root, "store"), new());
        var photos = Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 5_000_000).Select(at => (byte)((at * 31) ^ (at >> 9) ^ i)).ToArray()).ToList();
        var start = Stopwatch.GetTimestamp();
        foreach (var photo in photos)
        {
            await store.AddAsync(new MemoryStream(photo), default);
        }

        Tell($"store: {Stopwatch.GetElapsedTime(start).TotalMilliseconds / photos.Count:0} ms for 5 MB, written through to the disk");
    }

    private static void Copy(Arguments arguments)
    {
        using var album = Album.Make(arguments, 1);
        var photo = File.ReadAllBytes(Directory.EnumerateFiles(album.Path, "*.jpg", SearchOption.AllDirectories).First());
        var decoder = new ImageDecoder(new());
        var header = decoder.ReadHeader(photo);
        foreach (var (side, format) in new[] { (1280, CopyFormat.Jpeg), (2048, CopyFormat.Jpeg), (2048, CopyFormat.Webp), (2048, CopyFormat.Png), (4000, CopyFormat.Jpeg) })
        {
            var size = 0;
            var took = Median(9, () => size = CleanCopy.Of(decoder, photo, new() { LongSide = side, Format = format }).Bytes.Length);
            Tell($"clean copy of {header.Width} x {header.Height}, {side} {format}: {took:0} ms, {size / 1024} KB");
        }
    }

    private static double Median(int rounds, Action action) => Enumerable.Range(0, rounds + 1).Select(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }).Skip(1).Order().ElementAt(rounds / 2);

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
