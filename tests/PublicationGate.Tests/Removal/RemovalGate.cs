using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Removal;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal;

/// <summary>A gate with its register in the same database, and the workers' steps by hand.</summary>
internal sealed class RemovalGate(TestGate gate) : IAsyncDisposable
{
    private const int MostPasses = 200;

    public TestGate Gate => gate;

    public ScreeningQueue Queue { get; } = gate.Services.GetRequiredService<ScreeningQueue>();

    public IContentStore Store { get; } = gate.Services.GetRequiredService<IContentStore>();

    public ConsentRegister Register { get; } = gate.Services.GetRequiredService<ConsentRegister>();

    public static async Task<RemovalGate> OpenAsync(DatabaseKind kind, params FaceBox[] faces) => new(await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, faces), kind, isOneDatabase: true));

    public async Task<Submission> SubmitAsync(byte[] content, Declaration declaration, string name = "dag.png")
    {
        using var stream = new MemoryStream(content);
        var submission = await gate.SendAsync(new SubmitPhoto(await Store.AddAsync(stream, default), name, declaration, SubmissionSource.Page, "account-1"));
        await DecideAsync();
        return await ReadAsync(submission.Id);
    }

    public Task<bool> AnswerAsync(string pupil, bool isYes = false, string channel = "*", MediaKind media = MediaKind.Photo, DateOnly? date = null, ConsentScope scope = ConsentScope.Group) => Register.AnswerAsync(
        new Answer { PupilKey = pupil, Channel = channel, Kind = media, Scope = scope, IsYes = isYes, Date = date ?? new(2026, 3, 30), GivenBy = "ouder" }, default);

    /// <summary>As the watch does, until nothing is left.</summary>
    public async Task FollowAsync()
    {
        await using (var scope = gate.Services.CreateAsyncScope())
        {
            while (await scope.ServiceProvider.GetRequiredService<HiddenReleases>().FollowAsync(default) > 0)
            {
            }
        }

        await DecideAsync();
    }

    public async Task<int> LookAtTodayAsync()
    {
        await using var scope = gate.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConsentToday>().HideOutdatedAsync(Some.Protocol.ConsentTerms(), default);
    }

    public async Task DecideAsync()
    {
        for (var pass = 0; pass < MostPasses && await Queue.ClaimAsync("test", Store.Id, Some.Protocol.Version, 1, default) is [var claim]; pass++)
        {
            await gate.SendAsync(new ScreenQueuedItem(claim));
        }
    }

    public async Task<Submission> ReadAsync(string id)
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Submissions.AsNoTracking().SingleAsync(submission => submission.Id == id);
    }

    public async Task<List<Release>> StandingAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Releases.AsNoTracking().Where(release => release.WithdrawnAt == null).ToListAsync();
    }

    public async Task<List<RemovalTask>> TasksAsync(bool alsoEnded = false)
    {
        await using var db = gate.Database.CreateDbContext();
        return await RemovalTask.ListAsync(db, alsoEnded, default);
    }

    public ValueTask DisposeAsync() => gate.DisposeAsync();
}
