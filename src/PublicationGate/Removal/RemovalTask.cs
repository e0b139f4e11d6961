using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Removal;

/// <summary>What somebody must see to: that a hidden picture is gone where it was posted.</summary>
/// <param name="Id">Number of the take-down.</param>
/// <param name="FileName">Name of the file as it came in; null once it was erased.</param>
/// <param name="Activity">School activity that it shows; null when nobody said.</param>
/// <param name="SubmissionId">The submission.</param>
/// <param name="Channel">Where it was posted.</param>
/// <param name="Why">Why it was hidden.</param>
/// <param name="HiddenAt">Since when.</param>
/// <param name="ReleasedAt">When it was released; null once it was erased.</param>
/// <param name="EndedAt">When that was done; null while it is to be done.</param>
/// <param name="EndedBy">Who says so, <see cref="TakeDown.ReleasedAgain"/> or <see cref="TakeDown.Gone"/>.</param>
public sealed record RemovalTask(
    long Id, string? FileName, string? Activity, string SubmissionId, string Channel, TakeDownWhy Why, DateTimeOffset HiddenAt, DateTimeOffset? ReleasedAt, DateTimeOffset? EndedAt, string? EndedBy)
{
    /// <summary>The tasks, oldest first.</summary>
    /// <param name="db">The gate's database.</param>
    /// <param name="alsoEnded">Those that are done with too.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static Task<List<RemovalTask>> ListAsync(GateDb db, bool alsoEnded, CancellationToken cancellationToken) => (
        from task in db.TakeDowns.AsNoTracking()
        where alsoEnded || task.EndedAt == null
        join submission in db.Submissions on task.SubmissionId equals submission.Id into submissions
        from submission in submissions.DefaultIfEmpty()
        join release in db.Releases on task.ReleaseId equals release.Id into releases
        from release in releases.DefaultIfEmpty()
        orderby task.Id
        select new RemovalTask(
            task.Id, submission.FileName, submission.Activity, task.SubmissionId, task.Channel, task.Why, task.HiddenAt, (DateTimeOffset?)release.ReleasedAt, task.EndedAt, task.EndedBy)).ToListAsync(cancellationToken);
}
