using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Screening;

/// <summary>How patiently the queue treats workers and failures.</summary>
public sealed record ScreeningQueueOptions
{
    /// <summary>How long an item is a worker's without a sign of life; default 30 s, range 5 s to 10 minutes. An item of a dead worker is taken again within this time and a second.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between signs of life; default 10 s: two may be missed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:00")]
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an item is tried before it is held for that; default 5, range 1 to 20.</summary>
    [Range(1, 20)]
    public int MostAttempts { get; init; } = 5;

    /// <summary>Pause after the first failure, doubled after each further one, of which a random part is taken off; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one attempt may take; default 5 minutes. A photo takes less than a second.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan LongestAttempt { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause after an attempt: doubling, and up to half of it taken off at random, so that what failed together is not tried together.</summary>
    internal TimeSpan PauseAfter(long attempt, double random)
    {
        var longest = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Max(0, attempt - 1)));
        return TimeSpan.FromSeconds(longest * (1 - (random / 2)));
    }
}
