using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Removal.Addresses;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;
using TakeDown = PublicationGate.Removal.TakeDown;

namespace PublicationGate.Tests.Removal.Addresses;

/// <summary>From a hidden picture on a web server to the end of its task, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class AddressLooksTests(DatabaseKind kind)
{
    private static readonly FaceBox[] Two = [new(0, 0, 50, 50, 0.9f), new(60, 0, 50, 50, 0.9f)];
    private static readonly PostedAddressOptions Options = new() { Spacing = TimeSpan.Zero, QuickPause = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromSeconds(5) };

    private PictureSite site = null!;
    private RemovalGate gate = null!;
    private AddressLooks looks = null!;
    private OutboxDelivery delivery = null!;

    [SetUp]
    public async Task Open()
    {
        site = new PictureSite();
        var outputs = new OutputList([new() { Name = "site", Kind = OutputKind.Wordpress, Address = site.Address, Channels = ["*"] }], new Dictionary<string, string>());
        gate = new(await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, Two), kind, isOneDatabase: true, outputs: outputs));
        var services = gate.Gate.Services;
        looks = new(gate.Gate.Database, services.GetRequiredService<IImageDecoder>(), gate.Store, outputs, Options, new(gate.Gate.Time), gate.Gate.Time);
        delivery = new(site, new(gate.Gate.Database, new(gate.Gate.Time), new() { QuickTries = 0 }, gate.Gate.Time), gate.Gate.Database, services.GetRequiredService<PublishedCopies>(), gate.Gate.Time);
    }

    [TearDown]
    public async Task Close()
    {
        looks.Dispose();
        site.Dispose();
        await gate.DisposeAsync();
    }

    [Test]
    public async Task A_picture_is_looked_for_at_every_size_until_two_looks_say_that_it_is_gone_and_then_its_task_ends()
    {
        site.Sizes["klein-"] = whole => Scaled(whole, 100);
        await HideAsync();
        await LookAsync(seconds: 2);
        Assert.That((await RowsAsync()).Select(row => (row.State, row.Answer)), Is.EqualTo(Enumerable.Repeat((AddressState.Visible, "picture"), 2)));

        gate.Gate.Time.Now += TimeSpan.FromSeconds(1);
        await DeliverAsync();
        await LookAsync(seconds: 0);
        Assert.That((await RowsAsync()).Select(row => row.State), Is.All.EqualTo(AddressState.Missing), "what an output took down is looked at now");
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));
        var missing = gate.Gate.Time.Now;

        await LookAsync(seconds: 60);
        var rows = await RowsAsync();
        Assert.That(rows.Select(row => (row.State, row.MissingAt, row.DueAt)), Is.All.EqualTo((AddressState.Gone, (DateTimeOffset?)missing, (DateTimeOffset?)null)));
        Assert.That((await gate.TasksAsync(alsoEnded: true)).Single().EndedBy, Is.EqualTo(TakeDown.Gone));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That((await db.AuditEntries.SingleAsync(entry => entry.Kind == AuditKinds.TakeDownEnded)).Details, Does.Contain("\"addresses\":\"2\"").And.Contain("\"by\":\"gone\"").And.Not.Contain("http"));
        var asked = site.Asked.Count;
        await LookAsync(seconds: 100_000);
        Assert.That(site.Asked, Has.Count.EqualTo(asked), "nobody asks any more");
    }

    [TestCase(401)]
    [TestCase(403)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task An_answer_that_shuts_the_gate_out_is_never_taken_for_gone(int status)
    {
        await HideAsync();
        await DeliverAsync();
        site.At[Path(await RowAsync())] = PictureSite.Status(status);
        for (var look = 0; look < 5; look++)
        {
            await LookAsync(seconds: 100_000);
        }

        var row = await RowAsync();
        Assert.That((row.State, row.Answer, row.Looks > 2), Is.EqualTo((AddressState.NoAnswer, $"http-{status}", true)));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));
        site.At.Clear();
        await LookAsync(seconds: 100_000);
        await LookAsync(seconds: 60);
        Assert.That(await gate.TasksAsync(), Is.Empty);
    }

    [Test]
    public async Task Missing_once_is_not_gone()
    {
        await HideAsync();
        var path = Path(await RowAsync());
        site.At.TryRemove(path, out var picture);
        await LookAsync(seconds: 2);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Missing));
        site.At[path] = picture!;
        await LookAsync(seconds: 60);
        var row = await RowAsync();
        Assert.That((row.State, row.MissingAt), Is.EqualTo((AddressState.Visible, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task A_square_cut_out_of_the_middle_is_still_the_picture()
    {
        site.Sizes["vierkant-"] = Square;
        await HideAsync();
        site.ReallyRemoves = false;
        await DeliverAsync();
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        Assert.That((await RowsAsync()).Select(row => row.State), Is.All.EqualTo(AddressState.Visible));
    }

    [Test]
    public async Task A_square_of_another_picture_is_not()
    {
        await HideAsync();
        await DeliverAsync();
        site.At[Path(await RowAsync())] = PictureSite.Gives(Square(Pictures.LivelyPng(78)));
        await LookAsync(seconds: 2);
        Assert.That((await RowAsync()).Answer, Is.EqualTo("other-picture"));
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Missing));
    }

    [Test]
    public async Task What_people_post_by_hand_is_not_known_to_be_gone_since_it_left_the_schools_site()
    {
        await HideAsync(channel: "newsletter");
        await DeliverAsync();
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Gone));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));

        await AddAsync(site.PathOf("facebook/1"));
        await LookAsync(seconds: 0);
        await LookAsync(seconds: 60);
        Assert.That(await gate.TasksAsync(), Is.Empty);
    }

    [Test]
    public async Task A_task_stays_open_while_an_output_has_not_taken_down_what_it_was_sent()
    {
        await HideAsync();
        site.At.Clear();
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Gone));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));
        await DeliverAsync();
        await LookAsync(seconds: 0);
        Assert.That(await gate.TasksAsync(), Is.Empty);
    }

    [Test]
    public async Task A_look_that_was_broken_off_is_made_again()
    {
        await HideAsync();
        var path = Path(await RowAsync());
        using var stop = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        site.At[path] = async _ =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite);
        };
        gate.Gate.Time.Now += TimeSpan.FromSeconds(2);
        var broken = looks.WorkAsync(stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        Assert.That(async () => await broken, Throws.InstanceOf<OperationCanceledException>());
        await DeliverAsync();
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Waiting));

        await LookAsync(seconds: 1);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Waiting), "somebody may still be looking");
        await LookAsync(seconds: 300);
        await LookAsync(seconds: 60);
        Assert.That(await gate.TasksAsync(), Is.Empty);
    }

    [Test]
    public async Task Two_processes_that_look_at_once_look_once()
    {
        await HideAsync();
        gate.Gate.Time.Now += TimeSpan.FromSeconds(2);
        await looks.WorkAsync(default);
        var row = await RowAsync();
        Assert.That((row.Looks, site.Asked.Count), Is.EqualTo((1, 1)));
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            await db.PostedAddresses.ExecuteUpdateAsync(set => set.SetProperty(one => one.DueAt, gate.Gate.Time.Now));
        }

        await Task.WhenAll(looks.WorkAsync(default), looks.WorkAsync(default));
        Assert.That((await RowAsync()).Looks, Is.EqualTo(2));
    }

    [Test]
    public async Task A_picture_that_is_released_again_is_not_looked_for()
    {
        // A no that a later yes of the same guardian had ended already.
        await ReleaseAsync();
        await gate.AnswerAsync("p2", date: new(2024, 1, 1));
        await gate.FollowAsync();
        Assert.That((await gate.TasksAsync(alsoEnded: true)).Single().EndedBy, Is.EqualTo(TakeDown.ReleasedAgain));
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        Assert.That(await RowsAsync(), Is.Empty);
        Assert.That(site.Asked, Is.Empty);
    }

    private async Task ReleaseAsync(string channel = "website")
    {
        var released = await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Channel = channel, Situation = "group" });
        Assert.That(released.Outcome, Is.EqualTo(PublicationGate.Rules.Outcome.Approved));
        // As the watch does beside its workers: what leaves is the stored copy.
        using var data = new TemporaryFolder();
        var copies = new CopyMaking(
            new(gate.Gate.Database, gate.Store, gate.Queue, new(gate.Gate.Time), new(Some.Protocol), gate.Gate.Time, "test"), gate.Gate.Services.GetRequiredService<CopyMaker>(),
            CertificateSigner.In(data.Path, new(), new AuditTrail(gate.Gate.Time), gate.Gate.Time));
        await copies.MakeAsync(default);
        await DeliverAsync();
    }

    // Posted, and then hidden by a no; nothing is taken down yet.
    private async Task HideAsync(string channel = "website")
    {
        await ReleaseAsync(channel);
        await gate.AnswerAsync("p2");
        await gate.FollowAsync();
        await looks.WorkAsync(default);
        Assert.That((await RowsAsync()).Select(row => row.State).Distinct(), Is.EqualTo(new[] { AddressState.Waiting }));
    }

    private Task DeliverAsync() => Publishing.Outbox.ReleasedPhotos.DeliverAllAsync(delivery);

    private async Task LookAsync(double seconds)
    {
        gate.Gate.Time.Now += TimeSpan.FromSeconds(seconds);
        await looks.WorkAsync(default);
    }

    private async Task<bool> AddAsync(string address, long takeDown = 1)
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        var added = await new PostedAddresses(new AuditTrail(gate.Gate.Time), gate.Gate.Time).AddAddressAsync(db, takeDown, address, AddressFrom.Person, "account-2", default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return added;
    }

    private async Task<PostedAddress> RowAsync() => (await RowsAsync())[0];

    private async Task<List<PostedAddress>> RowsAsync()
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        return await db.PostedAddresses.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    private string Path(PostedAddress row) => row.Address[site.Address.Length..];

    private static byte[] Scaled(byte[] whole, int longSide) => CleanCopy.Of(Photos.Decoder, whole, new() { LongSide = longSide, Format = CopyFormat.Jpeg, Quality = 70 }).Bytes.ToArray();

    // As sites make thumbnails: the middle, as wide as high.
    private static byte[] Square(byte[] whole)
    {
        using var image = Photos.Decoder.Open(whole, default);
        using var pixels = image.DecodeFrames(image.ReadHeader(), 10_000, () => { }).First();
        using var square = pixels.Tilted((pixels.Width - pixels.Height) / 2, 0, pixels.Height, pixels.Height, 0, 0.8f);
        return CleanCopy.Of(square, new() { Format = CopyFormat.Jpeg }, mayBeADrawing: false).Bytes.ToArray();
    }
}
