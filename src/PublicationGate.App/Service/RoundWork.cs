using PublicationGate.Data;
using PublicationGate.Rounds;
using PublicationGate.Screening;

namespace PublicationGate.App.Service;

/// <summary>Looks every minute whether a round is to be closed, or people are to be reminded of one.</summary>
internal sealed partial class RoundWork(IServiceScopeFactory scopes, TimeProvider time, ILogger<RoundWork> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DueRounds>().RunAsync(scope.ServiceProvider.GetRequiredService<ProtocolInUse>().Current.School, stoppingToken);
            }
#pragma warning disable CA1031 // The next look does what this one could not; answers count by the calendar whether it comes or not.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(logger, DatabaseFailure.NameOf(failure));
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The look at rounds failed ({Failure}); it comes again in a minute.")]
    private static partial void LogFailed(ILogger logger, string failure);
}
