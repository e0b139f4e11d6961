using System.Diagnostics.Metrics;
using PublicationGate.Intake;
using PublicationGate.Screening;

namespace PublicationGate.Tests.Screening;

[NonParallelizable]
public class LookTimesTests
{
    [Test]
    public void Both_durations_are_told_with_the_format()
    {
        var heard = new Dictionary<string, string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "PublicationGate", Unit: "s", Name: "gate.decode.duration" or "gate.detect.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => heard[instrument.Name] = (string)tags[0].Value!);
        listener.Start();

        var times = new LookTimes();
        Assert.That(times.Detecting(() => times.Decoding(() => 3)), Is.EqualTo(3));
        times.Record(ImageFormat.Jpeg);

        Assert.That(heard, Is.EquivalentTo(new Dictionary<string, string> { ["gate.decode.duration"] = "jpeg", ["gate.detect.duration"] = "jpeg" }));
    }
}
