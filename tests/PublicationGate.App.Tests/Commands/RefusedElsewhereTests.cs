using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Tests.Faults;
using PublicationGate.App.Tests.Support;
using PublicationGate.Data;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Tests.Commands;

public class RefusedElsewhereTests
{
    [Test]
    public async Task A_new_file_with_bytes_that_a_reviewer_refused_is_refused_too()
    {
        using var gate = new Gate();
        gate.Run("register", "import", Repository.Register);
        StreamOfPhotos.Declare(gate["in"]);
        Drop(gate, "eerste.jpg");
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        using var database = SqliteGateDatabase.InFile(Path.Combine(gate.Data, "gate.db"));
        await using (var db = database.CreateDbContext())
        {
            Assert.That((await db.Submissions.SingleAsync()).Outcome, Is.EqualTo(Outcome.Approved));
            var item = await db.QueueItems.SingleAsync();
            var refused = (QueuedPhoto.Read(item.Photo) with { Review = new() { Refusal = new("reviewer-1", "Dit kind hoort hier niet") } }).Write();
            await db.QueueItems.ExecuteUpdateAsync(set => set.SetProperty(row => row.Photo, refused));
        }

        Drop(gate, "tweede.jpg");
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        await using var after = database.CreateDbContext();
        var second = await after.Submissions.SingleAsync(submission => submission.FileName == "tweede.jpg");
        Assert.That(second.Outcome, Is.EqualTo(Outcome.Rejected));
        var act = await after.ReviewActs.SingleAsync();
        Assert.That((act.SubmissionId, act.Kind, act.AccountId, act.Words), Is.EqualTo((second.Id, ReviewActKind.Refuse, "reviewer-1", "Dit kind hoort hier niet")), "it can be read and taken back there");
    }

    private static void Drop(Gate gate, string name) => File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(gate["in"], "projectweek")).FullName, name), new StreamOfPhotos().Photo(1));
}
