using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Retention;
using PublicationGate.Screening;

namespace PublicationGate.App.Duties;

/// <summary>What is over its period, looked up now and then: finding out takes a look at every original.</summary>
internal sealed class RetentionDue(GateDatabase database, IContentStore store, AuditTrail audit, ProtocolInUse protocol, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(15);

    private volatile Known? known;

    /// <summary>Classes of data, as the protocol file names them, with how much of each is over its period.</summary>
    public async Task<IReadOnlyList<(string Key, int Count)>> FindAsync(CancellationToken cancellationToken)
    {
        var (now, terms) = (time.GetUtcNow(), protocol.Current.Retention);
        if (known is not { } fresh || fresh.At + Holds < now || fresh.Version != protocol.Current.Version)
        {
            try
            {
                var plan = await new RetentionRun(database, store, audit, time).PlanAsync(terms, cancellationToken);
                known = fresh = new(now, protocol.Current.Version, [.. terms.All.Select(term => (term.Key, plan.CountOf(term.Key))).Where(due => due.Item2 > 0)]);
            }
            catch (ContentStoreException)
            {
                // That the store is away stands among the problems.
                return [];
            }
        }

        return fresh.Due;
    }

    private sealed record Known(DateTimeOffset At, string Version, IReadOnlyList<(string Key, int Count)> Due);
}
