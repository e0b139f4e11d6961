using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Rounds;

/// <summary>Asks the rounds, and says <c>Known = false</c> where that fails: never an exception, never a guess.</summary>
/// <param name="worksByRounds">Whether a channel needs the yes of a round, by the protocol in force.</param>
/// <param name="find">The look itself: <see cref="RoundBook.FindAsync"/>.</param>
/// <param name="time">Clock of pauses between tries.</param>
/// <param name="logger">Hears of what failed, by kind of failure only.</param>
public sealed partial class RoundLookup(
    Func<string, bool> worksByRounds, Func<long, IReadOnlyCollection<string>, DateTimeOffset, CancellationToken, Task<RoundFacts>> find, TimeProvider time, ILogger<RoundLookup> logger)
{
    private readonly RegisterPatience patience = new(new ConsentLookupOptions(), time);

    /// <summary>What the declared round says; null for a photo that needs none.</summary>
    /// <param name="declaration">What the submitter says.</param>
    /// <param name="pupils">The declared pupils, as the register knows them.</param>
    /// <param name="asOf">The instant of looking.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RoundFacts?> LookUpAsync(Declaration declaration, IReadOnlyList<PupilConsent> pupils, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (declaration.Round is not { } id)
        {
            return worksByRounds(declaration.Channel) ? new RoundFacts() : null;
        }

        try
        {
            return await patience.AskAsync(token => find(id, [.. pupils.Select(pupil => pupil.Key)], asOf, token), cancellationToken);
        }
#pragma warning disable CA1031 // Whatever goes wrong, the photo must be held and the run goes on.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotAsked(logger, DatabaseFailure.NameOf(failure));
            return new RoundFacts { Known = false };
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rounds could not be asked ({Failure}): what is screened now is held.")]
    private static partial void LogNotAsked(ILogger logger, string failure);
}
