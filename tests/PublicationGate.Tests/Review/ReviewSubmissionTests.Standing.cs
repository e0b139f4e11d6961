using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Review;

// Whose decision stands against whom, and until when.
public partial class ReviewSubmissionTests
{
    [TestCase(FaceMarkKind.Face)]
    [TestCase(FaceMarkKind.NoFace)]
    [TestCase(FaceMarkKind.Adult)]
    public async Task Who_submitted_it_does_not_release_it_by_a_mark_where_another_could(FaceMarkKind kindOfMark)
    {
        var held = await SubmitAsync();
        var own = new ReviewSubmission(held.Id, Teacher, held.VerdictId, new ReviewStep.Mark([new(Third, kindOfMark)])) { OthersCouldApprove = true };
        Assert.That(() => gate.SendAsync(own), RefusedFor("own"));
        Assert.That(await gate.SendAsync(own with { OthersCouldApprove = false }), Is.Not.Null);
    }

    [Test]
    public async Task Who_submitted_it_makes_more_unrecognisable_and_takes_no_mark_of_another_away()
    {
        var seen = new FaceMark(new(150, 60, 30, 30, 0), FaceMarkKind.Face);
        var marked = await StepAsync(await SubmitAsync(), new ReviewStep.Mark([seen]));
        var conceal = new FaceMark(Third, FaceMarkKind.ConcealFace);
        var own = new ReviewSubmission(marked.Id, Teacher, marked.VerdictId, new ReviewStep.Mark([conceal])) { OthersCouldApprove = true };
        Assert.That(() => gate.SendAsync(own), RefusedFor("own"));
        Assert.That(await gate.SendAsync(own with { Step = new ReviewStep.Mark([seen, conceal]) }), Is.Not.Null);
    }

    [Test]
    public async Task Who_submitted_it_does_not_take_back_what_another_decided()
    {
        var refused = await StepAsync(await SubmitAsync(), new ReviewStep.Refuse("Nee"));
        var act = await LastActAsync();
        var own = new ReviewSubmission(refused.Id, Teacher, null, new ReviewStep.Undo(act)) { OthersCouldApprove = true };
        Assert.That(() => gate.SendAsync(own), RefusedFor("own-undo"));
        Assert.That(() => gate.SendAsync(own with { AccountId = "account-3", Step = new ReviewStep.Undo() }), RefusedFor("changed-meanwhile"), "another's act is named");
        Assert.That(await gate.SendAsync(own with { OthersCouldApprove = false }), Is.Not.Null);
    }

    [TestCase(Reviewer, Outcome.Approved)]
    [TestCase("account-3", Outcome.Held)]
    public async Task A_step_back_brings_no_approval_of_another_back(string by, Outcome outcome)
    {
        var approved = await StepAsync(await SubmitAsync(), new ReviewStep.Approve("Gezien"));
        await StepAsync(approved, new ReviewStep.Declare(TestGate.TwoPupils with { Activity = "Sportdag" }));
        await gate.SendAsync(new ReviewSubmission(approved.Id, by, null, new ReviewStep.Undo(await LastActAsync())) { OthersCouldApprove = true });
        await DecideAsync();
        Assert.That((await ReadAsync(approved.Id)).Outcome, Is.EqualTo(outcome));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_was_screened_as_something_else_since_is_taken_back_only_where_it_is_a_refusal(bool isRefusal)
    {
        var done = await StepAsync(await SubmitAsync(), isRefusal ? new ReviewStep.Refuse("Nee") : new ReviewStep.Mark([new(Third, FaceMarkKind.NoFace)]));
        await using (var db = gate.Database.CreateDbContext())
        {
            var item = await db.QueueItems.SingleAsync(item => item.Id == done.QueueItemId);
            var photo = QueuedPhoto.Read(item.Photo);
            await using var transaction = await db.BeginWriteAsync(default);
            var other = await queue.AddAsync(db, item.ContentSha256, photo with { Declaration = photo.Declaration with { Activity = "Sportdag" } }, item.ProtocolVersion, item.Store, default);
            await db.SaveChangesAsync();
            (await db.Submissions.SingleAsync()).Move(other.Id);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        await DecideAsync();
        if (!isRefusal)
        {
            Assert.That(async () => await StepAsync(await ReadAsync(done.Id), new ReviewStep.Undo()), RefusedFor("changed-meanwhile"));
            return;
        }

        Assert.That((await ReadAsync(done.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
        Assert.That((await StepAsync(await ReadAsync(done.Id), new ReviewStep.Undo())).Outcome, Is.EqualTo(Outcome.Held));
    }

    [Test]
    public async Task A_refusal_stands_when_the_same_photo_is_submitted_again()
    {
        var first = await StepAsync(await SubmitAsync(), new ReviewStep.Refuse("Niet gelukkig"));
        var second = await SubmitAsync("anders.png");
        Assert.That(second.Outcome, Is.EqualTo(Outcome.Rejected));
        var own = new ReviewSubmission(second.Id, Teacher, null, new ReviewStep.Undo(await LastActAsync())) { OthersCouldApprove = true };
        Assert.That(() => gate.SendAsync(own), RefusedFor("own-undo"));
        Assert.That((await StepAsync(second, new ReviewStep.Undo())).Outcome, Is.EqualTo(Outcome.Held));
        Assert.That((await SubmitAsync("derde.png")).Outcome, Is.EqualTo(Outcome.Rejected), "the first still stands");
        await StepAsync(first, new ReviewStep.Undo());
    }

    [Test]
    public async Task Nothing_is_decided_about_what_nobody_looked_at()
    {
        var held = await SubmitAsync();
        foreach (var step in new ReviewStep[] { new ReviewStep.Approve("Ja"), new ReviewStep.Refuse("Nee"), new ReviewStep.Mark([]) })
        {
            Assert.That(() => gate.SendAsync(new ReviewSubmission(held.Id, Reviewer, null, step)), RefusedFor("nothing-seen"));
        }

        Assert.That(() => gate.SendAsync(new ReviewSubmission(held.Id, Reviewer, "", new ReviewStep.Again())), RefusedFor("changed-meanwhile"), "there was no verdict to see, there is one now");
    }

    [Test]
    public async Task Mistakes_in_a_declaration_stay_until_it_is_filled_in_anew()
    {
        var held = await SubmitAsync();
        await using (var db = gate.Database.CreateDbContext())
        {
            var item = await db.QueueItems.SingleAsync();
            var photo = QueuedPhoto.Read(item.Photo) with { Mistakes = [new Text("Fout", "Mistake")], Declaration = TestGate.TwoPupils with { AdultCount = 1 } };
            await db.QueueItems.ExecuteUpdateAsync(set => set.SetProperty(one => one.Photo, photo.Write()));
        }

        var again = await StepAsync(held, new ReviewStep.Again());
        var channel = await StepAsync(again, new ReviewStep.Channel("app"));
        var anew = await StepAsync(channel, new ReviewStep.Declare(TestGate.TwoPupils with { AdultCount = 1 }));
        Assert.That((again.Outcome, channel.Outcome, channel.Channel, anew.Outcome), Is.EqualTo((Outcome.Held, Outcome.Held, "app", Outcome.Approved)));
    }

    [Test]
    public async Task The_trail_has_a_hash_of_what_was_said()
    {
        await StepAsync(await SubmitAsync(), new ReviewStep.Refuse("Nee"));
        await using var db = gate.Database.CreateDbContext();
        var details = await db.AuditEntries.Where(entry => entry.Kind == AuditKinds.Reviewed).Select(entry => entry.Details).SingleAsync();
        var said = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"words":"Nee","marks":null}"""u8));
        Assert.That(details, Does.Contain($"\"said\":\"{said}\"").And.Not.Contain("Nee"));
    }

    [Test]
    public async Task Marking_the_adult_who_was_declared_accounts_for_nobody_else()
    {
        var held = await SubmitAsync();
        var declared = await StepAsync(held, new ReviewStep.Declare(TestGate.TwoPupils with { People = ["p1"], AdultCount = 1 }));
        await StepAsync(declared, new ReviewStep.Mark([new(Third, FaceMarkKind.Adult)]));
        await using var db = gate.Database.CreateDbContext();
        var found = (await new VerdictStore(db, gate.Time).FindAsync((await ReadAsync(held.Id)).VerdictId!, default))!;
        Assert.That((found.Verdict.Facts.DeclaredAdults, found.Verdict.Facts.PupilFaces), Is.EqualTo((1, 2)));
    }
}
