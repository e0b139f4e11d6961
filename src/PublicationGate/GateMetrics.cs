using System.Diagnostics.Metrics;

namespace PublicationGate;

/// <summary>What the gate measures of itself, for whoever listens to the meter <c>PublicationGate</c>.</summary>
internal static class GateMetrics
{
    private static readonly Meter Meter = new("PublicationGate");

    /// <summary>Seconds that a request took, by its kind.</summary>
    public static Histogram<double> RequestSeconds { get; } = Meter.CreateHistogram<double>("publication_gate.request.duration", "s");

    /// <summary>Attempts to tell an output of a release, by <c>output</c>, <c>kind</c> (publish, take-down) and <c>result</c> (delivered, failed).</summary>
    public static Counter<long> OutboxDeliveries { get; } = Meter.CreateCounter<long>("gate.outbox.deliveries");

    /// <summary>Processes that decode and had to be ended, or ended by themselves, in the middle of a file; <c>reason</c> is wall, cpu, memory or crash.</summary>
    public static Counter<long> DecoderKills { get; } = Meter.CreateCounter<long>("gate.decoder.kills");

    /// <summary>Seconds that decoding a photo took, by <c>format</c>.</summary>
    public static Histogram<double> DecodeSeconds { get; } = Meter.CreateHistogram<double>("gate.decode.duration", "s");

    /// <summary>Seconds that counting the faces of a photo took, without decoding it, by <c>format</c>.</summary>
    public static Histogram<double> DetectSeconds { get; } = Meter.CreateHistogram<double>("gate.detect.duration", "s");
}
