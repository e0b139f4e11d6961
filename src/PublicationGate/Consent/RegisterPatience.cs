using Polly;
using Polly.Retry;
using Polly.Timeout;
using PublicationGate.Data;

namespace PublicationGate.Consent;

/// <summary>Asks a register again what took too long, and where <see cref="DatabaseFailure.IsPassing"/>; the same for all that is asked for a photo.</summary>
internal sealed class RegisterPatience(ConsentLookupOptions options, TimeProvider time)
{
    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TimeoutRejectedException>().Handle<Exception>(DatabaseFailure.IsPassing),
            MaxRetryAttempts = options.Retries,
            Delay = options.RetryPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .AddTimeout(options.TryTimeout)
        .Build();

    /// <summary>The answer; the last failure where there is none.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken) =>
        // SQLite works on the calling thread and heeds no token: on a thread of its own it can be left behind.
        await pipeline.ExecuteAsync(async token => await Task.Run(() => ask(token), token).WaitAsync(token), cancellationToken);
}
