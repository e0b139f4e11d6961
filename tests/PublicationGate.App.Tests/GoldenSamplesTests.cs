using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests;

/// <summary>The sample album against samples/expected.json, the contract that people can read.</summary>
public class GoldenSamplesTests
{
    private Gate gate = null!;
    private GateRun run = null!;

    [OneTimeSetUp]
    public void ScreenTheSamples()
    {
        gate = new Gate();
        run = gate.RunIn(Repository.Root, "screen", "samples", "--json");
    }

    [OneTimeTearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Says_of_each_sample_what_the_contract_says()
    {
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "samples/expected.json")))!.AsArray().Select(verdict => verdict!.AsObject()).ToList();
        var differences = new List<string>();
        foreach (var (file, wanted, found) in Pairs(expected, run.Verdicts))
        {
            Compare(file, wanted, found is null ? null : Comparable(found), differences);
        }

        Assert.That(differences, Is.Empty, "differs from samples/expected.json; if that is meant, run tests/update-expected.mjs");
        Assert.That(run.Verdicts.Select(VerdictJson.FileName), Is.EqualTo(expected.Select(VerdictJson.FileName)), "the order");
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Has_every_outcome_among_at_least_twenty_photographs()
    {
        Assert.That(run.Verdicts, Has.Count.GreaterThanOrEqualTo(20));
        Assert.That(run.Verdicts.Select(VerdictJson.Outcome).Distinct(), Is.EquivalentTo(new[] { "approved", "held", "rejected" }));
    }

    [Test]
    public void Decides_as_the_table_in_the_readme_says()
    {
        var folder = "";
        var table = new Dictionary<string, string>();
        foreach (var cells in File.ReadLines(Path.Combine(Repository.Root, "samples/README.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 6))
        {
            folder = cells[1].StartsWith("**", StringComparison.Ordinal) ? cells[1].Trim('*') : folder;
            table[$"samples/album/{folder}/{cells[1]}.jpg"] = cells[4];
        }

        Assert.That(run.Verdicts.ToDictionary(VerdictJson.FileName, VerdictJson.Outcome), Is.SubsetOf(table));
    }

    [Test]
    public void Sees_no_sure_face_where_nobody_is()
    {
        string[] empty = ["blog7-2.jpg", "blog7-3.jpg", "anastasia.jpg", "nastuh.jpg", "card-2.jpg", "golven.jpg", "tekening fenna-hoekstra.jpg", "zeegroen.jpg"];
        var counted = run.Verdicts.Where(verdict => empty.Contains(Path.GetFileName(verdict.FileName()))).ToList();
        Assert.That(counted, Has.Count.EqualTo(empty.Length));
        Assert.That(counted.Select(verdict => (int)verdict["faces"]!["count"]!), Has.All.Zero);
    }

    private static JsonObject Comparable(JsonObject verdict)
    {
        var copy = verdict.DeepClone().AsObject();
        copy.Remove("id");
        copy.Remove("elapsedMs");
        copy["faces"]!.AsObject().Remove("boxes");
        return copy;
    }

    private static IEnumerable<(string File, JsonObject? Wanted, JsonObject? Found)> Pairs(IReadOnlyList<JsonObject> expected, IReadOnlyList<JsonObject> found) =>
        expected.Concat(found).Select(VerdictJson.FileName).Distinct()
            .Select(file => (file, expected.FirstOrDefault(verdict => verdict.FileName() == file), found.FirstOrDefault(verdict => verdict.FileName() == file)));

    // Field by field, so that a person sees what is different and not two long lines.
    private static void Compare(string place, JsonNode? wanted, JsonNode? found, List<string> differences)
    {
        if (wanted is JsonObject or JsonArray && found is JsonObject or JsonArray && wanted.GetType() == found.GetType())
        {
            var (left, right) = (Fields(wanted), Fields(found));
            foreach (var field in left.Keys.Union(right.Keys))
            {
                Compare($"{place}: {field}", left.GetValueOrDefault(field), right.GetValueOrDefault(field), differences);
            }
        }
        else if (!JsonNode.DeepEquals(wanted, found))
        {
            differences.Add($"{place}: expected {wanted?.ToJsonString() ?? "nothing"}, but is {found?.ToJsonString() ?? "nothing"}");
        }
    }

    private static Dictionary<string, JsonNode?> Fields(JsonNode node) => node is JsonArray list
        ? list.Select((item, at) => (Key: $"[{at}]", item)).ToDictionary(field => field.Key, field => field.item)
        : node.AsObject().ToDictionary(field => field.Key, field => field.Value);
}
