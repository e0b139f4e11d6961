using System.Threading.Channels;

namespace PublicationGate.Screening;

/// <summary>Wakes who waits for work, in this process; other processes are found by looking. A signal that nobody waits for is kept for the next.</summary>
internal sealed class WorkSignal
{
    private readonly Channel<bool> raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => raised.Writer.TryWrite(true);

    /// <summary>Waits for a signal, but not longer than a time.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(longest, time, enough.Token), raised.Reader.WaitToReadAsync(enough.Token).AsTask());
        await enough.CancelAsync();
        raised.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
