using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Review;

/// <summary>From a submission over its verdict and a person's steps to what is released, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class ReviewSubmissionTests(DatabaseKind kind)
{
    private const string Teacher = "account-1";
    private const string Reviewer = "account-2";
    private const int MostPasses = 20;

    private static readonly byte[] Content = Pictures.Png(200, 100, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)99, 200 * 100)]);
    private static readonly FaceBox Third = new(120, 0, 50, 50, 0.9f);

    private TestGate gate = null!;
    private ScreeningQueue queue = null!;
    private IContentStore store = null!;

    [SetUp]
    public async Task Open()
    {
        gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f), Third), kind);
        queue = gate.Services.GetRequiredService<ScreeningQueue>();
        store = gate.Services.GetRequiredService<IContentStore>();
    }

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task A_photo_that_is_held_is_approved_with_a_ground_and_released()
    {
        var held = await SubmitAsync();
        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), "three faces, two declared");
        Assert.That(await StandingAsync(), Is.Empty);

        var approved = await StepAsync(held, new ReviewStep.Approve("De derde is een pop"));
        Assert.That((approved.Outcome, approved.VerdictId), Is.EqualTo((Outcome.Approved, approved.VerdictId)));
        Assert.That(approved.VerdictId, Is.Not.EqualTo(held.VerdictId));
        Assert.That(await StandingAsync(), Is.EqualTo(new[] { (held.Id, approved.VerdictId) }));

        await using var db = gate.Database.CreateDbContext();
        var found = (await new VerdictStore(db, gate.Time).FindAsync(approved.VerdictId!, default))!;
        Assert.That(found.IsIntact, Is.True, "an approval is part of the evidence, so that the verdict can be made again");
        Assert.That(found.Verdict.Findings, Is.Not.Empty, "and what held it stays to be read");
        Assert.That((await gate.SendAsync(new ReplayVerdict(approved.VerdictId!)))!.IsSame, Is.True);
        Assert.That(await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync(), Is.EqualTo(new[]
        {
            AuditKinds.PhotoSubmitted, AuditKinds.ItemDecided, AuditKinds.Reviewed, AuditKinds.ItemDecided, AuditKinds.Released,
        }));
    }

    [Test]
    public async Task What_was_approved_is_withdrawn_when_that_is_taken_back()
    {
        var approved = await StepAsync(await SubmitAsync(), new ReviewStep.Approve("Gezien"));
        var undone = await StepAsync(approved, new ReviewStep.Undo());
        Assert.That(undone.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(await StandingAsync(), Is.Empty);
        Assert.That(() => StepAsync(undone, new ReviewStep.Undo()), RefusedFor("nothing-to-undo"));
    }

    [Test]
    public async Task Nothing_is_released_while_it_is_screened_anew()
    {
        var approved = await StepAsync(await SubmitAsync(), new ReviewStep.Approve("Gezien"));
        await gate.SendAsync(new ReviewSubmission(approved.Id, Reviewer, approved.VerdictId, new ReviewStep.Undo()));
        await using var db = gate.Database.CreateDbContext();
        Assert.That(await db.Submissions.Select(submission => submission.Outcome).SingleAsync(), Is.Null);
    }

    [Test]
    public async Task A_refusal_rejects_with_the_ground_and_can_be_taken_back()
    {
        var refused = await StepAsync(await SubmitAsync(), new ReviewStep.Refuse("Niet gelukkig"));
        Assert.That(refused.Outcome, Is.EqualTo(Outcome.Rejected));
        Assert.That(() => StepAsync(refused, new ReviewStep.Approve("Toch wel")), RefusedFor("not-held"));
        Assert.That((await StepAsync(refused, new ReviewStep.Undo())).Outcome, Is.EqualTo(Outcome.Held));
    }

    [TestCase(FaceMarkKind.NoFace)]
    [TestCase(FaceMarkKind.Adult)]
    [TestCase(FaceMarkKind.ConcealFace)]
    [TestCase(FaceMarkKind.ConcealPerson)]
    public async Task A_face_too_many_is_accounted_for_by_a_mark(FaceMarkKind kindOfMark)
    {
        var marked = await StepAsync(await SubmitAsync(), new ReviewStep.Mark([new(Third, kindOfMark)]));
        Assert.That(marked.Outcome, Is.EqualTo(Outcome.Approved));
    }

    [Test]
    public async Task A_face_that_the_detector_missed_holds_what_was_approved()
    {
        var marked = await StepAsync(await SubmitAsync(), new ReviewStep.Mark([new(Third, FaceMarkKind.NoFace)]));
        var again = await StepAsync(marked, new ReviewStep.Mark([new(Third, FaceMarkKind.NoFace), new(new(150, 60, 30, 30, 0), FaceMarkKind.Face)]));
        Assert.That(again.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(await StandingAsync(), Is.Empty);
    }

    [Test]
    public async Task An_approval_does_not_cover_what_is_found_after_it()
    {
        var approved = await StepAsync(await SubmitAsync(), new ReviewStep.Approve("Gezien"));
        await gate.Services.GetRequiredService<ConsentRegister>().AnswerAsync(
            new Answer { PupilKey = "p2", Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = new(2026, 3, 1), GivenBy = "ouder" }, default);
        await SubmitAsync();
        Assert.That((await ReadAsync(approved.Id)).Outcome, Is.EqualTo(Outcome.Approved), "another submission of the same photo leaves this one alone");
        var moved = await StepAsync(approved, new ReviewStep.Declare(TestGate.TwoPupils with { AdultCount = 1 }));
        Assert.That(moved.Outcome, Is.EqualTo(Outcome.Rejected));
        Assert.That(await StandingAsync(), Is.Empty);
    }

    [Test]
    public async Task Who_submitted_it_does_not_approve_it_where_another_could()
    {
        var held = await SubmitAsync();
        var own = new ReviewSubmission(held.Id, Teacher, held.VerdictId, new ReviewStep.Approve("Van mij"));
        Assert.That(() => gate.SendAsync(own with { OthersCouldApprove = true }), RefusedFor("own"));
        Assert.That(await gate.SendAsync(own), Is.Not.Null);
    }

    [Test]
    public async Task Of_two_reviewers_at_once_the_second_looks_again()
    {
        var held = await SubmitAsync();
        await StepAsync(held, new ReviewStep.Refuse("Nee"));
        Assert.That(() => StepAsync(held, new ReviewStep.Approve("Ja")), RefusedFor("changed-meanwhile"));
    }

    [Test]
    public async Task A_question_gives_the_turn_to_the_submitter_and_the_answer_gives_it_back()
    {
        var asked = await StepAsync(await SubmitAsync(), new ReviewStep.Ask("Wie is de derde?"));
        Assert.That((asked.Outcome, asked.Turn), Is.EqualTo((Outcome.Held, SubmissionTurn.Submitter)));
        var answered = await StepAsync(asked, new ReviewStep.Answer("Een pop"));
        Assert.That((answered.Outcome, answered.Turn), Is.EqualTo((Outcome.Held, SubmissionTurn.Reviewer)));
        Assert.That(() => StepAsync(answered, new ReviewStep.Answer("Nog iets")), RefusedFor("not-asked"));
    }

    [TestCase("")]
    [TestCase("  ")]
    public async Task Nothing_is_approved_without_a_ground(string ground)
    {
        var held = await SubmitAsync();
        Assert.That(() => StepAsync(held, new ReviewStep.Approve(ground)), RefusedFor("no-words"));
    }

    [Test]
    public async Task Nobody_answers_for_a_photo_that_could_not_be_looked_up()
    {
        gate.LoseRegister();
        var held = await SubmitAsync();
        Assert.That(() => StepAsync(held, new ReviewStep.Approve("Ik ken ze allemaal")), RefusedFor("not-looked-up"));
    }

    [Test]
    public async Task The_queue_refuses_a_photo_too_many()
    {
        await gate.DisposeAsync();
        gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200), kind, submissions: new SubmissionOptions { MostWaiting = 1 });
        (queue, store) = (gate.Services.GetRequiredService<ScreeningQueue>(), gate.Services.GetRequiredService<IContentStore>());
        await SendAsync("a.png");
        Assert.That(() => SendAsync("b.png"), Throws.TypeOf<QueueFullException>());
        await DecideAsync();
        Assert.That(await SendAsync("c.png"), Is.Not.Null);
    }

    [Test]
    public async Task Teachers_see_what_they_submitted_themselves()
    {
        var own = await SubmitAsync();
        await using var db = gate.Database.CreateDbContext();
        Assert.That(await new Viewer(Teacher, false).Of(db.Submissions).Select(submission => submission.Id).ToListAsync(), Is.EqualTo(new[] { own.Id }));
        Assert.That(await new Viewer("account-9", false).Of(db.Submissions).AnyAsync(), Is.False);
        Assert.That(await new Viewer("account-9", true).Of(db.Submissions).AnyAsync(), Is.True);
    }

    [Test]
    public async Task Who_waits_for_a_verdict_hears_of_it()
    {
        var submission = await SendAsync("a.png");
        Assert.That(await queue.Decisions.WaitAsync(submission.QueueItemId, TimeSpan.Zero, default), Is.Null);
        await DecideAsync();
        Assert.That((await queue.Decisions.WaitAsync(submission.QueueItemId, TimeSpan.Zero, default))!.Outcome, Is.EqualTo(Outcome.Held));
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint RefusedFor(string code) =>
        Throws.TypeOf<ReviewRefusedException>().With.Property(nameof(ReviewRefusedException.Code)).EqualTo(code);

    private async Task<Submission> SubmitAsync(string name = "dag.png")
    {
        var submission = await SendAsync(name);
        await DecideAsync();
        return await ReadAsync(submission.Id);
    }

    private async Task<Submission> SendAsync(string name)
    {
        using var content = new MemoryStream(Content);
        return await gate.SendAsync(new SubmitPhoto(await store.AddAsync(content, default), name, TestGate.TwoPupils, SubmissionSource.Page, Teacher));
    }

    private async Task<Submission> StepAsync(Submission seen, ReviewStep step)
    {
        var by = step is ReviewStep.Answer ? Teacher : Reviewer;
        await gate.SendAsync(new ReviewSubmission(seen.Id, by, seen.VerdictId, step) { OthersCouldApprove = true });
        await DecideAsync();
        return await ReadAsync(seen.Id);
    }

    // As the workers do, until nothing is left.
    private async Task DecideAsync()
    {
        for (var pass = 0; pass < MostPasses && await queue.ClaimAsync("test", store.Id, Some.Protocol.Version, 1, default) is [var claim]; pass++)
        {
            try
            {
                await gate.SendAsync(new ScreenQueuedItem(claim));
            }
            catch (FactMissingException)
            {
                await gate.SendAsync(new GiveUpQueuedItem(claim, new Text("Op", "Up")));
            }
        }
    }

    private async Task<Submission> ReadAsync(string id)
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Submissions.AsNoTracking().SingleAsync(submission => submission.Id == id);
    }

    private async Task<long> LastActAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.ReviewActs.MaxAsync(act => act.Id);
    }

    private async Task<List<(string, string)>> StandingAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return [.. (await db.Releases.Where(release => release.WithdrawnAt == null).ToListAsync()).Select(release => (release.SubmissionId, release.VerdictId))];
    }
}
