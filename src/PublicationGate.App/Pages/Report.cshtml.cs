using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Duties.Incidents;

namespace PublicationGate.App.Pages;

/// <summary>Where anybody tells the head of something. What was sent is not shown again, not even to who sent it.</summary>
internal sealed class ReportModel(GateDb db, IncidentRegister incidents) : GatePage
{
    public string? What { get; private set; }

    public string? Where { get; private set; }

    public string? On { get; private set; }

    /// <summary>Nobody would read it.</summary>
    public bool HasNoHead { get; private set; }

    public async Task OnGetAsync(string? where)
    {
        Where = where;
        await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync(string? what, string? where, string? on)
    {
        (What, Where, On) = (what, where, on);
        try
        {
            await incidents.ReportAsync(new IncidentReport(what ?? "", where, DayOf(on)), Me.Id, CancellationToken.None);
            Tell("report.received");
            return GoTo("/report");
        }
        catch (IncidentRefusedException refused)
        {
            ModelState.AddModelError(refused.Field, refused.Reason.In(Visit.Language));
            await ShowAsync();
            return Page();
        }
    }

    /// <summary>A day as forms send it; null for none.</summary>
    /// <exception cref="IncidentRefusedException">It is something else.</exception>
    internal static DateOnly? DayOf(string? written) => string.IsNullOrEmpty(written) ? null
        : DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new IncidentRefusedException("on", Texts.Get("recordings.no-day"));

    // Roles are kept as words, which a database cannot take apart.
    private async Task ShowAsync() => HasNoHead = !(await db.Accounts.AsNoTracking().Where(account => !account.IsLocked).Select(account => account.Roles).ToListAsync(Gone)).Exists(roles => roles.HasFlag(Roles.Head));
}
