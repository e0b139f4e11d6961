using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging.Apart;
using PublicationGate.Rules;
using PublicationGate.Watching;

namespace PublicationGate.Benchmarks;

/// <summary>Screens an album in a watched folder, decoding here and apart in turns, from the first result to the last: what the pipe costs.</summary>
internal static class ApartBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var album = Album.Make(arguments, usualPhotos: 120);
        var programFolder = Path.GetDirectoryName(Project.Program)!;
        using var faces = new ModelStore(Path.Combine(programFolder, "models"), Path.Combine(programFolder, "models")).Open();
        var (here, apart) = (new List<double>(), new List<double>());
        var rounds = arguments.Number("--rounds", 3);
        for (var round = 0; round < rounds * 2; round++)
        {
            // Each goes first as often as the other: the machine's other work comes and goes.
            var isApart = round % 4 is 1 or 2;
            var rate = await WatchAsync(album, faces, isApart ? new DecoderProgram(Project.Program, ["decode-apart"]) : null);
            (isApart ? apart : here).Add(rate);
            Tell($"{(isApart ? "apart" : "here ")} {rate:0.00} photos/s");
        }

        Tell($"medians: here {Median(here):0.00}, apart {Median(apart):0.00} photos/s; {100 * ((Median(apart) / Median(here)) - 1):+0.0;-0.0} %");
        return 0;
    }

    private static async Task<double> WatchAsync(Album album, FaceCounter faces, DecoderProgram? decodeBy)
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
            await new FolderWatch(services, new() { Inboxes = [inbox], DataFolder = data, StopWhenDone = true })
            {
                Placed = (_, _) => placed.Add(Stopwatch.GetTimestamp()),
            }.RunAsync(CancellationToken.None);
            // The first few wait for what is compiled and started only then.
            var warm = placed.Count / 10;
            return (placed.Count - 1 - warm) / Stopwatch.GetElapsedTime(placed[warm], placed[^1]).TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
