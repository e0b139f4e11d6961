using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.App.Duties;

/// <summary>Pictures that were hidden, and of which nobody knows yet that they are gone where they were posted: urgent after some days.</summary>
internal sealed class TakeDownDuties(GateDb db, PostedAddressOptions options, TimeProvider time) : IDuties
{
    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var (before, open) = (time.GetUtcNow().AddDays(-options.UrgentDays), db.TakeDowns.Where(row => row.EndedAt == null));
        var late = await open.CountAsync(row => row.HiddenAt < before, cancellationToken);
        var others = await open.CountAsync(cancellationToken) - late;
        return
        [
            .. late > 0 ? [new Duty(Texts.Get("dashboard.duty.take-down", ("days", options.UrgentDays), ("count", late)), "/removals", true)] : Array.Empty<Duty>(),
            .. others > 0 ? [new Duty(Texts.Get("dashboard.duty.take-down.new", ("count", others)), "/removals")] : Array.Empty<Duty>(),
        ];
    }
}
