using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Output;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>How the gate stands: what waits, what was decided, what a person has to do.</summary>
internal sealed class DashboardModel(
    GateDb db, GateDatabase database, VerdictsByWeek verdicts, RetentionDue retention, RecordingRegister recordings, ConsentRegister register, ProtocolInUse protocol, WatchService watch, TimeProvider time) : GatePage
{
    // Recordings are told of two weeks before they must be gone.
    private const int DaysAhead = 14;

    private static readonly TimeSpan Long = TimeSpan.FromDays(7);

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
    public List<(string Sentence, string? Link, bool IsUrgent)> Duties { get; } = [];

    public async Task OnGetAsync()
    {
        var now = time.GetUtcNow();
        Problems = await HealthApi.ProblemsAsync(watch, database, HttpContext.RequestServices, Gone);
        await ReadQueueAsync(now);
        await ReadVerdictsAsync();
        await AddRecordingsAsync();
        await AddHeldAsync(now);
        await AddConsentsAsync(now);
        foreach (var (key, count) in await retention.FindAsync(Gone))
        {
            Duties.Add((key == "left-pupils" ? T("dashboard.duty.pupils", ("count", count)) : T("dashboard.duty.retention", ("what", T("retention.class." + key)), ("count", count)), null, false));
        }
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

    private async Task AddRecordingsAsync()
    {
        var today = time.Today();
        foreach (var recording in (await recordings.ListAsync(Gone)).Where(recording => recording.DaysLeft(today) <= DaysAhead))
        {
            var isOverdue = recording.DaysLeft(today) < 0;
            Duties.Add((T(isOverdue ? "dashboard.duty.recording.overdue" : "dashboard.duty.recording", ("id", recording.Id), ("date", AnswerWords.Of(recording.DestroyBy)),
                ("purpose", Texts.ChannelName(RecordingRegister.ChannelOf(recording.Purpose)).In(Visit.Language))), null, isOverdue));
        }
    }

    private async Task AddHeldAsync(DateTimeOffset now)
    {
        var before = now - Long;
        if (await db.Submissions.CountAsync(submission => submission.Outcome == Outcome.Held && submission.SubmittedAt < before, Gone) is > 0 and var count)
        {
            Duties.Add((T("dashboard.duty.held", ("count", count)), Visit.MayOpen("/review") ? "/review" : null, true));
        }
    }

    // Who says yes today, and will not any more when the days of the reminder are over.
    private async Task AddConsentsAsync(DateTimeOffset now)
    {
        var (current, terms) = (protocol.Current, protocol.Current.ConsentTerms());
        foreach (var soon in Channels.All.Where(channel => current.TermsOf(channel) is { IsOpen: true, Reminder: not null }).GroupBy(channel => current.TermsOf(channel).Reminder!.Value))
        {
            string[] channels = [.. soon];
            var today = await register.MatrixAsync(null, channels, terms, now, Gone);
            var then = (await register.MatrixAsync(null, channels, terms, now.AddDays(soon.Key), Gone)).ToDictionary(row => row.Pupil.Key, row => row.Channels);
            for (var at = 0; at < channels.Length; at++)
            {
                var count = today.Count(row => row.Channels[at].InGroupPhoto == ConsentState.Yes && then.TryGetValue(row.Pupil.Key, out var later) && later[at].InGroupPhotoCause == SilenceCause.RanOut);
                if (count > 0)
                {
                    Duties.Add((T("dashboard.duty.consent", ("days", soon.Key), ("channel", Texts.ChannelName(channels[at]).In(Visit.Language)), ("count", count)), "/register", false));
                }
            }
        }
    }
}
