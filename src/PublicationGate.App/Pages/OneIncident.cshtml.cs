using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Duties.Incidents;

namespace PublicationGate.App.Pages;

/// <summary>The file of one incident, for the head alone. Each look at it is on record.</summary>
internal sealed class OneIncidentModel(GateDb db, IncidentRegister incidents) : GatePage
{
    /// <summary>What the head may add while an incident is open.</summary>
    public static IReadOnlyList<IncidentEntryKind> Addable { get; } =
        [IncidentEntryKind.Talk, IncidentEntryKind.Measure, IncidentEntryKind.Papers, IncidentEntryKind.Police, IncidentEntryKind.Costs, IncidentEntryKind.Where, IncidentEntryKind.Note];

    public IncidentFile Shown { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>The release of the photo that the report names; null for none.</summary>
    public string? ReleaseId { get; private set; }

    /// <summary>What was typed into the form of a kind, when it came back.</summary>
    public IncidentAddition? Typed { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id) => await ShowAsync(id) ? Page() : NotFound();

    public Task<IActionResult> OnPostAddAsync(long id, IncidentEntryKind kind, string? words, string? on) =>
        Addable.Contains(kind) ? AddAsync(id, () => new(kind, words ?? "", ReportModel.DayOf(on))) : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostSeverityAsync(long id, IncidentSeverity? severity, string? words) => AddAsync(id, () => new(IncidentEntryKind.Severity, words ?? "", Severity: severity));

    public Task<IActionResult> OnPostCorrectAsync(long id, long corrects, IncidentEntryKind kind, string? words, string? on, IncidentSeverity? severity) =>
        AddAsync(id, () => new(kind, words ?? "", ReportModel.DayOf(on), severity, corrects));

    public Task<IActionResult> OnPostCloseAsync(long id, string? words) => AddAsync(id, () => new(IncidentEntryKind.Closed, words ?? ""));

    public Task<IActionResult> OnPostReopenAsync(long id, string? words) => AddAsync(id, () => new(IncidentEntryKind.Reopened, words ?? ""));

    public async Task<IActionResult> OnPostDestroyAsync(long id, bool sure)
    {
        if (!sure)
        {
            Mistake("sure", "recordings.not-sure");
            return await ShowAsync(id) ? Page() : NotFound();
        }

        return await TryAsync(id, () => incidents.DestroyAsync(id, Me.Id, CancellationToken.None), "incidents.was-destroyed");
    }

    private Task<IActionResult> AddAsync(long id, Func<IncidentAddition> addition) =>
        TryAsync(id, () => incidents.AddAsync(id, Typed = addition(), Me.Id, CancellationToken.None), "incidents.added");

    private async Task<IActionResult> TryAsync(long id, Func<Task<bool>> act, string done)
    {
        try
        {
            if (!await act())
            {
                return NotFound();
            }

            Tell(done);
            return GoTo($"/incidents/{id}");
        }
        catch (IncidentRefusedException refused)
        {
            ModelState.AddModelError(refused.Field, refused.Reason.In(Visit.Language));
            return await ShowAsync(id) ? Page() : NotFound();
        }
    }

    private async Task<bool> ShowAsync(long id)
    {
        if (await incidents.OpenAsync(id, Me.Id, CancellationToken.None) is not { } file)
        {
            return false;
        }

        Shown = file;
        Names = await AllIncidentsModel.NamesAsync(db, [file.Incident.ReportedBy, .. file.Entries.Select(entry => entry.By)], Gone);
        ReleaseId = file.Incident.SubmissionId is not { } submission ? null
            : await db.Releases.Where(release => release.SubmissionId == submission).OrderByDescending(release => release.ReleasedAt).Select(release => release.Id).FirstOrDefaultAsync(Gone);
        return true;
    }
}
