using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Mailing;

/// <summary>How patiently letters are sent.</summary>
public sealed record MailOptions
{
    /// <summary>How long a letter is a worker's; default 20 minutes: three tries of three steps, 2 minutes each at most, are 18. What a dead worker had is taken again by then.</summary>
    [Range(typeof(TimeSpan), "00:20:00", "01:00:00")]
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How often a letter is tried before it is given up; default 38, which takes some two days. RFC 5321 asks for four to five of a mail server, where nobody sees what waits.</summary>
    [Range(1, 1000)]
    public int MostAttempts { get; init; } = 38;

    /// <summary>Pause after the first attempt, doubled after each further one, of which a random part is taken off; default 1 minute. Greylisting lets nobody through sooner.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest pause; default 2 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Quick tries after a connection that broke, within one attempt; default 2.</summary>
    [Range(0, 2)]
    public int QuickTries { get; init; } = 2;

    /// <summary>Pause before the first quick try, doubled and spread; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan QuickPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Attempts within a minute of which half must fail by the server's fault before it is left alone; default 4, at least 2.</summary>
    [Range(2, 1000)]
    public int BreaksAfter { get; init; } = 4;

    /// <summary>How long it is left alone then; default 1 minute, at least half a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How soon the worker looks again when there was nothing to send; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);
}
