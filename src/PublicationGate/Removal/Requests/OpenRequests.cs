using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Removal.Requests;

/// <summary>Closes requests whose pictures are gone wherever they were posted, and empties those that were closed long enough ago. Finds them by looking, so that a crash loses none.</summary>
/// <param name="db">A context without changes.</param>
/// <param name="audit">What is told of.</param>
/// <param name="options">How long what is closed says who asked.</param>
/// <param name="time">The clock.</param>
public sealed class OpenRequests(GateDb db, AuditTrail audit, RequestOptions options, TimeProvider time)
{
    /// <summary>Closes what can be closed.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CloseAsync(CancellationToken cancellationToken)
    {
        if (!await Done().AnyAsync(cancellationToken))
        {
            return 0;
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var done = await Done().ToListAsync(cancellationToken);
        foreach (var request in done)
        {
            await CloseAsync(request, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return done.Count;
    }

    /// <summary>Empties what was closed long enough ago: who asked, about whom, and what was written.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EmptyAsync(CancellationToken cancellationToken)
    {
        var (now, before) = (time.GetUtcNow(), time.GetUtcNow().AddDays(-options.KeptDays));
        if (!await db.RemovalRequests.AnyAsync(request => request.EmptiedAt == null && request.ClosedAt < before, cancellationToken))
        {
            return 0;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.OverwriteDeletedAsync(cancellationToken);
        var emptied = await db.RemovalRequests.Where(request => request.EmptiedAt == null && request.ClosedAt < before).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EmptiedAt, now).SetProperty(row => row.Child, "").SetProperty(row => row.Group, "").SetProperty(row => row.Contact, "").SetProperty(row => row.Source, "")
                .SetProperty(row => row.Address, (string?)null).SetProperty(row => row.Words, (string?)null).SetProperty(row => row.Ground, (string?)null)
                .SetProperty(row => row.PictureHash, (Imaging.PictureHash?)null),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return emptied;
    }

    private IQueryable<RemovalRequest> Done() => db.RemovalRequests.Where(request => request.State == RequestState.Hidden
        // Also what was released again since, and hidden once more for whatever reason.
        && !db.TakeDowns.Any(open => open.EndedAt == null && db.TakeDowns.Any(takeDown => takeDown.SubmissionId == open.SubmissionId
            && db.RequestedReleases.Any(row => row.RequestId == request.Id && row.ReleaseId == takeDown.ReleaseId && row.HiddenAt != null))));

    private async Task CloseAsync(RemovalRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Somebody let it back, and it stands: nothing is gone, and who asked must not be told so.
        if (await db.TakeDowns.AnyAsync(takeDown => takeDown.EndedBy == TakeDown.ReleasedAgain && db.Releases.Any(release => release.SubmissionId == takeDown.SubmissionId && release.WithdrawnAt == null)
            && db.RequestedReleases.Any(row => row.RequestId == request.Id && row.ReleaseId == takeDown.ReleaseId && row.HiddenAt != null), cancellationToken))
        {
            (request.State, request.Why, request.AnswerBy) = (RequestState.Received, RequestWhy.ShownAgain, options.AnswerBy(now.Day()));
            await RequestLetters.ToStaffAsync(db, request, "request-urgent", now, cancellationToken);
            return;
        }

        await RequestClosing.CloseAsync(db, audit, request, RequestState.Gone, null, null, now, cancellationToken);
    }
}
