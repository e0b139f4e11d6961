using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.App.Duties;

/// <summary>Pictures that were hidden days ago, and of which nobody knows yet that they are gone where they were posted.</summary>
internal sealed class TakeDownDuties(GateDb db, PostedAddressOptions options, TimeProvider time) : IDuties
{
    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-options.UrgentDays);
        return await db.TakeDowns.CountAsync(row => row.EndedAt == null && row.HiddenAt < before, cancellationToken) is > 0 and var count
            ? [new Duty(Texts.Get("dashboard.duty.take-down", ("days", options.UrgentDays), ("count", count)), "/removals", true)] : [];
    }
}
