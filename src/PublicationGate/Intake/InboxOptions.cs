using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Intake;

/// <summary>Which folders are watched, and how patiently.</summary>
public sealed record InboxOptions
{
    /// <summary>The folders; they need not be there yet.</summary>
    [MinLength(1)]
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>Folders that are left out wherever they lie, with all that is in them: the gate's own results, its data, its store.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Time from one whole look at the folders to the next; default 60 s, range 1 s to 1 hour. Events of the system only shorten it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ScanEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long size and modification time must stand still; default 5 s, range 1 s to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StillFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between looks at files that are waited for, and the shortest between whole looks; default 0.5 s, range 0.1 s to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>After this time a file that keeps growing, or whose end is missing, is handed over as unfinished; default 1 day, range 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Do without events of the system, as on network file systems, of which they are not to be had; default no.</summary>
    public bool PollingOnly { get; init; }
}
