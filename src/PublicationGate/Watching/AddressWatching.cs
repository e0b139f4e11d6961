using PublicationGate.Removal.Addresses;

namespace PublicationGate.Watching;

/// <summary>Looks at the addresses of hidden pictures until they are gone.</summary>
/// <param name="watch">What the watch stands on.</param>
/// <param name="looks">Does it.</param>
internal sealed class AddressWatching(WatchParts watch, AddressLooks looks)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Works until it is cancelled; what was being looked at then is looked at again by the next run.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => watch.RepeatAsync("addresses", () => looks.WorkAsync(cancellationToken), Look, cancellationToken);
}
