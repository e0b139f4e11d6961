using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Rules;
using PublicationGate.Watching;

namespace PublicationGate.Benchmarks;

/// <summary>Screens an album in a watched folder, decoding here and apart in turns, from the first result to the last: what the pipe costs.</summary>
internal static class ApartBenchmark
{
    private static readonly DecoderProgram Program = new(Project.Program, ["decode-apart"]);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var album = Album.Make(arguments, usualPhotos: 120);
        var programFolder = Path.GetDirectoryName(Project.Program)!;
        CompareDecoding(album, arguments.Number("--decodings", 100));
        using var faces = new ModelStore(Path.Combine(programFolder, "models"), Path.Combine(programFolder, "models")).Open();
        var (here, apart) = (new List<Round>(), new List<Round>());
        var rounds = arguments.Number("--rounds", 3);
        for (var round = 0; round < rounds * 2; round++)
        {
            // Each goes first as often as the other: the machine's other work comes and goes.
            var isApart = round % 4 is 1 or 2;
            var measured = await WatchAsync(album, faces, isApart ? Program : null);
            (isApart ? apart : here).Add(measured);
            Tell($"{(isApart ? "apart" : "here ")} {measured.Rate:0.00} photos/s, {measured.Processor:0} ms of processor time a photo");
        }

        Compare("photos/s", round => round.Rate);
        Compare("ms of processor time a photo", round => round.Processor);
        return 0;

        void Compare(string what, Func<Round, double> value)
        {
            if (rounds == 0)
            {
                return;
            }

            var (before, after) = (Median(here.Select(value)), Median(apart.Select(value)));
            Tell($"medians: here {before:0.00}, apart {after:0.00} {what}; {100 * ((after / before) - 1):+0.0;-0.0} %");
        }
    }

    // One photo after another, in turns, at the size that faces are counted at: what crossing the pipe costs, without counting.
    private static void CompareDecoding(Album album, int count)
    {
        var photos = Directory.GetFiles(album.Path).Take(10).Select(File.ReadAllBytes).ToList();
        var here = new ImageDecoder(new ImageLimits());
        using var apart = new ApartDecoder(Program, new ImageLimits(), new ApartOptions(), NullLogger<ApartDecoder>.Instance);
        var (ofHere, ofApart) = (new List<double>(), new List<double>());
        for (var number = 0; number < count; number++)
        {
            ofHere.Add(Decode(here, photos[number % photos.Count]));
            ofApart.Add(Decode(apart, photos[number % photos.Count]));
        }

        Tell($"decoding alone, medians: here {Median(ofHere):0.0}, apart {Median(ofApart):0.0} ms a photo");
    }

    private static double Decode(IImageDecoder decoder, byte[] photo)
    {
        var start = Stopwatch.GetTimestamp();
        using (var image = decoder.Open(photo, CancellationToken.None))
        {
            foreach (var frame in image.DecodeFrames(image.ReadHeader(), 1280, () => { }))
            {
                frame.Dispose();
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<Round> WatchAsync(Album album, FaceCounter faces, DecoderProgram? decodeBy)
    {
        var folder = Directory.CreateTempSubdirectory("publication-gate-apart-").FullName;
        try
        {
            var (data, inbox) = (Directory.CreateDirectory(Path.Combine(folder, "data")).FullName, Directory.CreateDirectory(Path.Combine(folder, "in")).FullName);
            foreach (var photo in Directory.GetFiles(album.Path))
            {
                File.Copy(photo, Path.Combine(inbox, Path.GetFileName(photo)));
            }

            using GateDatabase database = SqliteGateDatabase.InFile(Path.Combine(data, "gate.db"));
            await database.MigrateAsync(CancellationToken.None);
            var setup = new GateSetup(database, database, ProtocolReader.BuiltIn(), () => new FaceCounter([]), new DatabaseWait("", TimeSpan.Zero, _ => { }, TimeProvider.System))
            {
                Originals = () => new(Path.Combine(data, "store"), new()),
                DecodeBy = decodeBy,
            };
            // As an instance: it is used again.
            await using var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)).AddPublicationGate(setup).AddSingleton(faces).BuildServiceProvider();
            var placed = new List<long>();
            var processorBefore = ProcessorMilliseconds();
            await new FolderWatch(services, new() { Inboxes = [inbox], DataFolder = data, StopWhenDone = true })
            {
                Placed = (_, _) => placed.Add(Stopwatch.GetTimestamp()),
            }.RunAsync(CancellationToken.None);
            // The first few wait for what is compiled and started only then.
            var warm = placed.Count / 10;
            await services.DisposeAsync();
            return new((placed.Count - 1 - warm) / Stopwatch.GetElapsedTime(placed[warm], placed[^1]).TotalSeconds, (ProcessorMilliseconds() - processorBefore) / placed.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Of this process and the children that have ended: the 14th to 17th field of Linux' stat, in hundredths of a second, the second one ending with a bracket.
    private static double ProcessorMilliseconds()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) * 10;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Round(double Rate, double Processor);
}
