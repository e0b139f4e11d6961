using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Recordings;
using PublicationGate.Retention;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.TakenBack;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;

namespace PublicationGate.Tests.Retention;

/// <summary>What a crash left in the store goes, and nothing that anything refers to, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class UnclaimedContentTests(DatabaseKind kind)
{
    private TestGate gate = null!;
    private IContentStore store = null!;
    private byte last;

    [SetUp]
    public async Task OpenAsync()
    {
        gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, new FaceBox(0, 0, 50, 50, 0.9f)), kind);
        store = gate.Services.GetRequiredService<IContentStore>();
    }

    [TearDown]
    public async Task CloseAsync() => await gate.DisposeAsync();

    [Test]
    public async Task Only_what_nothing_refers_to_goes_and_only_after_a_day()
    {
        var item = new QueueItem { ContentSha256 = await StoredAsync(), DeclarationSha256 = "d", ProtocolVersion = "v", Photo = "{}", Store = store.Id, State = QueueState.Decided };
        await using (var db = gate.Database.CreateDbContext())
        {
            db.QueueItems.Add(item);
            await db.SaveChangesAsync();
            var (at, file, verdict) = (gate.Time.Now, "x.jpg", "0123456789abcdef");
            db.Submissions.Add(new Submission { Id = "s", SubmittedAt = at, Source = SubmissionSource.Page, AlbumId = "s", FileName = file, ContentSha256 = await StoredAsync(), Channel = "website", QueueItemId = item.Id });
            db.TakenFiles.Add(new TakenFile { Inbox = "/in", Name = file, Length = 1, ModifiedTicks = 1, ContentSha256 = await StoredAsync(), QueueItemId = item.Id, IsOpen = false });
            db.Verdicts.Add(new StoredVerdict
            {
                Id = verdict, ContentSha256 = await StoredAsync(), DeclarationSha256 = "d", ProtocolVersion = "v", Outcome = Outcome.Held, Channel = "website", FileName = file, DecidedAt = at, Evidence = "{}",
            });
            db.Releases.Add(new Release { Id = "r", SubmissionId = "s", VerdictId = verdict, ContentSha256 = await StoredAsync(), Channel = "website", ReleasedAt = at, CopySha256 = await StoredAsync() });
            db.Recordings.Add(new Recording { Purpose = RecordingPurpose.Training, FileName = file, NoticeOn = new(2026, 1, 1), DestroyBy = new(2026, 12, 1), ContentSha256 = await StoredAsync(), RegisteredAt = at });
            db.TakenBackPictures.Add(new TakenBackPicture { ContentSha256 = await StoredAsync(), At = at, For = default, Ground = "x", By = "y" });
            db.Looks.Add(new StoredLook { ContentSha256 = await StoredAsync(), LookedBy = "m", Seen = "{}" });
            await db.SaveChangesAsync();
        }

        var wanted = store.List().Select(file => file.Sha256).ToList();
        Assert.That(wanted, Has.Count.EqualTo(9), "each kind of row has its own");
        var old = await StoredAsync();
        var young = await StoredAsync(daysAgo: 0);
        Assert.That(await RemoveAsync(), Is.EqualTo(1));
        Assert.That(store.List().Select(file => file.Sha256), Is.EquivalentTo(wanted.Append(young)));
        Assert.That(store.Contains(old), Is.False);
        await using var after = gate.Database.CreateDbContext();
        Assert.That(after.AuditEntries.Count(entry => entry.Kind == AuditKinds.ContentCleared), Is.EqualTo(1));
        Assert.That(await RemoveAsync(), Is.Zero);
    }

    [Test]
    public async Task A_store_of_which_most_belongs_to_nothing_is_another_gates()
    {
        for (var i = 0; i < 3; i++)
        {
            await StoredAsync();
        }

        Assert.That(await RemoveAsync(), Is.Zero);
        Assert.That(store.List(), Has.Count.EqualTo(3));
    }

    private Task<int> RemoveAsync() => new UnclaimedContent(gate.Database, store, new AuditTrail(gate.Time), gate.Time).RemoveAsync(default);

    private async Task<string> StoredAsync(int daysAgo = 2)
    {
        using var content = new MemoryStream([1, 2, 3, ++last]);
        var sha256 = (await store.AddAsync(content, default)).Sha256!;
        var file = Directory.EnumerateFiles(gate.StoreFolder, sha256, SearchOption.AllDirectories).Single();
        File.SetLastWriteTimeUtc(file, gate.Time.Now.UtcDateTime.AddDays(-daysAgo));
        return sha256;
    }
}
