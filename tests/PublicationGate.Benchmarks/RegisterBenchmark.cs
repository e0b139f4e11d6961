using System.Diagnostics;
using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Benchmarks;

/// <summary>Looks into a large register on disk: a class at a time, as a photo of a whole group asks for, and thirty pupils by first name.</summary>
internal static class RegisterBenchmark
{
    private const int ClassSize = 30;
    private static readonly DateOnly Asked = new(2025, 9, 1);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (pupils, answers, looks) = (arguments.Number("--pupils", 20_000), arguments.Number("--answers", 200_000), arguments.Number("--looks", 1000));
        var folder = Directory.CreateTempSubdirectory("register-benchmark-").FullName;
        try
        {
            using var database = SqliteGateDatabase.InFile(Path.Combine(folder, "gate.db"));
            await database.MigrateAsync(CancellationToken.None);
            var register = new ConsentRegister(database, TimeProvider.System);
            await TimeAsync("first import", () => register.ImportAsync(Invent(pupils, answers), CancellationToken.None));
            await TimeAsync("same import again", () => register.ImportAsync(Invent(pupils, answers), CancellationToken.None));
            await TimeAsync("everyone a year on", () => register.ImportAsync(Invent(pupils, answers, year: 1), CancellationToken.None));

            var terms = ProtocolReader.BuiltIn().ConsentTerms();
            await LookAsync("a class by its group", looks, number => register.LookUpAsync(new Declaration { Group = Group(number % (pupils / ClassSize), 1) }, terms, TimeProvider.System.GetUtcNow(), CancellationToken.None));
            await LookAsync("a class by first names", looks, number =>
            {
                var group = number % (pupils / ClassSize);
                var names = Enumerable.Range(group * ClassSize, ClassSize).Select(pupil => $"Voornaam{pupil % 500}").ToList();
                return register.LookUpAsync(new Declaration { Group = Group(group, 1), People = names }, terms, TimeProvider.System.GetUtcNow(), CancellationToken.None);
            });
            await TimeAsync("the whole school", () => register.ConsentOfAsync(group: null, Channels.Default, terms, TimeProvider.System.GetUtcNow(), CancellationToken.None));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RegisterContent Invent(int pupils, int answers, int year = 0) => new(
        [.. Enumerable.Range(0, pupils).Select(number => new Pupil { Key = $"p{number}", FirstName = $"Voornaam{number % 500}", Prefix = "", Surname = $"Achternaam{number % 7000}", Group = Group(number / ClassSize, year) })],
        [.. Enumerable.Range(0, answers).Select(number => Invent(number, $"p{number % pupils}", number / pupils))],
        []);

    // Two guardians: a first answer for every channel, a change of mind, and some for one channel, for film and for names.
    private static Answer Invent(int number, string pupil, int round) => new()
    {
        PupilKey = pupil,
        Channel = round < 4 ? Answer.EveryChannel : Channels.All[round % 4],
        Kind = round switch { 8 => MediaKind.Name, 9 => MediaKind.Film, _ => MediaKind.Photo },
        Scope = round % 4 < 2 ? ConsentScope.Group : ConsentScope.Individual,
        IsYes = number % 11 > 0,
        Date = Asked.AddDays(round),
        GivenBy = $"guardian-{1 + (round % 2)}",
    };

    private static string Group(int number, int year) => $"groep {1 + year + (number % 7)} {number / 7}";

    private static async Task TimeAsync(string what, Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {Stopwatch.GetElapsedTime(start).TotalSeconds,8:0.00} s"));
    }

    private static async Task LookAsync(string what, int looks, Func<int, Task<ConsentFacts>> look)
    {
        var times = new List<double>();
        for (var number = 0; number < looks; number++)
        {
            var start = Stopwatch.GetTimestamp();
            var facts = await look(number * 7);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (facts is not { Pupils.Count: ClassSize, NotFound.Count: 0 })
            {
                throw new InvalidOperationException($"{facts.Pupils.Count} pupils found, not {ClassSize}");
            }
        }

        var first = times[0];
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {times[looks / 2],8:0.00} ms median, p95 {times[looks * 95 / 100]:0.00}, the first {first:0}"));
    }
}
