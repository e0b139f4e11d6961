using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class ScreenQueuedItemTests(DatabaseKind kind)
{
    private static readonly byte[] Content = Pictures.Png(200, 100, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)99, 200 * 100)]);
    private static readonly QueuedPhoto Photo = new() { FileName = "dag.jpg", Declaration = TestGate.TwoPupils };

    private TestGate gate = null!;
    private ScreeningQueue queue = null!;
    private IContentStore store = null!;

    [SetUp]
    public async Task Open()
    {
        gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f)), kind);
        queue = gate.Services.GetRequiredService<ScreeningQueue>();
        store = gate.Services.GetRequiredService<IContentStore>();
    }

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task Verdict_audit_and_state_are_there_together()
    {
        var claim = await QueueAsync(Photo);
        var verdict = await gate.SendAsync(new ScreenQueuedItem(claim));
        Assert.That(verdict!.Outcome, Is.EqualTo(Outcome.Approved), string.Join(", ", verdict.Findings.Select(finding => finding.Reason.En)));
        await using var db = gate.Database.CreateDbContext();
        var item = await db.QueueItems.SingleAsync();
        Assert.That((item.State, item.VerdictId, item.DueAt, item.LeaseOwner), Is.EqualTo((QueueState.Decided, verdict.Id, (DateTimeOffset?)null, (string?)null)));
        var entry = await db.AuditEntries.SingleAsync();
        Assert.That((entry.Kind, entry.Subject), Is.EqualTo((AuditKinds.ItemDecided, $"item-{item.Id}")));
        Assert.That(entry.Details, Does.Contain(verdict.Id));
        Assert.That((await db.Verdicts.SingleAsync()).Id, Is.EqualTo(verdict.Id));
    }

    [Test]
    public async Task The_same_verdict_comes_from_the_queue_as_from_the_command_line()
    {
        var direct = await gate.ScreenAsync(Content, TestGate.TwoPupils);
        var verdict = await gate.SendAsync(new ScreenQueuedItem(await QueueAsync(Photo)));
        Assert.That(verdict!.Id, Is.EqualTo(direct.Id));
    }

    [Test]
    public async Task Who_lost_the_lease_decides_nothing()
    {
        var lost = await QueueAsync(Photo);
        gate.Time.Now += TimeSpan.FromMinutes(1);
        var other = (await queue.ClaimAsync("other", store.Id, Some.Protocol.Version, 1, default)).Single();
        Assert.That(await gate.SendAsync(new ScreenQueuedItem(lost)), Is.Null);
        Assert.That(await gate.SendAsync(new ScreenQueuedItem(other)), Is.Not.Null);
        Assert.That(await gate.SendAsync(new ScreenQueuedItem(other)), Is.Null, "nor twice");
        await using var db = gate.Database.CreateDbContext();
        Assert.That((await db.Verdicts.CountAsync(), await db.AuditEntries.CountAsync()), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Mistakes_in_a_declaration_hold_a_photo_that_would_be_approved_and_are_its_reasons()
    {
        var mistake = new Text("album.yaml:3: dat is geen kanaal", "album.yaml:3: no channel");
        var verdict = await gate.SendAsync(new ScreenQueuedItem(await QueueAsync(Photo with { Mistakes = [mistake] })));
        Assert.That(verdict!.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(verdict.Findings.Select(finding => finding.Reason), Is.EqualTo(new[] { mistake }));
    }

    [Test]
    public async Task A_file_that_was_never_finished_is_held_whatever_it_looks_like()
    {
        var verdict = await gate.SendAsync(new ScreenQueuedItem(await QueueAsync(Photo with { Problem = IntakeProblem.Unfinished })));
        Assert.That((verdict!.Outcome, verdict.Facts.IntakeProblem), Is.EqualTo((Outcome.Held, IntakeProblem.Unfinished)));
    }

    [Test]
    public async Task What_cannot_be_screened_is_held_with_the_error_as_its_reason()
    {
        var reason = Texts.Get("unknown.given-up", ("count", 5), ("detail", "crash"));
        var verdict = await gate.SendAsync(new GiveUpQueuedItem(await QueueAsync(Photo), reason));
        Assert.That(verdict!.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(verdict.Findings[0].Reason, Is.EqualTo(reason));
        await using var db = gate.Database.CreateDbContext();
        Assert.That((await db.AuditEntries.SingleAsync()).Kind, Is.EqualTo(AuditKinds.ItemGivenUp));
        Assert.That((await db.QueueItems.SingleAsync()).Outcome, Is.EqualTo(Outcome.Held));
    }

    [Test]
    public async Task A_register_that_is_away_is_asked_again_before_the_photo_is_held_for_that()
    {
        var claim = await QueueAsync(Photo);
        gate.LoseRegister();
        await Assert.ThrowsAsync<FactMissingException>(() => gate.SendAsync(new ScreenQueuedItem(claim)));
        for (var attempt = 1; attempt < queue.Options.MostAttempts; attempt++)
        {
            await queue.FailAsync(claim, "register", default);
            gate.Time.Now += TimeSpan.FromMinutes(2);
            claim = (await queue.ClaimAsync("w", store.Id, Some.Protocol.Version, 1, default)).Single();
        }

        var verdict = await gate.SendAsync(new ScreenQueuedItem(claim));
        Assert.That(verdict!.Outcome, Is.EqualTo(Outcome.Held));
    }

    [Test]
    public async Task A_store_that_is_another_folder_now_is_no_photos_fault()
    {
        var claim = await QueueAsync(Photo);
        Directory.Move(gate.StoreFolder, gate.StoreFolder + "-away");
        Directory.CreateDirectory(gate.StoreFolder);
        var failure = await Assert.ThrowsAsync<ContentStoreException>(() => gate.SendAsync(new ScreenQueuedItem(claim)));
        Assert.That(failure!.Problem, Is.EqualTo(ContentStoreProblem.Unavailable));
    }

    private async Task<QueueItem> QueueAsync(QueuedPhoto photo)
    {
        var stored = await store.AddAsync(new MemoryStream(Content), default);
        await using var db = gate.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        await queue.AddAsync(db, stored.Sha256!, photo, Some.Protocol.Version, store.Id, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return (await queue.ClaimAsync("w", store.Id, Some.Protocol.Version, 1, default)).Single();
    }
}
