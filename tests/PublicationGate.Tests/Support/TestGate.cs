using MediatR;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Recordings;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Support;

/// <summary>The whole gate as it is registered: verdicts in one database, a register of two pupils in another or in the same, a detector of the test's.</summary>
internal sealed class TestGate : IAsyncDisposable
{
    private readonly TestDatabase verdicts;
    private readonly TestDatabase pupils;
    private readonly TemporaryFolder originals = new();
    private ServiceProvider services = null!;

    private TestGate(DatabaseKind kind, PostgresServer? server) => (verdicts, pupils) = (new(kind, server), new(kind, server));

    public static Declaration TwoPupils { get; } = new() { People = ["p1", "p2"], Origin = "school-camera" };

    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));

    public GateDatabase Database { get; private set; } = null!;

    public static Task<TestGate> OpenAsync(
        IFaceDetector detector, DatabaseKind kind = DatabaseKind.Sqlite, PostgresServer? server = null, SubmissionOptions? submissions = null, bool isOneDatabase = false, OutputList? outputs = null) =>
        OpenAsync(() => new FaceCounter([new FaceModel(RealModel.Manifest, detector)]), kind, server, submissions, isOneDatabase, outputs);

    public static async Task<TestGate> OpenAsync(
        Func<FaceCounter> faces, DatabaseKind kind = DatabaseKind.Sqlite, PostgresServer? server = null, SubmissionOptions? submissions = null, bool isOneDatabase = false, OutputList? outputs = null)
    {
        var gate = new TestGate(kind, server);
        gate.Database = await gate.verdicts.OpenMigratedAsync();
        var register = isOneDatabase ? gate.Database : await gate.pupils.OpenMigratedAsync();
        await new ConsentRegister(register, gate.Time).ImportAsync(new RegisterContent([Child("p1"), Child("p2")], [Yes("p1"), Yes("p2")], []), default);
        gate.services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(gate.Time)
            .AddPublicationGate(new GateSetup(gate.Database, register, Some.Protocol, faces, new DatabaseWait(gate.Database.Place, TimeSpan.FromSeconds(30), _ => { }, TimeProvider.System))
            {
                Originals = () => new ContentStore(gate.originals["store"], new()),
                Submissions = submissions ?? new(),
                Outputs = outputs ?? OutputList.None,
            }).BuildServiceProvider();
        return gate;
    }

    /// <summary>The gate's services.</summary>
    public IServiceProvider Services => services;

    /// <summary>Folder of the store of originals.</summary>
    public string StoreFolder => originals["store"];

    /// <summary>Sends a request in a scope of its own, as every entrance does.</summary>
    public async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<Verdict> ScreenAsync(byte[] content, Declaration declaration, string name = "dag.jpg")
    {
        using var stream = new MemoryStream(content);
        using var file = await MediaFile.ReadAsync(stream, name, new(), default);
        return await SendAsync(new ScreenSubmission(file, declaration));
    }

    /// <summary>Locks a file to a purpose, on the day of the clock.</summary>
    public async Task<Recording> RecordAsync(byte[] content, RecordingDraft draft, PictureHash? hash)
    {
        using var stream = new MemoryStream(content);
        using var file = await MediaFile.ReadAsync(stream, "opname.png", new(), default);
        return await services.GetRequiredService<RecordingRegister>().AddAsync(draft, file, hash, default);
    }

    /// <summary>Takes the register away, as a broken disk does.</summary>
    public void LoseRegister() => pupils.Lose();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        verdicts.Dispose();
        originals.Dispose();
        pupils.Dispose();
    }

    private static Pupil Child(string key) => new() { Key = key, FirstName = "Noor" + key, Prefix = "", Surname = "Proef", Group = "groep 5" };

    private static Answer Yes(string key) =>
        new() { PupilKey = key, Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = true, Date = new(2025, 9, 1), GivenBy = "ouder" };
}
