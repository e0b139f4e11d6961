using System.Collections.Concurrent;
using System.Text.Json;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Submissions;
using PublicationGate.Tests.Publishing.Outputs;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing.Outbox;

/// <summary>A receiver that is down, slow, failing, cutting connections or hearing twice, and gates that are killed in the middle: each event arrives, in order.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class OutboxFaultTests(DatabaseKind kind)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const int Count = 16;
    private const int MostRounds = 200;

    private readonly ConcurrentQueue<(string Id, string Release, string Type)> heard = [];
    private ReleasedPhotos photos = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        heard.Clear();
        photos = await ReleasedPhotos.OpenAsync(kind, "hook");
    }

    [TearDown]
    public async Task CloseAsync() => await photos.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    public async Task Each_event_arrives_and_the_order_of_each_photo_is_kept(int seed)
    {
        var random = new Random(seed);
        using var receiver = new Receiver(call => AnswerAsync(call, random));
        // Two processes; each is killed now and then, wherever it is, and started anew under the same name.
        var submissions = new List<Submission>();
        for (var round = 0; round < MostRounds && (round <= Count || await IsUnfinishedAsync()); round++)
        {
            if (round < Count)
            {
                submissions.Add(await photos.ReleaseAsync());
                if (Chance(random, 2))
                {
                    var one = submissions[random.Next(submissions.Count)];
                    submissions.Remove(one);
                    await photos.WithdrawAsync(one);
                }
            }

            using var killed = new CancellationTokenSource();
            if (Chance(random, 4))
            {
                killed.CancelAfter(random.Next(30));
            }

            await Task.WhenAll(RunAsync(receiver, "a/" + round, killed.Token), RunAsync(receiver, "b/" + round, default));
            photos.Time.Now += TimeSpan.FromSeconds(70);
        }

        await AssertAllArrivedAsync();
    }

    [Test]
    public async Task A_receiver_that_is_away_is_left_alone_for_a_while_and_no_attempt_is_lost_to_that()
    {
        var (output, options) = (new NotingOutput("hook") { Answer = _ => throw new OutputException("ConnectionError") }, new OutboxOptions { QuickTries = 0, BreaksAfter = 4, MostAttempts = 3 });
        for (var i = 0; i < 10; i++)
        {
            await photos.ReleaseAsync();
        }

        var delivery = photos.Delivery(output, options);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Told, Has.Count.EqualTo(4), "then the circuit is open");
        Assert.That((await photos.EventsAsync()).Count(row => row == "Publish Waiting 0"), Is.EqualTo(6));
        Assert.That(await photos.Queue().CountUntriedAsync(["hook"], default), Is.Zero, "a run that ends when all is done does not wait for it");
        output.Answer = _ => Task.CompletedTask;
        for (var i = 0; i < 10; i++)
        {
            photos.Time.Now += TimeSpan.FromSeconds(61);
            await ReleasedPhotos.DeliverAllAsync(delivery);
        }

        Assert.That(output.Published, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task What_passes_by_itself_is_tried_again_at_once()
    {
        var calls = 0;
        var output = new NotingOutput("hook") { Answer = _ => ++calls < 3 ? throw new OutputException("http-503") : Task.CompletedTask };
        await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(photos.Delivery(output, new() { QuickPause = TimeSpan.FromMilliseconds(1) }));
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Delivered 1" }));
        Assert.That(output.Told.Distinct().Count(), Is.EqualTo(1), "under one key");
    }

    private static bool Chance(Random random, int oneIn)
    {
        lock (random)
        {
            return random.Next(oneIn) == 0;
        }
    }

    // Killed: what it does after that does not reach the database, as its lease shows.
    private async Task RunAsync(Receiver receiver, string owner, CancellationToken killed)
    {
        var patient = photos.Options with { MostAttempts = 100 };
        using var output = new WebhookOutput(new() { Name = "hook", Address = receiver.Address, Timeout = 1 }, Secret, photos.Time);
        var delivery = photos.Delivery(output, patient);
        try
        {
            while (await delivery.DeliverNextAsync(owner, killed))
            {
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<int> AnswerAsync(Receiver.Received call, Random random)
    {
        int what;
        lock (random)
        {
            what = random.Next(12);
        }

        Assert.That(call.Signature, Is.EqualTo(WebhookOutput.Signature(Convert.FromBase64String(Secret["whsec_".Length..]), call.Id, call.Timestamp, call.Body)));
        if (what < 4)
        {
            return new[] { 500, 503, 0, 429 }[what];
        }

        using var message = JsonDocument.Parse(call.Body);
        heard.Enqueue((call.Id, message.RootElement.GetProperty("data").GetProperty("release").GetString()!, message.RootElement.GetProperty("type").GetString()!));
        if (what == 4)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.2));
        }

        // Heard and done, and the answer is lost.
        return what == 5 ? 0 : what == 6 ? 500 : 200;
    }

    private async Task<bool> IsUnfinishedAsync() => (await photos.Acts.ListAsync(all: false, default)).Count > 0;

    private async Task AssertAllArrivedAsync()
    {
        var (events, releases, all) = (await photos.Acts.ListAsync(all: true, default), await photos.ReleasesAsync(), heard.ToList());
        Assert.That(events.Select(row => row.State), Is.All.EqualTo(OutboxState.Delivered).Or.EqualTo(OutboxState.Overtaken));
        Assert.That(all, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var release in releases)
            {
                var said = all.Where(one => one.Release == release.Id).ToList();
                Assert.That(said.Select(one => one.Id).Distinct().Count(), Is.EqualTo(said.Select(one => one.Type).Distinct().Count()), "one key for each event, however often it came");
                Assert.That(said.Select(one => one.Type).Skip(said.FindIndex(one => one.Type == "photo.taken-down") is >= 0 and var at ? at : said.Count), Is.All.EqualTo("photo.taken-down"), "nothing is published after it was taken down");
                var last = said.Count == 0 ? null : said[^1].Type;
                Assert.That(last, release.WithdrawnAt is null ? Is.EqualTo("photo.published") : Is.Null.Or.EqualTo("photo.taken-down"));
            }
        });
    }
}
