using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Removal.Addresses;

/// <summary>How patiently and how politely the gate looks whether hidden pictures are gone.</summary>
public sealed record PostedAddressOptions
{
    /// <summary>How long after a picture was hidden its addresses are first looked at; default 2 s, in which outputs take it down.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FirstLookAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause after the first look, doubled after each further one; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause: a look a day, as long as it takes; default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "7.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long after a look at which the picture was missing another one must say the same before it counts as gone; default 1 minute. A site that is being
    /// updated, or one machine of several behind a name, may say "not found" for a moment.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan SureAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The same where something else is there instead, another picture or a text: after <see cref="SureAfter"/> a third look, so long after the first, must say so too; default 6 hours.
    /// A site may give a placeholder to visitors that it does not know, or while it is being worked on.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "7.00:00:00")]
    public TimeSpan SureOfElseAfter { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Pause between two calls to one host; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Spacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one look may take, with redirects and a second try; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Pause before the second try of a call that met no answer; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan QuickPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most bytes that are read of one answer; default 40 MB, as large as a photo may be that comes in.</summary>
    [Range(1024, 100_000_000)]
    public int LongestAnswer { get; init; } = 40_000_000;

    /// <summary>Redirects that are followed; default 5.</summary>
    [Range(0, 20)]
    public int MostRedirects { get; init; } = 5;

    /// <summary>Hosts that are called at the same time; default 4.</summary>
    [Range(1, 32)]
    public int HostsAtOnce { get; init; } = 4;

    /// <summary>Days after which a hidden picture that is not known to be gone is an urgent duty; default 3, range 1 to 90.</summary>
    [Range(1, 90)]
    public int UrgentDays { get; init; } = 3;

    /// <summary>The pause after so many looks.</summary>
    internal TimeSpan PauseAfter(long looks) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(looks - 1, 0, 60))));
}
