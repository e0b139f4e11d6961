using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Imaging;

namespace PublicationGate.TakenBack;

/// <summary>Asks the list of pictures that were taken back, and says <c>Known = false</c> where that fails: never an exception, never a guess.</summary>
/// <param name="find">The look itself: <see cref="TakenBackList.FindAsync"/>.</param>
/// <param name="time">Clock of pauses between tries.</param>
/// <param name="logger">Hears of what failed, by kind of failure only.</param>
public sealed partial class TakenBackLookup(Func<string?, PictureHash?, CancellationToken, Task<TakenBackFacts>> find, TimeProvider time, ILogger<TakenBackLookup> logger)
{
    private readonly RegisterPatience patience = new(new ConsentLookupOptions(), time);

    /// <summary>What the list says; <see cref="TakenBackFacts.Known"/> is false when it could not be asked.</summary>
    /// <inheritdoc cref="TakenBackList.FindAsync" path="/param"/>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<TakenBackFacts> LookUpAsync(string? sha256, PictureHash? hash, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.AskAsync(token => find(sha256, hash, token), cancellationToken);
        }
#pragma warning disable CA1031 // Whatever goes wrong, the photo must be held and the run goes on.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotAsked(logger, DatabaseFailure.NameOf(failure));
            return new TakenBackFacts { Known = false };
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of pictures that were taken back could not be asked ({Failure}): what is screened now is held.")]
    private static partial void LogNotAsked(ILogger logger, string failure);
}
