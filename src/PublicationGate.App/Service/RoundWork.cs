using PublicationGate.Data;
using PublicationGate.Rounds;
using PublicationGate.Screening;
using PublicationGate.Watching;

namespace PublicationGate.App.Service;

/// <summary>Looks every minute whether a round is to be closed, or people are to be reminded of one.</summary>
internal sealed partial class RoundWork(IServiceScopeFactory scopes, TimeProvider time, GateReadiness readiness, ILogger<RoundWork> logger) : BackgroundService
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
                readiness.SetFailed("rounds", "", null);
            }
#pragma warning disable CA1031 // The next look does what this one could not; answers count by the calendar whether it comes or not.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, DatabaseFailure.NameOf(failure));
                // A database that is away is told of by those who look more often.
                if (!DatabaseFailure.IsPassing(failure))
                {
                    readiness.SetFailed("rounds", "", failure);
                }
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The look at rounds failed ({Failure}); it comes again in a minute.")]
    private static partial void LogFailed(ILogger logger, string failure);
}
