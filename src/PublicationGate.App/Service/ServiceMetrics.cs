using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using PublicationGate.Screening;

namespace PublicationGate.App.Service;

/// <summary><c>/metrics</c>: what the gate measures of itself, in the text form of Prometheus. Labels are words of short lists: no names, no ids.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>Its route; who may read it, <see cref="Access.Scraping"/> says.</summary>
    public const string Route = "/metrics";

    private const string Own = "PublicationGate.Service";

    // Seconds: a small picture is decoded in some milliseconds, an album's worst within the limits of decoding.
    private static readonly double[] PhotoSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Meter meter = new(Own);
    private readonly Counter<long> refusals;
    private readonly Counter<long> refusedSignIns;

    public ServiceMetrics(ScreeningQueue queue)
    {
        refusals = meter.CreateCounter<long>("gate.requests.refused", description: "Requests refused for their size, their number or a gate that is not ready, by status and route.");
        refusedSignIns = meter.CreateCounter<long>("gate.sign_in.failures", description: "Attempts to sign in that were refused, by what was wrong.");
        meter.CreateObservableGauge("gate.queue.depth", () => queue.Backlog().Depth, description: "Photos that wait for their verdict.");
        meter.CreateObservableGauge("gate.queue.oldest_age", () => queue.Backlog().OldestAge.TotalSeconds, "s", "How long the photo that is due longest has waited for a worker.");
    }

    /// <summary>Adds what is measured, and whoever listens to it.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton<ServiceMetrics>().AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("publication-gate", serviceVersion: typeof(ServiceMetrics).Assembly.GetName().Version!.ToString(3), autoGenerateServiceInstanceId: false))
        .AddMeter("PublicationGate", Own, "Microsoft.AspNetCore.Hosting", "System.Runtime")
        .AddView(instrument => instrument is { Unit: "s", Meter.Name: "PublicationGate" } ? new ExplicitBucketHistogramConfiguration { Boundaries = PhotoSeconds } : null)
        .AddPrometheusExporter()
        .Build());

    /// <summary>Maps the endpoint, which is not measured itself.</summary>
    public static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<ServiceMetrics>();
        app.MapPrometheusScrapingEndpoint(Route).DisableHttpMetrics();
    }

    /// <summary>Counts answers that send a caller away.</summary>
    /// <param name="route">The route pattern that was asked for.</param>
    /// <param name="status">The status of the answer.</param>
    public void Answered(string route, int status)
    {
        if (status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            refusals.Add(1, new KeyValuePair<string, object?>("status", status), new KeyValuePair<string, object?>("route", route));
        }
    }

    /// <summary>Counts a sign-in that was refused.</summary>
    /// <param name="what">What was wrong: <c>password</c> (or the name), <c>code</c> or <c>key</c>.</param>
    public void RefusedSignIn(string what) => refusedSignIns.Add(1, new KeyValuePair<string, object?>("what", what));

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
