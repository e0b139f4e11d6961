using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>Goes over to a protocol that is put in force while the gate works, by whichever process, and takes along what still waits.</summary>
internal sealed class ProtocolFollowing(WatchParts watch, ProtocolHistory history)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => watch.RepeatAsync("protocol", () => FollowAsync(cancellationToken), Look, cancellationToken);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (await history.InForceAsync(cancellationToken) is { } inForce && inForce.Protocol.Version != watch.Protocol.Version)
        {
            watch.ProtocolInUse.Current = inForce.Protocol;
        }

        // Each time: a photo that was under way while the protocol changed comes back under the earlier one.
        if (await ProtocolChange.CarryOverAsync(watch, cancellationToken))
        {
            watch.Queue.Added.Raise();
        }
    }
}
