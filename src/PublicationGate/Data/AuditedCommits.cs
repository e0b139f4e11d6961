using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PublicationGate.Audit;

namespace PublicationGate.Data;

/// <summary>Tells of audit entries once they are committed, whoever appended them.</summary>
internal sealed class AuditedCommits(GateDatabase database) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Context);
        return Task.CompletedTask;
    }

    private void Tell(DbContext? context)
    {
        if (database.AuditCommitted is { } hears && context?.ChangeTracker.Entries<AuditEntry>()
            .Where(entry => entry.State == EntityState.Unchanged).Select(entry => entry.Entity).MaxBy(entry => entry.Id) is { } last)
        {
            hears(last);
        }
    }
}
