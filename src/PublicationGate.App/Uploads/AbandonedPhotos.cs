using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Retention;

namespace PublicationGate.App.Uploads;

/// <summary>
/// Takes out of the store again what uploads left there that came to nothing. It does so while no upload is under way, so that nobody's photo of the same
/// bytes goes with it.
/// </summary>
internal sealed class AbandonedPhotos(IContentStore store, GateDatabase database, UnclaimedContent unclaimed) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> abandoned = [];
    private int underWay;

    /// <summary>An upload begins.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        underWay++;
        turn.Release();
    }

    /// <summary>An upload has ended.</summary>
    /// <param name="left">What it stored and did not submit.</param>
    public async Task LeaveAsync(IEnumerable<StoredContent> left)
    {
        await turn.WaitAsync();
        try
        {
            abandoned.UnionWith(left.Where(content => content.IsNew).Select(content => content.Sha256!));
            if (--underWay == 0 && abandoned.Count > 0)
            {
                await RemoveAsync();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Removes what earlier processes left that were ended in the middle of an upload.</summary>
    /// <returns>False while uploads are under way.</returns>
    public async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (underWay == 0)
            {
                await unclaimed.RemoveAsync(cancellationToken);
            }

            return underWay == 0;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task RemoveAsync()
    {
        await using var db = database.CreateDbContext();
        foreach (var sha256 in abandoned)
        {
            if (!await db.QueueItems.AnyAsync(item => item.ContentSha256 == sha256))
            {
                store.Remove(sha256);
            }
        }

        abandoned.Clear();
    }
}
