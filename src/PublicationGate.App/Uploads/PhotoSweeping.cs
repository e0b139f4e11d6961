using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Watching;

namespace PublicationGate.App.Uploads;

/// <summary>At the start and then once a day, has what no upload finished taken out of the store.</summary>
internal sealed partial class PhotoSweeping(AbandonedPhotos abandoned, TimeProvider time, GateReadiness readiness, ILogger<PhotoSweeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await IsSweptAsync(stoppingToken) ? Between : Again, time, stoppingToken);
        }
    }

    private async Task<bool> IsSweptAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isSwept = await abandoned.SweepAsync(cancellationToken);
            readiness.SetFailed("uploads", "", null);
            return isSwept;
        }
        catch (Exception failure) when (failure is ContentStoreException or GateDatabaseException or System.Data.Common.DbException || DatabaseFailure.IsPassing(failure))
        {
            NotSwept(log, failure.GetType().Name);
            return false;
        }
#pragma warning disable CA1031 // The next sweep does what this one could not.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotSwept(log, failure.GetType().Name);
            readiness.SetFailed("uploads", "", failure);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What no upload finished could not be removed: {Failure}")]
    private static partial void NotSwept(ILogger log, string failure);
}
