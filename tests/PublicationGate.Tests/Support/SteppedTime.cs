namespace PublicationGate.Tests.Support;

/// <summary>A clock that moves when a test says so: its dates and its timestamps apart, since the wall clock of a machine may jump.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private TimeSpan elapsed;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(double seconds)
    {
        elapsed += TimeSpan.FromSeconds(seconds);
        Now += TimeSpan.FromSeconds(seconds);
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => elapsed.Ticks;
}
