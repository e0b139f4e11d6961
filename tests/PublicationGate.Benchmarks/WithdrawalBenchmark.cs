using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Publishing;
using PublicationGate.Removal;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Benchmarks;

/// <summary>How long it takes, among many releases, to list those that a no touches, to write the no, which hides them, and to look whether all still rest on consent.</summary>
internal static class WithdrawalBenchmark
{
    private const int Pupils = 2_000, PupilsOfRelease = 5, Rounds = 25;
    private static readonly string[] Channels = ["website", "app", "newsletter", "instagram"];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var releases = arguments.Number("--releases", 100_000);
        var folder = Directory.CreateTempSubdirectory("publication-gate-withdrawal-").FullName;
        try
        {
            using GateDatabase database = arguments.Text("--database") is { } connection ? PostgresGateDatabase.At(connection) : SqliteGateDatabase.InFile(Path.Combine(folder, "gate.db"));
            await database.MigrateAsync(CancellationToken.None);
            Console.WriteLine((await database.DescribeAsync(CancellationToken.None)).Server);
            var register = new ConsentRegister(database, TimeProvider.System);
            await FillAsync(database, register, releases);
            await TellAsync("touched releases of one pupil on every channel listed", async round =>
            {
                await using var db = database.CreateDbContext();
                var key = Key(round * 7);
                return (await (from release in db.Releases.AsNoTracking()
                               join pupil in db.ReleasedPupils on release.Id equals pupil.ReleaseId
                               where pupil.PupilKey == key && release.WithdrawnAt == null
                               select release).ToListAsync()).Count;
            });
            await TellAsync("a no on one channel written, and what it touches hidden", async round =>
                await register.AnswerAsync(No(Key(round * 11), Channels[round % Channels.Length]), CancellationToken.None) ? 1 : 0);
            await TellAsync("a no on every channel written, and what it touches hidden", async round => await register.AnswerAsync(No(Key(500 + round), Answer.EveryChannel), CancellationToken.None) ? 1 : 0);
            await using var all = database.CreateDbContext();
            var start = Stopwatch.GetTimestamp();
            var hidden = await new ConsentToday(all, register, TimeProvider.System).HideOutdatedAsync(ProtocolReader.BuiltIn().ConsentTerms(), CancellationToken.None);
            Tell($"the daily look at everybody: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {hidden} more hidden; {await all.TakeDowns.CountAsync()} take-downs in all");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(GateDatabase database, ConsentRegister register, int releases)
    {
        var pupils = Enumerable.Range(0, Pupils).Select(at => new Pupil { Key = Key(at), FirstName = "Noor", Prefix = "", Surname = "Proef", Group = $"groep {at / 30}" });
        var yes = Enumerable.Range(0, Pupils).Select(at => new Answer { PupilKey = Key(at), Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = true, Date = new(2026, 9, 1), GivenBy = "ouder" });
        await register.ImportAsync(new RegisterContent([.. pupils], [.. yes], []), CancellationToken.None);
        var random = new Random(1);
        foreach (var some in Enumerable.Range(0, releases).Chunk(2000))
        {
            await using var db = database.CreateDbContext();
            await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
            var rows = some.Select(number => new Release
            {
                Id = number.ToString("x32", CultureInfo.InvariantCulture), SubmissionId = number.ToString("x32", CultureInfo.InvariantCulture), VerdictId = number.ToString("x16", CultureInfo.InvariantCulture),
                ContentSha256 = number.ToString("x64", CultureInfo.InvariantCulture), Channel = Channels[number % Channels.Length], ReleasedAt = TimeProvider.System.GetUtcNow(),
            }).ToList();
            await db.InsertAllAsync(rows, CancellationToken.None);
            await db.InsertAllAsync(
                rows.SelectMany(release => Enumerable.Range(0, PupilsOfRelease).Select(_ => Key(random.Next(Pupils))).Distinct().Select(key => new ReleasedPupil
                {
                    ReleaseId = release.Id, PupilKey = key, Channel = release.Channel, InGroupPhoto = ConsentState.Yes, Individually = ConsentState.Silent, Name = ConsentState.Silent,
                })),
                CancellationToken.None);
            await transaction.CommitAsync();
        }

        Console.WriteLine($"{releases} releases of {PupilsOfRelease} of {Pupils} pupils");
    }

    private static Answer No(string key, string channel) =>
        new() { PupilKey = key, Channel = channel, Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = TimeProvider.System.Today(), GivenBy = "ouder" };

    private static string Key(int number) => $"leerling-{number % Pupils:00000}";

    private static async Task TellAsync(string what, Func<int, Task<int>> run)
    {
        var times = new List<double>();
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            found += await run(round);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Tell($"{what}: {times[Rounds / 2]:0.0} ms median, {times[^1]:0.0} worst; {found / (double)Rounds:0} each");
    }

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
