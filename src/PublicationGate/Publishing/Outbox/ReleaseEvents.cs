using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Publishing.Outbox;

/// <summary>Writes down what outputs are to be told, in the transaction in which a release is made or withdrawn.</summary>
/// <param name="outputs">The outputs of this gate.</param>
/// <param name="time">Clock of the events.</param>
public sealed class ReleaseEvents(OutputList outputs, TimeProvider time)
{
    /// <summary>A release was made.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="release">The release.</param>
    public void Released(GateDb db, Release release)
    {
        foreach (var output in outputs.Of(release.Channel))
        {
            db.OutboxEvents.Add(New(release.Id, release.SubmissionId, output.Name, OutboxEventKind.Publish));
        }
    }

    /// <summary>Releases were withdrawn, or go for good: what was published of them is taken down, what was not is not published any more. May be said twice.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="releases">Ids of the releases.</param>
    /// <param name="cancellationToken">Ends the look for what was published.</param>
    /// <returns>How many take-downs there are now that were not before.</returns>
    public Task<int> WithdrawnAsync(GateDb db, IReadOnlyCollection<string> releases, CancellationToken cancellationToken) => WithdrawnAsync(db, releases, time, cancellationToken);

    /// <inheritdoc cref="WithdrawnAsync(GateDb, IReadOnlyCollection{string}, CancellationToken)"/>
    internal static async Task<int> WithdrawnAsync(GateDb db, IReadOnlyCollection<string> releases, TimeProvider time, CancellationToken cancellationToken)
    {
        var events = await db.OutboxEvents.Where(row => releases.Contains(row.ReleaseId)).ToListAsync(cancellationToken);
        var known = events.Where(row => row.Kind == OutboxEventKind.TakeDown).Select(row => (row.ReleaseId, row.Output)).ToHashSet();
        var added = 0;
        foreach (var publish in events.Where(row => row.Kind == OutboxEventKind.Publish && !known.Contains((row.ReleaseId, row.Output))))
        {
            // One that was tried may have arrived, whatever came back.
            if (publish.Attempts > 0)
            {
                db.OutboxEvents.Add(New(publish.ReleaseId, publish.SubmissionId, publish.Output, OutboxEventKind.TakeDown, time));
                added++;
            }

            if (publish.State is OutboxState.Waiting or OutboxState.Dead)
            {
                Overtake(publish, time.GetUtcNow());
            }
        }

        return added;
    }

    internal static void Overtake(OutboxEvent row, DateTimeOffset now) => (row.State, row.DueAt, row.LeaseOwner, row.EndedAt) = (OutboxState.Overtaken, null, null, now);

    private OutboxEvent New(string release, string submission, string output, OutboxEventKind kind) => New(release, submission, output, kind, time);

    private static OutboxEvent New(string release, string submission, string output, OutboxEventKind kind, TimeProvider time) => new()
    {
        ReleaseId = release, SubmissionId = submission, Output = output, Kind = kind, At = time.GetUtcNow(), State = OutboxState.Waiting, DueAt = time.GetUtcNow(),
    };
}
