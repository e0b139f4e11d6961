using System.ComponentModel.DataAnnotations;
using PublicationGate.Intake;
using PublicationGate.Publishing;

namespace PublicationGate.Watching;

/// <summary>What a watch watches, and where it lays results.</summary>
public sealed record FolderWatchOptions
{
    /// <summary>The watched folders; they need not be there yet.</summary>
    [MinLength(1)]
    public required IReadOnlyList<string> Inboxes { get; init; }

    /// <summary>Folder of the gate's data, on a disk of this machine: two watches cannot share one. Its <see cref="PublicationGate.DataFolder.Store"/> may be shared.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder of the results of all inboxes; null for the folder that each inbox stands in.</summary>
    public string? Results { get; init; }

    /// <summary>Originals stay in the inbox.</summary>
    public bool LeaveOriginals { get; init; }

    /// <summary>Go over to a protocol that is put in force meanwhile; not where this run was given one of its own.</summary>
    public bool FollowsProtocol { get; init; }

    /// <summary>End when every finished file has its result, rather than wait for more.</summary>
    public bool StopWhenDone { get; init; }

    /// <summary>How many photos are screened at once; default one a core, range 1 to 64.</summary>
    [Range(1, 64)]
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Watched folders by their full paths, and the folder of the results of each.</summary>
    internal IReadOnlyDictionary<string, string> ResultsOf =>
        Inboxes.Select(inbox => Path.TrimEndingDirectorySeparator(Path.GetFullPath(inbox))).Distinct().ToDictionary(inbox => inbox, inbox => Path.GetFullPath(Results ?? ResultFolderOptions.Beside(inbox)));

    /// <summary>The same as settings of the inbox, which leaves out what the gate itself writes.</summary>
    internal InboxOptions Inbox => new()
    {
        Folders = [.. ResultsOf.Keys],
        LeftOut = [.. ResultsOf.Values.Distinct().SelectMany(root => new ResultFolderOptions { Folder = root }.ResultFolders), Path.GetFullPath(DataFolder)],
    };
}

/// <summary>A watch cannot start, for a reason that a person can do something about.</summary>
/// <param name="reason">What is wrong and what to do.</param>
public sealed class WatchRefusedException(Text reason) : IOException(reason.En)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;
}
