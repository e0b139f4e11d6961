using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Duties.Incidents;

namespace PublicationGate.App.Duties;

/// <summary>Incidents that were reported and that the head has not judged, or not closed. Nobody else is told.</summary>
internal sealed class IncidentDuties(GateDb db, IncidentRegister incidents) : IDuties
{
    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        if (!await db.Incidents.AnyAsync(cancellationToken))
        {
            return [];
        }

        var open = (await incidents.ListAsync(cancellationToken)).Where(file => !file.IsClosed).ToList();
        return [.. Of("dashboard.duty.incident.new", open.Count(file => file.Severity is null), true), .. Of("dashboard.duty.incident.open", open.Count(file => file.Severity is not null), false)];
    }

    private static Duty[] Of(string key, int count, bool isUrgent) => count == 0 ? [] : [new Duty(Texts.Get(key, ("count", count)), "/incidents", isUrgent) { For = Roles.Head }];
}
