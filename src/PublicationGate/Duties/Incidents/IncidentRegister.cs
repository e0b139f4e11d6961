using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Mailing;

namespace PublicationGate.Duties.Incidents;

/// <summary>
/// The register of incidents. Anybody with an account reports; what was said is for the head alone, which the callers see to by the access table. The trail knows that an incident was
/// reported, looked at and continued, and nothing of what it is about: others read the trail.
/// </summary>
public sealed partial class IncidentRegister(GateDb db, AuditTrail audit, TimeProvider time)
{
    /// <summary>Longest text of an entry in UTF-16 units: some pages.</summary>
    public const int LongestWords = 10_000;

    /// <summary>Reports of one account in 24 hours: more is no report any more, and each sends letters.</summary>
    public const int MostReportsADay = 20;

    /// <summary>Reports an incident, and writes to the heads that there is one.</summary>
    /// <returns>Its number, which is not for who reports.</returns>
    /// <exception cref="IncidentRefusedException">Nothing was said, too much, or a day to come; or the account has reported enough for a day.</exception>
    public async Task<long> ReportAsync(IncidentReport report, string by, CancellationToken cancellationToken)
    {
        var (what, where, now) = (WordsOf("what", report.What), string.IsNullOrWhiteSpace(report.Where) ? null : WordsOf("where", report.Where), time.GetUtcNow());
        CheckDay(report.On);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var since = now.AddDays(-1);
        if (await db.Incidents.CountAsync(incident => incident.ReportedBy == by && incident.ReportedAt > since, cancellationToken) >= MostReportsADay)
        {
            throw new IncidentRefusedException("", Texts.Get("incident.enough", ("most", MostReportsADay)));
        }

        var incident = new Incident { ReportedAt = now, ReportedBy = by, SubmissionId = await SubmissionInAsync(where, cancellationToken) };
        db.Incidents.Add(incident);
        // Its number is given by the database.
        await db.SaveChangesAsync(cancellationToken);
        db.IncidentEntries.Add(new IncidentEntry { IncidentId = incident.Id, Kind = IncidentEntryKind.Report, At = now, By = by, Words = what, OccurredOn = report.On });
        if (where is not null)
        {
            db.IncidentEntries.Add(new IncidentEntry { IncidentId = incident.Id, Kind = IncidentEntryKind.Where, At = now, By = by, Words = where });
        }

        var letter = new LetterDraft(SubjectOf(incident.Id), "", "nl", "incident") { Values = new Dictionary<string, string> { ["id"] = incident.Id.ToString(CultureInfo.InvariantCulture) } };
        await Letters.WriteToRolesAsync(db, Roles.Head, letter, now, cancellationToken);
        // Not who: the trail is read by others than the head.
        await audit.AppendAsync(db, AuditKinds.IncidentReported, SubjectOf(incident.Id), null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return incident.Id;
    }

    /// <summary>All incidents, newest first.</summary>
    public async Task<IReadOnlyList<IncidentFile>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = (await db.IncidentEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync(cancellationToken)).ToLookup(entry => entry.IncidentId);
        var destroyed = await db.DestroyedIncidents.AsNoTracking().ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. (await db.Incidents.AsNoTracking().OrderByDescending(incident => incident.Id).ToListAsync(cancellationToken))
            .Select(incident => new IncidentFile(incident, [.. entries[incident.Id]], destroyed.GetValueOrDefault(incident.Id)))];
    }

    /// <summary>The file of an incident; that somebody looked at it is on record before they see it. Null when there is none.</summary>
    public async Task<IncidentFile?> OpenAsync(long id, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await FindAsync(id, cancellationToken) is not { } file)
        {
            return null;
        }

        await RecordAsync(AuditKinds.IncidentOpened, id, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return file;
    }

    /// <summary>Adds to the file of an incident.</summary>
    /// <returns>False when there is no such incident.</returns>
    /// <exception cref="IncidentRefusedException">It cannot be said now, or so.</exception>
    public async Task<bool> AddAsync(long id, IncidentAddition addition, string by, CancellationToken cancellationToken)
    {
        var words = WordsOf("words", addition.Words);
        CheckDay(addition.On);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await FindAsync(id, cancellationToken) is not { } file)
        {
            return false;
        }

        Check(file, addition);
        db.IncidentEntries.Add(new IncidentEntry
        {
            IncidentId = id, Kind = addition.Kind, At = time.GetUtcNow(), By = by, Words = words, OccurredOn = addition.On, Severity = addition.Severity, Corrects = addition.Corrects,
        });
        await RecordAsync(AuditKinds.IncidentContinued, id, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Destroys the file of a closed incident: what was said goes, the number stays, and who destroyed it.</summary>
    /// <returns>False when there is no such incident.</returns>
    /// <exception cref="IncidentRefusedException">It is not closed, or was destroyed before.</exception>
    public async Task<bool> DestroyAsync(long id, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.OverwriteDeletedAsync(cancellationToken);
        if (await FindAsync(id, cancellationToken) is not { } file)
        {
            return false;
        }

        if (file.Destroyed is not null || !file.IsClosed)
        {
            throw new IncidentRefusedException("", Texts.Get(file.Destroyed is null ? "incident.open" : "incident.destroyed"));
        }

        // The database lets what was said go once this row is there.
        db.DestroyedIncidents.Add(new DestroyedIncident { Id = id, At = time.GetUtcNow(), By = by });
        await RecordAsync(AuditKinds.IncidentDestroyed, id, by, cancellationToken);
        await db.IncidentEntries.Where(entry => entry.IncidentId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>What the audit trail calls an incident.</summary>
    public static string SubjectOf(long id) => string.Create(CultureInfo.InvariantCulture, $"incident-{id}");

    private static void Check(IncidentFile file, IncidentAddition addition)
    {
        var isCorrection = addition.Corrects is not null;
        // A correction takes the place of the newest version; what two people correct at once, the second one sees first.
        var refusal = file.Destroyed is not null ? "incident.destroyed"
            : isCorrection && !file.Lines.Any(line => line.Now.Id == addition.Corrects && line.Now.Kind == addition.Kind) ? "incident.corrected-meanwhile"
            : isCorrection ? null
            : addition.Kind == IncidentEntryKind.Report ? "incident.one-report"
            : file.IsClosed != (addition.Kind == IncidentEntryKind.Reopened) ? file.IsClosed ? "incident.closed" : "incident.open"
            : addition.Kind == IncidentEntryKind.Closed && file.Severity is null ? "incident.no-severity"
            : null;
        if (refusal is not null)
        {
            throw new IncidentRefusedException("", Texts.Get(refusal));
        }

        if ((addition.Kind == IncidentEntryKind.Severity) != addition.Severity.HasValue)
        {
            throw new IncidentRefusedException("severity", Texts.Get("incident.no-severity"));
        }
    }

    private static string WordsOf(string field, string? words) => (words ?? "").Trim() switch
    {
        "" => throw new IncidentRefusedException(field, Texts.Get("incident.no-words")),
        { Length: > LongestWords } => throw new IncidentRefusedException(field, Texts.Get("incident.long-words", ("most", LongestWords))),
        var given => given,
    };

    private void CheckDay(DateOnly? day)
    {
        // Somebody east of Greenwich may be a day ahead of the gate.
        if (day > time.Today().AddDays(1))
        {
            throw new IncidentRefusedException("on", Texts.Get("incident.day-to-come"));
        }
    }

    private async Task<IncidentFile?> FindAsync(long id, CancellationToken cancellationToken) =>
        await db.Incidents.AsNoTracking().SingleOrDefaultAsync(incident => incident.Id == id, cancellationToken) is not { } incident ? null : new IncidentFile(
            incident, await db.IncidentEntries.AsNoTracking().Where(entry => entry.IncidentId == id).OrderBy(entry => entry.Id).ToListAsync(cancellationToken),
            await db.DestroyedIncidents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken));

    // Addresses of the gate's own pages hold the id of a submission, or of a release of one.
    private async Task<string?> SubmissionInAsync(string? where, CancellationToken cancellationToken)
    {
        foreach (var id in Id().Matches(where ?? "").Select(match => match.Value).Take(3))
        {
            if (await db.Submissions.AnyAsync(submission => submission.Id == id, cancellationToken))
            {
                return id;
            }

            if (await db.Releases.Where(release => release.Id == id).Select(release => release.SubmissionId).SingleOrDefaultAsync(cancellationToken) is { } submission)
            {
                return submission;
            }
        }

        return null;
    }

    private async Task RecordAsync(string kind, long id, string by, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(db, kind, SubjectOf(id), new Dictionary<string, string> { ["by"] = by }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")]
    private static partial Regex Id();
}
