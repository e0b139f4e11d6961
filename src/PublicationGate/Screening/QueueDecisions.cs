using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Screening;

/// <summary>Tells those who wait for the verdict of a photo that there is one. Safe for concurrent use.</summary>
/// <param name="database">The gate's database.</param>
/// <param name="time">Clock of the waiting.</param>
public sealed class QueueDecisions(GateDatabase database, TimeProvider time)
{
    // Verdicts of other processes are found by looking.
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(500);

    private volatile TaskCompletionSource next = NewSource();

    /// <summary>Says that something was decided, after it was committed.</summary>
    public void Raise() => Interlocked.Exchange(ref next, NewSource()).TrySetResult();

    /// <summary>Waits until an item is decided.</summary>
    /// <param name="itemId">Which one.</param>
    /// <param name="longest">How long at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The item with its verdict; null when the time was up, or the item is gone since something else is declared of its photo.</returns>
    public async Task<QueueItem?> WaitAsync(long itemId, TimeSpan longest, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            // Taken before looking, so that what is decided meanwhile is not missed.
            var decided = next.Task;
            var item = await FindAsync(itemId, cancellationToken);
            var left = longest - time.GetElapsedTime(start);
            if (item is null or { State: QueueState.Decided } || left <= TimeSpan.Zero)
            {
                return item?.State == QueueState.Decided ? item : null;
            }

            await Task.WhenAny(decided, Task.Delay(left < LongestLook ? left : LongestLook, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<QueueItem?> FindAsync(long itemId, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.QueueItems.AsNoTracking().SingleOrDefaultAsync(item => item.Id == itemId, cancellationToken);
    }
}
