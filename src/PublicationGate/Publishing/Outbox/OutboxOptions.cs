using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Publishing.Outbox;

/// <summary>How patiently outputs are told of releases.</summary>
public sealed record OutboxOptions
{
    /// <summary>How long an event is a worker's without a sign of life; default 2 minutes. What a dead worker had is taken again by then.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a publication is tried before it is given up; default 15, which takes some nine hours. A take-down is never given up: it must go.</summary>
    [Range(1, 100)]
    public int MostAttempts { get; init; } = 15;

    /// <summary>Pause after the first attempt, doubled after each further one, of which a random part is taken off; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Quick tries after an answer that never came or was a fault of the receiver's, within one attempt; default 2.</summary>
    [Range(0, 10)]
    public int QuickTries { get; init; } = 2;

    /// <summary>Pause before the first quick try, doubled and spread; default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan QuickPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Calls within a minute of which half must fail before the output is left alone; default 6, at least 2.</summary>
    [Range(2, 1000)]
    public int BreaksAfter { get; init; } = 6;

    /// <summary>How long it is left alone then; default 30 s, at least half a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon workers look again when there was nothing to do; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an attempt: doubling, and up to half of it taken off at random; what the receiver asks for goes before.</summary>
    internal TimeSpan PauseAfter(long attempt, TimeSpan? asked)
    {
        var pause = GrowingPause.After(FirstPause, LongestPause, attempt);
        return asked > pause ? (asked < LongestPause ? asked.Value : LongestPause) : pause;
    }
}
