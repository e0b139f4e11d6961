using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Removal;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal;

/// <summary>From a no to what is hidden, screened anew, released again or left to be taken down, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class WithdrawnConsentTests(DatabaseKind kind)
{
    private static readonly FaceBox[] Two = [new(0, 0, 50, 50, 0.9f), new(60, 0, 50, 50, 0.9f)];

    private RemovalGate gate = null!;

    [SetUp]
    public async Task Open() => gate = await RemovalGate.OpenAsync(kind, Two);

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task A_no_hides_at_once_and_what_does_not_pass_any_more_is_left_to_be_taken_down()
    {
        var released = await ReleaseAsync(1);
        await gate.AnswerAsync("p2");
        Assert.That(await gate.StandingAsync(), Is.Empty, "before anybody looked");

        await gate.FollowAsync();
        Assert.That((await gate.ReadAsync(released.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
        var task = (await gate.TasksAsync()).Single();
        Assert.That((task.SubmissionId, task.FileName, task.Channel, task.Why), Is.EqualTo((released.Id, "dag.png", "website", TakeDownWhy.Consent)));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.ReleasedPupils.AnyAsync(), Is.False);
        var told = await db.AuditEntries.SingleAsync(entry => entry.Kind == AuditKinds.ReleaseWithdrawn);
        Assert.That(told.Details, Does.Contain("\"why\":\"consent\"").And.Contain(released.Id));

        Assert.That(await gate.Gate.SendAsync(new EndTakeDown(task.Id, "account-2")), Is.Not.Null);
        Assert.That(await gate.TasksAsync(), Is.Empty);
        Assert.That(await gate.Gate.SendAsync(new EndTakeDown(task.Id, "account-2")), Is.Null);
    }

    [TestCase("app", MediaKind.Photo)]
    [TestCase("*", MediaKind.Film)]
    public async Task A_no_to_something_else_touches_nothing(string channel, MediaKind media)
    {
        await ReleaseAsync(1);
        await gate.AnswerAsync("p2", channel: channel, media: media);
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(1));
        Assert.That(await gate.TasksAsync(alsoEnded: true), Is.Empty);
    }

    [Test]
    public async Task What_passes_again_is_released_again_and_leaves_no_task()
    {
        var released = await ReleaseAsync(1);
        var before = (await gate.StandingAsync()).Single();
        // A no that a later yes of the same guardian had ended already.
        await gate.AnswerAsync("p2", date: new(2024, 1, 1));
        Assert.That(await gate.StandingAsync(), Is.Empty);

        await gate.FollowAsync();
        var after = (await gate.StandingAsync()).Single();
        Assert.That((after.SubmissionId, after.Id == before.Id), Is.EqualTo((released.Id, false)));
        Assert.That(await gate.TasksAsync(), Is.Empty);
        Assert.That((await gate.TasksAsync(alsoEnded: true)).Single().EndedBy, Is.EqualTo(TakeDown.ReleasedAgain));
    }

    [Test]
    public async Task Of_five_pictures_the_three_that_show_the_pupil_go()
    {
        await gate.Register.ImportAsync(new RegisterContent([Child("p1"), Child("p2"), Child("p3")], [Yes("p3")], []), default);
        for (var number = 1; number <= 5; number++)
        {
            await gate.SubmitAsync(Pictures.LivelyPng(number), TestGate.TwoPupils with { People = ["p1", number <= 3 ? "p2" : "p3"] });
        }

        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(5));
        await gate.AnswerAsync("p2");
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(2));
        await gate.FollowAsync();
        Assert.That((await gate.StandingAsync()).Count, Is.EqualTo(2));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task An_import_with_a_no_hides_too()
    {
        await ReleaseAsync(1);
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            var answers = new List<Answer> { new() { PupilKey = "p1", Channel = "website", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = new(2026, 3, 1), GivenBy = "ouder" } };
            await gate.Register.ImportAsync(new RegisterContent(await db.Pupils.AsNoTracking().ToListAsync(), answers, []), default);
        }

        Assert.That(await gate.StandingAsync(), Is.Empty);
    }

    [Test]
    public async Task Who_was_in_the_group_then_is_asked_though_the_group_has_others_now()
    {
        var released = await gate.SubmitAsync(Pictures.LivelyPng(1), new Declaration { Group = "groep 5", Origin = "school-camera", Situation = "group" });
        Assert.That(released.Outcome, Is.EqualTo(Outcome.Approved));
        // The next year: p2 left, and another child with every permission is in the group.
        await gate.Register.ImportAsync(new RegisterContent([Child("p1"), Child("p3")], [Yes("p3")], []), default);
        await gate.AnswerAsync("p2");
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Is.Empty);
        Assert.That((await gate.ReadAsync(released.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
    }

    [Test]
    public async Task A_release_whose_evidence_is_gone_is_held()
    {
        var released = await ReleaseAsync(1);
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            await db.Verdicts.Where(verdict => verdict.Id == released.VerdictId).ExecuteUpdateAsync(set => set.SetProperty(verdict => verdict.Evidence, "{}"));
        }

        await gate.AnswerAsync("p2", date: new(2024, 1, 1));
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Is.Empty);
        Assert.That((await gate.ReadAsync(released.Id)).Outcome, Is.EqualTo(Outcome.Held));
    }

    [Test]
    public async Task A_no_that_counts_from_a_later_day_hides_on_that_day()
    {
        await ReleaseAsync(1);
        await gate.AnswerAsync("p2", date: new(2026, 4, 10));
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(1));
        Assert.That(await gate.LookAtTodayAsync(), Is.Zero);

        gate.Gate.Time.Now = new DateTimeOffset(2026, 4, 10, 6, 0, 0, TimeSpan.Zero);
        Assert.That(await gate.LookAtTodayAsync(), Is.EqualTo(1));
        Assert.That(await gate.StandingAsync(), Is.Empty);
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Is.Empty);
        Assert.That(await gate.LookAtTodayAsync(), Is.Zero, "once");
    }

    [Test]
    public async Task A_pupil_who_turns_sixteen_is_no_longer_shown_on_a_parents_yes()
    {
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            await db.Pupils.Where(pupil => pupil.Key == "p1").ExecuteUpdateAsync(set => set.SetProperty(pupil => pupil.BirthDate, new DateOnly(2010, 6, 1)));
        }

        await ReleaseAsync(1);
        Assert.That(await gate.LookAtTodayAsync(), Is.Zero);
        gate.Gate.Time.Now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.That(await gate.LookAtTodayAsync(), Is.EqualTo(1));
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Is.Empty);
    }

    [TestCase("p2", false)]
    [TestCase("p9", true)]
    public async Task An_approval_that_a_no_overtakes_is_not_kept(string pupil, bool isKept)
    {
        await gate.Register.ImportAsync(new RegisterContent([Child("p1"), Child("p2"), Child("p9")], [], []), default);
        using var stream = new MemoryStream(Pictures.LivelyPng(2));
        var submission = await gate.Gate.SendAsync(new SubmitPhoto(await gate.Store.AddAsync(stream, default), "b.png", TestGate.TwoPupils, SubmissionSource.Page, "account-1"));
        var claim = (await gate.Queue.ClaimAsync("test", gate.Store.Id, Some.Protocol.Version, 1, default)).Single();
        Assert.That((await DecideAsync(claim, () => gate.AnswerAsync(pupil)))?.Outcome, Is.EqualTo(isKept ? Outcome.Approved : (Outcome?)null), "the facts that it is decided on still say yes");
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(isKept ? 1 : 0));

        await gate.DecideAsync();
        Assert.That((await gate.ReadAsync(submission.Id)).Outcome, Is.EqualTo(isKept ? Outcome.Approved : Outcome.Rejected), "decided on what holds now");
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(isKept ? 1 : 0));
    }

    // As a worker does; something happens after the answers were looked up.
    private async Task<Verdict?> DecideAsync(QueueItem claim, Func<Task> meanwhile)
    {
        await using var scope = gate.Gate.Services.CreateAsyncScope();
        var recordings = new RecordingLookup(
            async (_, _, _, _) =>
            {
                await meanwhile();
                return new RecordingFacts();
            },
            gate.Gate.Time, NullLogger<RecordingLookup>.Instance);
        var inspection = ActivatorUtilities.CreateInstance<PhotoInspection>(scope.ServiceProvider, recordings);
        return await ActivatorUtilities.CreateInstance<ScreenQueuedItemHandler>(scope.ServiceProvider, inspection).Handle(new ScreenQueuedItem(claim), default);
    }

    private async Task<Submission> ReleaseAsync(int picture)
    {
        var submission = await gate.SubmitAsync(Pictures.LivelyPng(picture), TestGate.TwoPupils);
        Assert.That(submission.Outcome, Is.EqualTo(Outcome.Approved));
        return submission;
    }

    [Test]
    public async Task Whatever_is_answered_nothing_stands_that_shows_a_pupil_on_a_no([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        string[] pupils = ["p1", "p2", "p3", "p4"], channels = ["website", "app", "newsletter"];
        await gate.Register.ImportAsync(new RegisterContent([.. pupils.Select(Child)], [Yes("p3"), Yes("p4")], []), default);
        for (var step = 0; step < 25; step++)
        {
            if (random.Next(2) == 0)
            {
                var declared = TestGate.TwoPupils with { Channel = channels[random.Next(3)], People = [.. pupils.OrderBy(_ => random.Next()).Take(2)] };
                await gate.SubmitAsync(Pictures.LivelyPng(random.Next(5)), declared, $"{step}.png");
            }
            else
            {
                await gate.AnswerAsync(
                    pupils[random.Next(4)], isYes: random.Next(3) == 0, channel: random.Next(4) == 0 ? "*" : channels[random.Next(3)], date: new DateOnly(2026, 1, 1).AddDays(random.Next(80)));
                Assert.That(await ShownOnANoAsync(), Is.Empty, "before anybody looked");
            }

            if (random.Next(3) == 0)
            {
                await gate.FollowAsync();
                Assert.That(await ShownOnANoAsync(), Is.Empty);
            }
        }
    }

    // Standing releases with a pupil of whom the answers in force are a no on that channel, by the register itself.
    private async Task<List<string>> ShownOnANoAsync()
    {
        var shown = new List<string>();
        await using var db = gate.Gate.Database.CreateDbContext();
        foreach (var release in await gate.StandingAsync())
        {
            var declared = (await new VerdictStore(db, gate.Gate.Time).FindAsync(release.VerdictId, default))!.Verdict.Facts.Consent.Pupils.Select(pupil => pupil.Key).ToList();
            var today = await gate.Register.ConsentOfAsync(declared, release.Channel, Some.Protocol.ConsentTerms(), gate.Gate.Time.Now, default);
            shown.AddRange(today.Where(pupil => pupil.InGroupPhoto == ConsentState.No).Select(pupil => $"{pupil.Key} on {release.Channel}"));
        }

        return shown;
    }

    private static Answer Yes(string key) => new() { PupilKey = key, Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = true, Date = new(2025, 9, 1), GivenBy = "ouder" };

    private static Pupil Child(string key) => new() { Key = key, FirstName = "Noor" + key, Prefix = "", Surname = "Proef", Group = "groep 5" };
}
