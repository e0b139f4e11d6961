using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>What the parts of a watch share.</summary>
/// <param name="Database">The gate's database.</param>
/// <param name="Store">Originals.</param>
/// <param name="Queue">Photos that wait for their verdict.</param>
/// <param name="Audit">What is told of.</param>
/// <param name="ProtocolInUse">The protocol that is judged by.</param>
/// <param name="Time">The clock.</param>
/// <param name="Owner">This process, among those that work on the queue.</param>
internal sealed record WatchParts(GateDatabase Database, IContentStore Store, ScreeningQueue Queue, AuditTrail Audit, ProtocolInUse ProtocolInUse, TimeProvider Time, string Owner)
{
    // How soon something that failed for the machine's sake is tried again.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What keeps the gate from working.</summary>
    public GateReadiness Readiness { get; } = new();

    /// <summary>The protocol by which what begins now is judged.</summary>
    public Protocol Protocol => ProtocolInUse.Current;

    /// <summary>There may be something to place.</summary>
    public WorkSignal ToPlace { get; } = new();

    /// <summary>Something may have been released or withdrawn.</summary>
    public WorkSignal ToCopy { get; } = new();

    /// <summary>Says what failed and waits a moment.</summary>
    /// <returns>False when the machine is not to blame.</returns>
    public async Task<bool> PauseAfterAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (WatchFailure.Of(failure) is not var (part, problem))
        {
            return false;
        }

        Readiness.Set(part, problem);
        await Task.Delay(Pause, Time, cancellationToken);
        return true;
    }

    /// <summary>Does something again and again until it is cancelled; failures of the machine are waited out.</summary>
    public async Task RepeatAsync(Func<Task> work, TimeSpan pause, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work();
                await Task.Delay(pause, Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (WatchFailure.Of(failure) is not null)
            {
                await PauseAfterAsync(failure, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }
}
