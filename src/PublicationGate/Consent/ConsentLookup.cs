using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>How patient a look into the register is.</summary>
public sealed record ConsentLookupOptions
{
    /// <summary>
    /// Longest time for one try; default 2 s, from 100 ms to 1 minute. A look takes milliseconds and does not wait for an import, so one that
    /// takes seconds is stuck; with the default retries a person waits under 7 s to hear that the register cannot be asked.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Tries after the first one; default 2, from 1 to 10.</summary>
    [Range(1, 10)]
    public int Retries { get; init; } = 2;

    /// <summary>Pause before the second try, doubled for each further one, give or take; default 100 ms, from 0 to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>Asks the register again where that may help, and says <c>Known = false</c> where it does not: never an exception, never a guess.</summary>
/// <param name="lookUp">The look itself: <see cref="ConsentRegister.LookUpAsync"/> under the terms of the protocol in force.</param>
/// <param name="options">Timeout and retries.</param>
/// <param name="time">Clock of timeout and pauses.</param>
/// <param name="logger">Hears of what failed, by kind of failure only: messages could hold names.</param>
public sealed partial class ConsentLookup(
    Func<Declaration, DateTimeOffset, CancellationToken, Task<ConsentFacts>> lookUp, ConsentLookupOptions options, TimeProvider time, ILogger<ConsentLookup> logger)
{
    private readonly RegisterPatience patience = new(options, time);

    /// <summary>What the register says; <see cref="ConsentFacts.Known"/> is false when it could not be asked.</summary>
    /// <param name="declaration">What the submitter says.</param>
    /// <param name="asOf">The instant of looking.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ConsentFacts> LookUpAsync(Declaration declaration, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.AskAsync(token => lookUp(declaration, asOf, token), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotAsked(logger, DatabaseFailure.NameOf(e));
            return new ConsentFacts { Known = false };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The register could not be asked ({Failure}): what is screened now is held.")]
    private static partial void LogNotAsked(ILogger logger, string failure);
}
