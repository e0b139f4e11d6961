using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;

namespace PublicationGate.Tests.Support;

/// <summary>Decoding apart, by the built program or by one that misbehaves.</summary>
internal static class Decoders
{
    public static DecoderProgram Program { get; } =
        new(typeof(Decoders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Program").Value!, ["decode-apart"]);

    public static ApartDecoder Apart(ApartOptions? options = null, DecoderProgram? program = null) =>
        new(program ?? Program, new ImageLimits(), options ?? new() { Processes = 2 }, NullLogger<ApartDecoder>.Instance);

    /// <summary>A program that says what a shell's printf makes of a text, and then nothing.</summary>
    public static DecoderProgram Saying(string octal) => new("/bin/sh", ["-c", $"printf '{octal}'; exec sleep 60"]);

    /// <summary>Whether a process is there and no remnant that waits for its parent.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static void Kill(int process)
    {
        using var found = Process.GetProcessById(process);
        found.Kill();
        found.WaitForExit();
    }

    /// <summary>Hears for which reasons decoders were ended until it is disposed.</summary>
    public sealed class Ends : IDisposable
    {
        private readonly MeterListener listener = new();

        public Ends()
        {
            listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Name: "gate.decoder.kills", Meter.Name: "PublicationGate" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Reasons.Add((string)tags[0].Value!));
            listener.Start();
        }

        public ConcurrentBag<string> Reasons { get; } = [];

        public void Dispose() => listener.Dispose();
    }
}
