using PublicationGate.Removal.Addresses;

namespace PublicationGate.Watching;

/// <summary>Looks at the addresses of hidden pictures until they are gone.</summary>
/// <param name="watch">What the watch stands on.</param>
/// <param name="looks">Does it.</param>
internal sealed class AddressWatching(WatchParts watch, AddressLooks looks)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Works until it is cancelled; what was being looked at then is looked at again by the next run.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await looks.WorkAsync(cancellationToken);
                await Task.Delay(Look, watch.Time, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                if (!await watch.PauseAfterAsync(failure, cancellationToken))
                {
                    throw;
                }
            }
        }
    }
}
