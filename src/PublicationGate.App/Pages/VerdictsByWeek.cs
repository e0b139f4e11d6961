using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.App.Pages;

/// <summary>What was decided in the last weeks, and why. Verdicts do not change, so each is read once while the service runs.</summary>
internal sealed class VerdictsByWeek(GateDatabase database, TimeProvider time)
{
    /// <summary>How many weeks are told of, with this one.</summary>
    public const int Weeks = 12;

    private const int DaysOfWeek = 7;

    // A verdict is dated before it is committed; none takes this long in between.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DecidedPhoto> known = [];
    private DateTimeOffset newest = DateTimeOffset.MinValue;

    /// <summary>The Mondays of the weeks, oldest first.</summary>
    public IReadOnlyList<DateOnly> Mondays()
    {
        var monday = MondayOf(time.Today());
        return [.. Enumerable.Range(1 - Weeks, Weeks).Select(week => monday.AddDays(DaysOfWeek * week))];
    }

    /// <summary>Verdicts since the first of <see cref="Mondays"/>.</summary>
    public async Task<IReadOnlyList<DecidedPhoto>> ReadAsync(CancellationToken cancellationToken)
    {
        var since = new DateTimeOffset(Mondays()[0].ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset from;
        lock (gate)
        {
            from = newest - since > Overlap ? newest - Overlap : since;
        }

        await using var db = database.CreateDbContext();
        var rows = await db.Verdicts.AsNoTracking().Where(verdict => verdict.DecidedAt >= from).Select(verdict => new { verdict.Id, verdict.DecidedAt, verdict.Outcome, verdict.Evidence }).ToListAsync(cancellationToken);
        var read = rows.ConvertAll(row => (row.Id, Photo: new DecidedPhoto(row.DecidedAt, MondayOf(row.DecidedAt.Day()), row.Outcome, RulesIn(row.Evidence))));
        lock (gate)
        {
            foreach (var (id, photo) in read)
            {
                known[id] = photo;
                newest = photo.DecidedAt > newest ? photo.DecidedAt : newest;
            }

            foreach (var old in known.Where(pair => pair.Value.DecidedAt < since).Select(pair => pair.Key).ToList())
            {
                known.Remove(old);
            }

            return [.. known.Values];
        }
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));

    // Evidence that was erased has no reasons any more.
    private static List<string> RulesIn(string evidence)
    {
        try
        {
            using var json = JsonDocument.Parse(evidence);
            return json.RootElement.TryGetProperty("findings", out var findings) ? [.. findings.EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()!).Distinct()] : [];
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }
}

/// <summary>A verdict, as far as figures go.</summary>
/// <param name="DecidedAt">When.</param>
/// <param name="Monday">Monday of that week.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Rules">Codes of the rules that found something, each once.</param>
internal sealed record DecidedPhoto(DateTimeOffset DecidedAt, DateOnly Monday, Outcome Outcome, IReadOnlyList<string> Rules);
