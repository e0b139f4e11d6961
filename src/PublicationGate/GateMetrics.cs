using System.Diagnostics.Metrics;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate;

/// <summary>
/// What the gate measures of itself, for whoever listens to the meter <c>PublicationGate</c>. Tags are words of a short list: no names, no ids, nothing that
/// somebody typed.
/// </summary>
internal static class GateMetrics
{
    private static readonly Meter Meter = new("PublicationGate");

    /// <summary>Seconds that a request took, by its kind.</summary>
    public static Histogram<double> RequestSeconds { get; } = Meter.CreateHistogram<double>("gate.request.duration", "s");

    /// <summary>Attempts to tell an output of a release, by <c>output</c>, <c>kind</c> (publish, take-down) and <c>result</c> (delivered, failed).</summary>
    public static Counter<long> OutboxDeliveries { get; } = Meter.CreateCounter<long>("gate.outbox.deliveries");

    /// <summary>Attempts to send a letter, by <c>result</c> (sent, failed).</summary>
    public static Counter<long> Letters { get; } = Meter.CreateCounter<long>("gate.letters");

    /// <summary>Processes that decode and had to be ended, or ended by themselves, in the middle of a file; <c>reason</c> is wall, cpu, memory or crash.</summary>
    public static Counter<long> DecoderKills { get; } = Meter.CreateCounter<long>("gate.decoder.kills");

    /// <summary>Seconds that decoding a photo took, by <c>format</c>.</summary>
    public static Histogram<double> DecodeSeconds { get; } = Meter.CreateHistogram<double>("gate.decode.duration", "s");

    /// <summary>Seconds that counting the faces of a photo took, without decoding it, by <c>format</c>.</summary>
    public static Histogram<double> DetectSeconds { get; } = Meter.CreateHistogram<double>("gate.detect.duration", "s");

    private static readonly Counter<long> Verdicts = Meter.CreateCounter<long>("gate.verdicts", description: "Verdicts kept, by outcome.");
    private static readonly Counter<long> Clauses = Meter.CreateCounter<long>("gate.verdict.clauses", description: "Verdicts that name a clause, by clause and outcome.");
    private static readonly Counter<long> Submitted = Meter.CreateCounter<long>("gate.submissions", description: "Photos that people and programs submitted, by source.");

    /// <summary>A verdict was kept.</summary>
    public static void Decided(Verdict verdict)
    {
        var outcome = Tag("outcome", verdict.Outcome.ToString());
        Verdicts.Add(1, outcome);
        foreach (var clause in verdict.Findings.Select(finding => finding.Clause).Distinct())
        {
            Clauses.Add(1, new("clause", clause), outcome);
        }
    }

    /// <summary>A photo was submitted.</summary>
    public static void Took(SubmissionSource source) => Submitted.Add(1, Tag("source", source.ToString()));

#pragma warning disable CA1308 // Prometheus' labels are written in lower case.
    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value.ToLowerInvariant());
#pragma warning restore CA1308
}
