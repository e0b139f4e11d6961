using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class ScreeningQueueTests(DatabaseKind kind)
{
    private const string Store = "store";
    private const string Version = "v1";

    private TestDatabase place = null!;
    private GateDatabase database = null!;
    private FixedTime time = null!;
    private ScreeningQueue queue = null!;

    [SetUp]
    public async Task Open()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
        time = new FixedTime(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        queue = new ScreeningQueue(database, new(), time);
    }

    [TearDown]
    public void Close() => place.Dispose();

    [Test]
    public async Task Workers_that_ask_at_once_never_get_the_same_item()
    {
        const int Items = 400;
        await AddAsync([.. Enumerable.Range(0, Items).Select(number => $"c{number}")]);
        var claimed = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            while (await queue.ClaimAsync($"w{worker}", Store, Version, 1 + (worker % 3), default) is { Count: > 0 } items)
            {
                items.ToList().ForEach(item => claimed.Add(item.Id));
            }
        })));
        Assert.That(claimed, Is.Unique.And.Count.EqualTo(Items));
    }

    [Test]
    public async Task Items_come_in_the_order_of_their_arrival()
    {
        await AddAsync("a");
        time.Now += TimeSpan.FromSeconds(1);
        await AddAsync("b");
        Assert.That((await ClaimAsync("w"))!.ContentSha256, Is.EqualTo("a"));
        Assert.That((await ClaimAsync("w"))!.ContentSha256, Is.EqualTo("b"));
        Assert.That(await ClaimAsync("w"), Is.Null);
    }

    [Test]
    public async Task An_item_of_a_worker_that_gives_no_sign_of_life_is_taken_again_within_a_minute()
    {
        await AddAsync("a");
        var dead = await ClaimAsync("dead");
        time.Now += TimeSpan.FromSeconds(29);
        Assert.That(await ClaimAsync("other"), Is.Null);
        time.Now += TimeSpan.FromSeconds(2);
        var again = await ClaimAsync("other");
        Assert.That((again!.Id, again.Attempts, again.LeaseOwner), Is.EqualTo((dead!.Id, 2, "other")));
    }

    [Test]
    public async Task A_worker_that_gives_signs_of_life_keeps_its_item()
    {
        await AddAsync("a");
        var item = await ClaimAsync("slow");
        for (var sign = 0; sign < 12; sign++)
        {
            time.Now += TimeSpan.FromSeconds(10);
            await queue.RenewAsync("slow", [item!.Id], default);
            Assert.That(await ClaimAsync("other"), Is.Null);
        }

        await queue.RenewAsync("other", [item!.Id], default);
        time.Now += TimeSpan.FromSeconds(31);
        Assert.That(await ClaimAsync("other"), Is.Not.Null, "only its owner's signs count");
    }

    [Test]
    public async Task A_failed_item_is_due_after_a_pause_that_grows_and_is_never_the_same()
    {
        await AddAsync("a");
        var item = await ClaimAsync("w");
        await queue.FailAsync(item!, "Boom", default);
        Assert.That(await ClaimAsync("w"), Is.Null);
        time.Now += TimeSpan.FromSeconds(1);
        Assert.That((await ClaimAsync("w"))!.Failure, Is.EqualTo("Boom"));

        var options = new ScreeningQueueOptions();
        Assert.That(Enumerable.Range(1, 9).Select(attempt => options.PauseAfter(attempt, 0).TotalSeconds), Is.EqualTo(new[] { 1d, 2, 4, 8, 16, 32, 60, 60, 60 }));
        Assert.That(options.PauseAfter(3, 1).TotalSeconds, Is.EqualTo(2));
    }

    [Test]
    public async Task An_item_that_was_given_back_was_not_tried()
    {
        await AddAsync("a");
        await queue.ReleaseAsync((await ClaimAsync("w"))!, TimeSpan.Zero, default);
        Assert.That((await ClaimAsync("w"))!.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task Who_lost_an_item_cannot_give_it_back()
    {
        await AddAsync("a");
        var lost = await ClaimAsync("slow");
        time.Now += TimeSpan.FromMinutes(1);
        await ClaimAsync("other");
        await queue.ReleaseAsync(lost!, TimeSpan.Zero, default);
        await queue.FailAsync(lost!, "late", default);
        Assert.That(await ClaimAsync("third"), Is.Null);
    }

    [Test]
    public async Task A_clock_that_is_set_back_strands_nothing()
    {
        await AddAsync("a", "b");
        await ClaimAsync("w");
        time.Now -= TimeSpan.FromDays(1);
        Assert.That(await ClaimAsync("w"), Is.Null);
        Assert.That(await queue.MendAsync(default), Is.EqualTo(2));
        Assert.That(await ClaimAsync("w"), Is.Not.Null);
        Assert.That(await queue.MendAsync(default), Is.Zero);
    }

    [Test]
    public async Task The_same_photo_said_to_be_the_same_is_one_item_and_any_difference_makes_another()
    {
        await AddAsync("a", "a");
        await AddAsync("a");
        Assert.That(await CountAsync(), Is.EqualTo(1));
        await AddAsync(Photo with { FileName = "noor.jpg" }, "a");
        await AddAsync(Photo with { FolderName = "groep 5" }, "a");
        await AddAsync(Photo with { Declaration = new() { Caption = "Hoera" } }, "a");
        await AddAsync(Photo with { Mistakes = [new("fout", "mistake")] }, "a");
        await AddAsync(Photo with { Sidecars = [new("a.xmp", "b")] }, "a");
        Assert.That(await CountAsync(), Is.EqualTo(6));
    }

    [Test]
    public async Task The_database_itself_refuses_a_second_item_of_one_key()
    {
        await AddAsync("a");
        await using var db = database.CreateDbContext();
        var first = await db.QueueItems.AsNoTracking().SingleAsync();
        db.QueueItems.Add(new QueueItem
        {
            ContentSha256 = first.ContentSha256, DeclarationSha256 = first.DeclarationSha256, ProtocolVersion = first.ProtocolVersion, Photo = "{}", Store = "other", State = QueueState.Waiting,
        });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Test]
    public async Task Only_who_has_the_store_and_the_protocol_gets_an_item()
    {
        await AddAsync("a");
        Assert.That(await queue.ClaimAsync("w", "other store", Version, 1, default), Is.Empty);
        Assert.That(await queue.ClaimAsync("w", Store, "v2", 1, default), Is.Empty);
    }

    [Test]
    public async Task A_new_start_takes_over_what_its_dead_predecessor_had()
    {
        await AddAsync("a", "b");
        await queue.ClaimAsync("host1/run1", Store, Version, 1, default);
        await queue.ClaimAsync("host2/run1", Store, Version, 1, default);
        await queue.TakeOverAsync("host1/", default);
        Assert.That((await ClaimAsync("host1/run2"))!.Attempts, Is.EqualTo(2));
        Assert.That(await ClaimAsync("host1/run2"), Is.Null, "the other machine lives");
    }

    private static QueuedPhoto Photo { get; } = new() { FileName = "dag.jpg" };

    private async Task<QueueItem?> ClaimAsync(string owner) => (await queue.ClaimAsync(owner, Store, Version, 1, default)).SingleOrDefault();

    private Task AddAsync(params string[] contents) => AddAsync(Photo, contents);

    private async Task AddAsync(QueuedPhoto photo, params string[] contents)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        foreach (var content in contents)
        {
            await queue.AddAsync(db, content, photo, Version, Store, default);
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task<int> CountAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.QueueItems.CountAsync();
    }
}
