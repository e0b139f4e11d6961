using System.Text.Json.Nodes;

namespace PublicationGate.App.Tests.Support;

/// <summary>How one run of the program ended.</summary>
/// <param name="ExitCode">0 all approved, 1 held or rejected, 2 wrong usage, 3 the gate could not work, 130 interrupted.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="PeakMemory">Most bytes of memory that it held.</param>
/// <param name="Elapsed">How long it was waited for.</param>
internal sealed record GateRun(int ExitCode, string Out, string Error, long PeakMemory, TimeSpan Elapsed)
{
    /// <summary>Standard output as JSON lines; fails where anything else stands between them.</summary>
    public IReadOnlyList<JsonObject> Verdicts => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>The one verdict of a run over one photo.</summary>
    public JsonObject Verdict => Verdicts.Single();

    /// <summary>Standard error, line by line.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Shorthand for what tests ask of a JSON line.</summary>
internal static class VerdictJson
{
    public static string Id(this JsonObject verdict) => (string)verdict["id"]!;

    public static string FileName(this JsonObject verdict) => (string)verdict["file"]!;

    public static string Outcome(this JsonObject verdict) => (string)verdict["outcome"]!;

    public static string[] Rules(this JsonObject verdict) => [.. verdict["findings"]!.AsArray().Select(finding => (string)finding!["rule"]!)];
}
