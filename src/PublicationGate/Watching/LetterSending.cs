using PublicationGate.Mailing;

namespace PublicationGate.Watching;

/// <summary>Sends letters that wait. A mail server that is away keeps no photo from being screened, so readiness does not speak of it; it does when letters cannot even be tried.</summary>
internal sealed class LetterSending(WatchParts watch, LetterQueue queue, LetterDelivery? letters)
{
    private static readonly TimeSpan BetweenMending = TimeSpan.FromMinutes(1);

    /// <summary>Works until it is cancelled; without a mail server letters wait.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => letters is null
        ? Task.Delay(Timeout.InfiniteTimeSpan, watch.Time, cancellationToken)
        : Task.WhenAll(watch.RepeatAsync("letters", () => SendAsync(letters, cancellationToken), queue.Options.LookEvery, cancellationToken), watch.RepeatAsync("letters", () => queue.MendAsync(cancellationToken), BetweenMending, cancellationToken, "mending"));

    /// <summary>Whether every letter that can be sent was tried.</summary>
    public async Task<bool> IsDoneAsync(CancellationToken cancellationToken) => letters is null || await queue.CountUntriedAsync(cancellationToken) == 0;

    private async Task SendAsync(LetterDelivery open, CancellationToken cancellationToken)
    {
        while (await open.SendNextAsync(watch.Owner, cancellationToken))
        {
            watch.Readiness.Set(WatchFailure.Database, null);
        }
    }
}
