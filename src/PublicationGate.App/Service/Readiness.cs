using PublicationGate.Data;

namespace PublicationGate.App.Service;

/// <summary>What keeps photos from being screened, for whoever asks: looked at once in a while, however often they ask, since each look writes a file.</summary>
internal sealed class Readiness(WatchService watch, GateDatabase database, IServiceProvider services, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);
    private (DateTimeOffset At, IReadOnlyList<Text> Problems)? last;

    /// <summary>What there was at most two seconds ago; none when nothing does.</summary>
    public async Task<IReadOnlyList<Text>> ProblemsAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (last is not { } looked || time.GetUtcNow() - looked.At is var age && (age < TimeSpan.Zero || age >= Holds))
            {
                last = looked = (time.GetUtcNow(), await HealthApi.ProblemsAsync(watch, database, services, cancellationToken));
            }

            return looked.Problems;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
