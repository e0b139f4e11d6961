using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Duties;
using PublicationGate.App.Service;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>How the gate stands: what waits, what was decided, what a person has to do.</summary>
internal sealed class DashboardModel(
    GateDb db, GateDatabase database, VerdictsByWeek verdicts, IEnumerable<IDuties> duties, WatchService watch, TimeProvider time) : GatePage
{
    public static IReadOnlyList<Outcome> Outcomes { get; } = [Outcome.Approved, Outcome.Held, Outcome.Rejected];

    public IReadOnlyList<Text> Problems { get; private set; } = [];

    public IReadOnlyList<InboxTrouble> Troubles => watch.State?.Troubles ?? [];

    public int Waiting { get; private set; }

    public TimeSpan? OldestWaiting { get; private set; }

    public int Held { get; private set; }

    /// <summary>Of <see cref="Held"/>, those whose submitter was asked something.</summary>
    public int Asked { get; private set; }

    public TimeSpan? OldestHeld { get; private set; }

    public IReadOnlyList<DateOnly> Mondays { get; } = verdicts.Mondays();

    /// <summary>Verdicts by week and outcome.</summary>
    public ILookup<(DateOnly Monday, Outcome Outcome), DecidedPhoto> Decided { get; private set; } = Array.Empty<DecidedPhoto>().ToLookup(photo => (photo.Monday, photo.Outcome));

    /// <summary>Rules that found something, most often first, with how often in each week.</summary>
    public IReadOnlyList<(string Rule, IReadOnlyList<int> Weeks)> Reasons { get; private set; } = [];

    /// <summary>What a person has to do, most urgent first.</summary>
    public IReadOnlyList<Duty> Duties { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var now = time.GetUtcNow();
        Problems = await HealthApi.ProblemsAsync(watch, database, HttpContext.RequestServices, Gone);
        await ReadQueueAsync(now);
        await ReadVerdictsAsync();
        var found = new List<Duty>();
        foreach (var kind in duties)
        {
            found.AddRange(await kind.FindAsync(Gone));
        }

        Duties = [.. found.Where(duty => (duty.For & Me.Roles) != 0).OrderBy(duty => !duty.IsUrgent)];
    }

    /// <summary>How many were decided in a week.</summary>
    public int TotalOf(DateOnly monday) => Outcomes.Sum(outcome => Decided[(monday, outcome)].Count());

    /// <summary>How many were decided so.</summary>
    public int TotalOf(Outcome outcome) => Mondays.Sum(monday => Decided[(monday, outcome)].Count());

    /// <summary>A length of time, to the largest unit that says something.</summary>
    public string Age(TimeSpan age) =>
        age.TotalDays >= 2 ? T("dashboard.age.days", ("count", (int)age.TotalDays))
        : age.TotalHours >= 2 ? T("dashboard.age.hours", ("count", (int)age.TotalHours))
        : T("dashboard.age.minutes", ("count", Math.Max(0, (int)age.TotalMinutes)));

    private async Task ReadQueueAsync(DateTimeOffset now)
    {
        var waiting = db.Submissions.AsNoTracking().Where(submission => submission.Outcome == null);
        var held = db.Submissions.AsNoTracking().Where(submission => submission.Outcome == Outcome.Held);
        (Waiting, Held) = (await waiting.CountAsync(Gone), await held.CountAsync(Gone));
        Asked = await held.CountAsync(submission => submission.Turn == SubmissionTurn.Submitter, Gone);
        (OldestWaiting, OldestHeld) = (await AgeOfOldestAsync(waiting), await AgeOfOldestAsync(held));

        async Task<TimeSpan?> AgeOfOldestAsync(IQueryable<Submission> those) =>
            now - await those.OrderBy(submission => submission.Id).Select(submission => (DateTimeOffset?)submission.SubmittedAt).FirstOrDefaultAsync(Gone);
    }

    private async Task ReadVerdictsAsync()
    {
        var decided = await verdicts.ReadAsync(Gone);
        Decided = decided.ToLookup(photo => (photo.Monday, photo.Outcome));
        Reasons =
        [
            .. decided.SelectMany(photo => photo.Rules.Select(rule => (rule, photo.Monday))).GroupBy(pair => pair.rule, pair => pair.Monday)
                .Where(rule => Texts.Entries.ContainsKey("rule.asks." + rule.Key))
                .OrderByDescending(rule => rule.Count()).ThenBy(rule => rule.Key, StringComparer.Ordinal)
                .Select(rule => (rule.Key, (IReadOnlyList<int>)[.. Mondays.Select(monday => rule.Count(week => week == monday))])),
        ];
    }
}
