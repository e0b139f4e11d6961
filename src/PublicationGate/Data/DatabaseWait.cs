namespace PublicationGate.Data;

/// <summary>Outlives a database that is away: says so, waits, and does the whole work again. Safe for concurrent use.</summary>
/// <param name="place">Where the database is: <see cref="GateDatabase.Place"/>.</param>
/// <param name="limit">Longest wait after the first failure; <see cref="Timeout.InfiniteTimeSpan"/> for a service, which waits for ever.</param>
/// <param name="tell">Hears that the gate waits, at once and then every five seconds.</param>
/// <param name="time">Clock of pauses.</param>
public sealed class DatabaseWait(string place, TimeSpan limit, Action<Text> tell, TimeProvider time)
{
    /// <summary>How long a program that is started by hand waits, unless it is told otherwise: a server that restarts is back by then.</summary>
    public static readonly TimeSpan ForPeople = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenWords = TimeSpan.FromSeconds(5);

    private readonly Lock telling = new();
    private long? toldAt;

    /// <summary>Does <paramref name="work"/>, again and again while <see cref="DatabaseFailure.IsPassing"/>; it must be one that may be done twice.</summary>
    /// <exception cref="GateDatabaseException">The database did not come back in time.</exception>
    public async Task<T> OutliveAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (long? since = null; ;)
        {
            try
            {
                return await work();
            }
            catch (Exception failure) when (DatabaseFailure.IsPassing(failure))
            {
                cancellationToken.ThrowIfCancellationRequested();
                since ??= time.GetTimestamp();
                var detail = failure.GetBaseException().Message;
                if (limit != Timeout.InfiniteTimeSpan && time.GetElapsedTime(since.Value) >= limit)
                {
                    throw new GateDatabaseException(Texts.Get("database.away", ("place", place), ("detail", detail)), failure);
                }

                Tell(Texts.Get("database.waiting", ("place", place), ("detail", detail)));
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <inheritdoc cref="OutliveAsync{T}"/>
    public Task OutliveAsync(Func<Task> work, CancellationToken cancellationToken) => OutliveAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);

    // Many units of work find the same database away.
    private void Tell(Text sentence)
    {
        lock (telling)
        {
            if (toldAt is { } last && time.GetElapsedTime(last) < BetweenWords)
            {
                return;
            }

            toldAt = time.GetTimestamp();
        }

        tell(sentence);
    }
}
