using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests;

/// <summary>Files that were made to break image software, from the test suites and fuzzers' corpora of others.</summary>
[NonParallelizable]
public class BrokenCorpusTests
{
    private const long OneGigabyte = 1L << 30;
    private Gate gate = null!;

    [SetUp]
    public void NeedTheCorpus()
    {
        if (!Directory.Exists(Repository.Corpus))
        {
            Assert.Ignore($"The corpus of broken files is not there: {Repository.Corpus}");
        }

        // One photo at a time: then the peak of the run is that of the hungriest photo, on every machine.
        gate = new Gate { Cores = 1 };
    }

    [TearDown]
    public void DeleteFolder() => gate?.Dispose();

    [Test]
    public void Gives_every_broken_file_a_verdict_with_a_reason_and_approves_none()
    {
        var run = gate.Run("screen", Repository.Corpus, "--json");
        var verdicts = ByFile(run);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(Index().Select(file => file.Path), Is.SubsetOf(verdicts.Keys));
            Assert.That(verdicts.Values.Select(VerdictJson.Outcome), Has.All.AnyOf("held", "rejected"));
            Assert.That(verdicts.Values.Where(verdict => !HasReasons(verdict)), Is.Empty);
            Assert.That(run.PeakMemory, Is.GreaterThan(0).And.LessThan(OneGigabyte), "bytes of memory, one photo at a time");
        });
        TestContext.Out.WriteLine($"Memory: {run.PeakMemory >> 20} MiB. Slowest:");
        foreach (var verdict in run.Verdicts.OrderByDescending(verdict => (double)verdict["elapsedMs"]!).Take(3))
        {
            TestContext.Out.WriteLine($"{verdict["elapsedMs"]} ms {verdict.FileName()}");
        }
    }

    [Test]
    public void Approves_nothing_that_lacks_pixels_even_when_nobody_is_said_to_be_in_it()
    {
        var run = gate.Text("nobody.yaml", "people: none").Run("screen", Repository.Corpus, "--json", "--declaration", "nobody.yaml");
        var verdicts = ByFile(run);
        var lacking = Index().Where(file => file.AtFailOnError != "decoded").Select(file => file.Path).ToList();
        Assert.That(lacking, Is.Not.Empty);
        Assert.That(lacking.Where(file => verdicts[file].Outcome() == "approved"), Is.Empty);
        Assert.That(verdicts.Values.Select(VerdictJson.Outcome), Has.Some.EqualTo("approved"), "else this would prove nothing");
    }

    private static Dictionary<string, JsonObject> ByFile(GateRun run) =>
        run.Verdicts.ToDictionary(verdict => Path.GetRelativePath(Repository.Corpus, verdict.FileName()));

    private static bool HasReasons(JsonObject verdict) => verdict["findings"]!.AsArray() is { Count: > 0 } findings
        && findings.All(finding => !string.IsNullOrWhiteSpace((string?)finding!["reason"]!["nl"]) && !string.IsNullOrWhiteSpace((string?)finding["reason"]!["en"]));

    private static IEnumerable<(string Path, string AtFailOnError)> Index() =>
        File.ReadLines(Path.Combine(Repository.Corpus, "INDEX.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[^2]));
}
