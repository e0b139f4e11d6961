using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Submissions;

/// <summary>How many photos may wait.</summary>
public sealed record SubmissionOptions
{
    /// <summary>
    /// Photos of the store that may wait for their verdict before further uploads are refused; default 500, range 1 to 100,000. At ten photos a second the last
    /// one waits under a minute. Watched folders are not refused: their files wait where they are.
    /// </summary>
    [Range(1, 100_000)]
    public int MostWaiting { get; init; } = 500;
}

/// <summary>So many photos wait that no more are taken in; nothing was kept. The same submission may be made again later.</summary>
/// <param name="waiting">How many wait.</param>
public sealed class QueueFullException(int waiting) : Exception("queue full: " + waiting), IRefusal
{
    /// <summary>What a person reads.</summary>
    public Text Reason { get; } = Texts.Get("submission.queue-full", ("count", waiting));

    /// <summary>When to try again: sooner makes no room.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
}
