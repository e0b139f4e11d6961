using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Duties.Incidents;

namespace PublicationGate.App.Pages;

/// <summary>All incidents, without what they are about: for that the head opens one, and that is recorded.</summary>
internal sealed class AllIncidentsModel(GateDb db, IncidentRegister incidents) : GatePage
{
    public IReadOnlyList<IncidentFile> Open { get; private set; } = [];

    public IReadOnlyList<IncidentFile> Closed { get; private set; } = [];

    /// <summary>Names of accounts, by id.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync()
    {
        var all = await incidents.ListAsync(Gone);
        (Open, Closed) = ([.. all.Where(file => !file.IsClosed)], [.. all.Where(file => file.IsClosed)]);
        Names = await NamesAsync(db, all.Select(file => file.Incident.ReportedBy), Gone);
    }

    /// <summary>How an incident stands.</summary>
    public string State(IncidentFile file) =>
        file.Destroyed is not null ? T("incidents.destroyed") : file.Severity is { } severity ? T("incident.severity." + severity) : T("incidents.new");

    /// <summary>Names of accounts, by id; those that are gone have none.</summary>
    internal static async Task<Dictionary<string, string>> NamesAsync(GateDb db, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        return await db.Accounts.AsNoTracking().Where(account => wanted.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.UserName!, cancellationToken);
    }
}
