using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.Submissions;

/// <summary>Where a photo came from.</summary>
public enum SubmissionSource
{
    /// <summary>A watched folder.</summary>
    Folder,

    /// <summary>The submit page.</summary>
    Page,

    /// <summary>A program.</summary>
    Api,
}

/// <summary>Whose turn it is with a photo that is held.</summary>
public enum SubmissionTurn
{
    /// <summary>A reviewer's.</summary>
    Reviewer,

    /// <summary>The submitter's, who was asked something.</summary>
    Submitter,
}

/// <summary>A photo that somebody submitted: what people see, ask about and review. What is declared of it now, with what reviewers said, is its item of the queue.</summary>
public sealed class Submission : ILogged
{
    LogIds ILogged.LogIds => new() { ["submission"] = Id, ["item"] = QueueItemId };

    /// <summary>32 hexadecimal digits, in the order of arrival.</summary>
    public required string Id { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Where it came from.</summary>
    public required SubmissionSource Source { get; init; }

    /// <summary>Id of the account that submitted it; null for a folder's.</summary>
    public string? SubmitterId { get; init; }

    /// <summary>The same for photos that were submitted together, 32 hexadecimal digits; a photo alone is an album of its own.</summary>
    public required string AlbumId { get; init; }

    /// <summary>Name of the file as it came in.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal; empty when they could not be read.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>Channel that it is for, as declared now.</summary>
    public required string Channel { get; set; }

    /// <summary>School activity that it shows, as declared now.</summary>
    public string? Activity { get; set; }

    /// <summary>What it is screened as now.</summary>
    public required long QueueItemId { get; set; }

    /// <summary>The file of a watched folder that it is; null for others.</summary>
    public long? TakenFileId { get; init; }

    /// <summary>Id of the verdict on <see cref="QueueItemId"/>; null until there is one.</summary>
    public string? VerdictId { get; set; }

    /// <summary>Its outcome; null until there is one.</summary>
    public Outcome? Outcome { get; set; }

    /// <summary>Whose turn it is while it is held.</summary>
    public SubmissionTurn Turn { get; set; }

    /// <summary>A new id.</summary>
    /// <param name="now">The instant of arrival.</param>
    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>Has it screened as another item, which may be the same item screened anew: until that is decided nothing is said of it, and nothing of it is released.</summary>
    public void Move(long queueItemId) => (QueueItemId, VerdictId, Outcome, Turn) = (queueItemId, null, null, SubmissionTurn.Reviewer);

    /// <summary>The same for all that are screened as one item, in the transaction of the context.</summary>
    internal static async Task MoveAllAsync(GateDb db, long fromItemId, long toItemId, CancellationToken cancellationToken)
    {
        var moved = await db.Submissions.Where(submission => submission.QueueItemId == fromItemId).ToListAsync(cancellationToken);
        if (moved.Count > 0)
        {
            moved.ForEach(submission => submission.Move(toItemId));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
