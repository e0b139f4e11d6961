using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Imaging;

namespace PublicationGate.Recordings;

/// <summary>Asks the recording register, and says <c>Known = false</c> where that fails: never an exception, never a guess.</summary>
/// <param name="find">The look itself: <see cref="RecordingRegister.FindAsync"/>.</param>
/// <param name="time">Clock of pauses between tries.</param>
/// <param name="logger">Hears of what failed, by kind of failure only.</param>
public sealed partial class RecordingLookup(
    Func<string?, PictureHash?, DateOnly, CancellationToken, Task<RecordingFacts>> find, TimeProvider time, ILogger<RecordingLookup> logger)
{
    private readonly RegisterPatience patience = new(new ConsentLookupOptions(), time);

    /// <summary>What the register says; <see cref="RecordingFacts.Known"/> is false when it could not be asked.</summary>
    /// <inheritdoc cref="RecordingRegister.FindAsync" path="/param"/>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RecordingFacts> LookUpAsync(string? sha256, PictureHash? hash, DateOnly asOf, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.AskAsync(token => find(sha256, hash, asOf, token), cancellationToken);
        }
#pragma warning disable CA1031 // Whatever goes wrong, the photo must be held and the run goes on.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotAsked(logger, DatabaseFailure.NameOf(failure));
            return new RecordingFacts { Known = false };
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The recording register could not be asked ({Failure}): what is screened now is held.")]
    private static partial void LogNotAsked(ILogger logger, string failure);
}
