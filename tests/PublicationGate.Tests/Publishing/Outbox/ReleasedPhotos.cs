using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;

namespace PublicationGate.Tests.Publishing.Outbox;

/// <summary>A gate in which photos are submitted, released and withdrawn by the ways that people take, and what its outbox then holds.</summary>
internal sealed class ReleasedPhotos : IAsyncDisposable
{
    private readonly TestGate gate;
    private readonly TemporaryFolder data = new();
    private int submitted;

    private ReleasedPhotos(TestGate gate) => this.gate = gate;

    public TestGate Gate => gate;

    public FixedTime Time => gate.Time;

    public OutboxActs Acts => gate.Services.GetRequiredService<OutboxActs>();

    public OutboxOptions Options { get; init; } = new() { QuickTries = 0, FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(60), MostAttempts = 3, BreaksAfter = 1000 };

    public static async Task<ReleasedPhotos> OpenAsync(DatabaseKind kind, params string[] outputs) => new(await TestGate.OpenAsync(
        FakeDetector.SeesInPhotoOf(200, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f)), kind,
        outputs: new([.. outputs.Select(name => new OutputSettings { Name = name, Channels = ["*"] })], new Dictionary<string, string>())));

    /// <summary>A queue as another process would open it.</summary>
    public OutboxQueue Queue(OutboxOptions? options = null) => new(gate.Database, new AuditTrail(gate.Time), options ?? Options, gate.Time);

    /// <summary>Deliveries to an output as another process would make them.</summary>
    public OutboxDelivery Delivery(IOutput output, OutboxOptions? options = null) => new(output, Queue(options), gate.Database, gate.Services.GetRequiredService<PublishedCopies>(), gate.Time);

    /// <summary>Makes the copies of releases and issues their certificates, as the watch does beside its workers.</summary>
    public CopyMaking Copies => field ??= new(
        new(gate.Database, Store, gate.Services.GetRequiredService<ScreeningQueue>(), gate.Services.GetRequiredService<AuditTrail>(), new(Some.Protocol), gate.Time, "test"),
        gate.Services.GetRequiredService<CopyMaker>(), CertificateSigner.In(data.Path, new(), new AuditTrail(gate.Time), gate.Time));

    public IContentStore Store => gate.Services.GetRequiredService<IContentStore>();

    /// <summary>Whether copies are made as soon as something is released.</summary>
    public bool MakesCopies { get; set; } = true;

    /// <summary>Submits a photo of two pupils with every permission; it is released.</summary>
    public async Task<Submission> ReleaseAsync()
    {
        var number = Interlocked.Increment(ref submitted);
        // Bytes of its own, outside the faces: a refusal stays with them.
        using var content = new MemoryStream(Pictures.Png(200, 100, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)99, (200 * 100) - 2), (byte)number, (byte)(number >> 8)]));
        var declaration = TestGate.TwoPupils with { Title = "Sportdag", Caption = $"Rondje {number}", Alt = "Twee kinderen rennen" };
        var submission = await gate.SendAsync(new SubmitPhoto(await Store.AddAsync(content, default), "dag.png", declaration, SubmissionSource.Page, "account-1"));
        await DecideAsync();
        return await ReadAsync(submission.Id);
    }

    /// <summary>A reviewer refuses it, so that its release is withdrawn.</summary>
    public Task<Submission> WithdrawAsync(Submission submission) => StepAsync(submission, new ReviewStep.Refuse("Toch niet"));

    /// <summary>A step of a reviewer; what follows from it is decided unless that is left open.</summary>
    public async Task<Submission> StepAsync(Submission submission, ReviewStep step, bool decides = true)
    {
        await gate.SendAsync(new ReviewSubmission(submission.Id, "account-2", (await ReadAsync(submission.Id)).VerdictId, step));
        if (decides)
        {
            await DecideAsync();
        }

        return await ReadAsync(submission.Id);
    }

    /// <summary>As the workers do, until nothing is left.</summary>
    public async Task DecideAsync()
    {
        var queue = gate.Services.GetRequiredService<ScreeningQueue>();
        while (await queue.ClaimAsync("test", Store.Id, Some.Protocol.Version, 1, default) is [var claim])
        {
            await gate.SendAsync(new ScreenQueuedItem(claim));
        }

        while (MakesCopies && await Copies.MakeAsync(default) > 0)
        {
        }
    }

    /// <summary>Delivers what is due.</summary>
    public static async Task DeliverAllAsync(OutboxDelivery delivery)
    {
        while (await delivery.DeliverNextAsync("p/1", default))
        {
        }
    }

    /// <summary>All events, as "kind state attempts".</summary>
    public async Task<List<string>> EventsAsync() => [.. (await Acts.ListAsync(all: true, default)).Select(row => $"{row.Kind} {row.State} {row.Attempts}")];

    public async Task<List<Release>> ReleasesAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Releases.AsNoTracking().OrderBy(release => release.Id).ToListAsync();
    }

    public async Task<Submission> ReadAsync(string id)
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Submissions.AsNoTracking().SingleAsync(submission => submission.Id == id);
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        data.Dispose();
    }
}

/// <summary>An output that notes what it is told and does what a test says.</summary>
internal sealed class NotingOutput(string name = "site") : IOutput
{
    /// <summary>What it was told, as keys; those that failed as well.</summary>
    public List<string> Told { get; } = [];

    /// <summary>What happens at each call, before it is noted as done.</summary>
    public Func<string, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public List<Publication> Published { get; } = [];

    public List<TakeDown> TakenDown { get; } = [];

    public string Name => name;

    public async Task<RemoteCopy> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        Told.Add(publication.Key);
        await Answer(publication.Key);
        Published.Add(publication);
        return new() { Id = "remote-" + publication.ReleaseId, Addresses = ["https://school.example/" + publication.FileName] };
    }

    public async Task TakeDownAsync(TakeDown takeDown, CancellationToken cancellationToken)
    {
        Told.Add(takeDown.Key);
        await Answer(takeDown.Key);
        TakenDown.Add(takeDown);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
