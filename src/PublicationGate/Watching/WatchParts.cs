using Microsoft.Extensions.Logging;
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
    public GateReadiness Readiness { get; init; } = new();

    /// <summary>Where it is told what nobody foresaw, by its kind: an exception's own words may hold names.</summary>
    public ILogger? Log { get; init; }

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

    /// <summary>Does something again and again until it is cancelled. Whatever fails is said and tried again: a part that stood still would be missed by nobody, since the others go on.</summary>
    /// <param name="part">What it does, a word of <c>watch.part</c>.</param>
    /// <param name="work">Does it once.</param>
    /// <param name="pause">Until the next time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="name">Which one, of several of a part.</param>
    public async Task RepeatAsync(string part, Func<Task> work, TimeSpan pause, CancellationToken cancellationToken, string name = "")
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work();
                Readiness.SetFailed(part, name, null);
                await Task.Delay(pause, Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031
            catch (Exception failure)
#pragma warning restore CA1031
            {
                await OutliveAsync(part, name, failure, cancellationToken);
            }
        }
    }

    /// <summary>Says what failed, whatever it is, and waits a moment, or until it is cancelled.</summary>
    public async Task OutliveAsync(string part, string name, Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            if (await PauseAfterAsync(failure, cancellationToken))
            {
                return;
            }

            // Once, until it has worked again: the next try may be a second away.
            if (Readiness.SetFailed(part, name, failure) && Log is not null)
            {
                WatchFailure.LogFailed(Log, part, name, DatabaseFailure.NameOf(failure), failure.StackTrace);
            }

            await Task.Delay(Pause, Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }
}
