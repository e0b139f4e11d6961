using PublicationGate.Rules;

namespace PublicationGate.Watching;

/// <summary>A file of a watched folder that is safe in the store, and where its result is: the way back from a verdict to the folder.</summary>
public sealed class TakenFile
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>Full path of the watched folder.</summary>
    public required string Inbox { get; init; }

    /// <summary>Path below it.</summary>
    public required string Name { get; init; }

    /// <summary>Size in bytes, as it was taken.</summary>
    public required long Length { get; set; }

    /// <summary>Modification time as it was taken, in ticks: by path, size and time it is known again after a restart.</summary>
    public required long ModifiedTicks { get; set; }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal; empty when they could not be read.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>What it is screened as now; another item when other things are declared of it later.</summary>
    public required long QueueItemId { get; set; }

    /// <summary>True until the result of that item has been placed.</summary>
    public required bool IsOpen { get; set; }

    /// <summary>Whose result is placed; null when none is.</summary>
    public string? PlacedVerdictId { get; set; }

    /// <summary>Its outcome.</summary>
    public Outcome? PlacedOutcome { get; set; }

    /// <summary>Full path of the folder of results in which one was placed last; null before the first. It stays when the result is taken back.</summary>
    public string? PlacedIn { get; set; }

    /// <summary>The file left the inbox when its result was placed: what stands there now is another.</summary>
    public bool HasLeft { get; set; }
}
