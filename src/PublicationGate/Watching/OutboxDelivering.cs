using PublicationGate.Publishing.Outbox;

namespace PublicationGate.Watching;

/// <summary>Tells the outputs of releases, each in a loop of its own, so that one that is slow or away holds up no other.</summary>
internal sealed class OutboxDelivering(WatchParts watch, OutboxQueue queue, IReadOnlyList<OutboxDelivery> outputs)
{
    private static readonly TimeSpan BetweenMending = TimeSpan.FromMinutes(1);

    /// <summary>The outputs by name.</summary>
    public IReadOnlyCollection<string> Outputs { get; } = [.. outputs.Select(output => output.Output)];

    /// <summary>Works until it is cancelled; what is under way then is tried again by the next run.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(outputs.Select(output => watch.RepeatAsync("outputs", () => DeliverAsync(output, cancellationToken), queue.Options.LookEvery, cancellationToken, output.Output))
            .Append(watch.RepeatAsync("outputs", () => queue.MendAsync(cancellationToken), BetweenMending, cancellationToken)));

    private async Task DeliverAsync(OutboxDelivery output, CancellationToken cancellationToken)
    {
        if (await queue.IsSwitchedOffAsync(output.Output, cancellationToken))
        {
            return;
        }

        while (await output.DeliverNextAsync(watch.Owner, cancellationToken))
        {
            watch.Readiness.Set(WatchFailure.Database, null);
        }
    }
}
