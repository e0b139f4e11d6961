using System.Diagnostics.Metrics;

namespace PublicationGate;

/// <summary>What the gate measures of itself, for whoever listens to the meter <c>PublicationGate</c>.</summary>
internal static class GateMetrics
{
    private static readonly Meter Meter = new("PublicationGate");

    /// <summary>Seconds that a request took, by its kind.</summary>
    public static Histogram<double> RequestSeconds { get; } = Meter.CreateHistogram<double>("publication_gate.request.duration", "s");
}
