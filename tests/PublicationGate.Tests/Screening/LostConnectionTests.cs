using Microsoft.EntityFrameworkCore;
using Npgsql;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

/// <summary>A real PostgreSQL server that goes away while photos are screened, and comes back.</summary>
public class LostConnectionTests
{
    private const int Photos = 120;
    private static readonly byte[] Photo = Pictures.Png(200, 100, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)99, 200 * 100)]);
    private PostgresServer server = null!;
    private TestGate gate = null!;

    [SetUp]
    public async Task Open()
    {
        server = new PostgresServer();
        var twoFaces = FakeDetector.SeesInPhotoOf(200, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f));
        gate = await TestGate.OpenAsync(twoFaces, DatabaseKind.Postgres, server);
    }

    [TearDown]
    public async Task Close()
    {
        if (gate is not null)
        {
            await gate.DisposeAsync();
        }

        server?.Dispose();
    }

    [Test]
    public async Task A_server_that_crashes_in_the_middle_loses_nothing()
    {
        using var screened = new SemaphoreSlim(0);
        var screening = ScreenAllAsync(screened);
        await WaitForAsync(screened, Photos / 4);
        server.Crash();
        await Task.Delay(1500);
        Assert.That(screening.IsCompleted, Is.False, "it waits");
        server.Start();
        await AssertAllAreKeptAsync(await screening);
    }

    [Test]
    public async Task Connections_that_are_cut_again_and_again_lose_nothing()
    {
        using var screened = new SemaphoreSlim(0);
        var screening = ScreenAllAsync(screened);
        await using var administrator = new NpgsqlConnection(server.Connection() + ";Pooling=false");
        await administrator.OpenAsync();
        for (var cut = 0; cut < 10; cut++)
        {
            await WaitForAsync(screened, Photos / 20);
            await using var command = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'publication-gate'", administrator);
            await command.ExecuteNonQueryAsync();
        }

        await AssertAllAreKeptAsync(await screening);
    }

    [Test]
    public async Task An_import_that_is_cut_off_leaves_the_register_as_it_was()
    {
        using var place = new TestDatabase(DatabaseKind.Postgres, server);
        var register = new ConsentRegister(await place.OpenMigratedAsync(), TimeProvider.System);
        await register.ImportAsync(new RegisterContent([Child("p0")], [], []), default);

        // The server is gone while the rows are being handed over.
        IEnumerable<Pupil> crashing = Enumerable.Range(1, 20_000).Select(i =>
        {
            if (i == 10_000)
            {
                server.Crash();
            }

            return Child($"p{i}");
        });
        Assert.That(() => register.ImportAsync(new RegisterContent(new Streamed(crashing), [], []), default), Throws.Exception);
        server.Start();
        Assert.That((await register.NamesAsync(default)).Select(name => name.Key), Is.EqualTo(new[] { "p0" }));
    }

    private Task<Verdict[]> ScreenAllAsync(SemaphoreSlim screened)
    {
        var next = -1;
        var verdicts = new Verdict[Photos];
        return Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var at = Interlocked.Increment(ref next); at < Photos; at = Interlocked.Increment(ref next))
            {
                verdicts[at] = await gate.ScreenAsync(Photo, TestGate.TwoPupils, $"dag{at}.jpg");
                screened.Release();
            }
        }))).ContinueWith(all => all.IsFaulted ? throw all.Exception : verdicts, TaskScheduler.Default);
    }

    // Each photo has its verdict, kept once: an approval where the registers could be asked, a hold where one could not.
    private async Task AssertAllAreKeptAsync(Verdict[] verdicts)
    {
        await using var db = gate.Database.CreateDbContext();
        var stored = await db.Verdicts.AsNoTracking().ToListAsync();
        Assert.That(verdicts, Has.All.Not.Null);
        Assert.That(stored.Select(verdict => verdict.Id), Is.SupersetOf(verdicts.Select(verdict => verdict.Id)));
        Assert.That(verdicts.Select(verdict => verdict.Outcome), Is.EqualTo(verdicts.Select(verdict => verdict.Facts is { Consent.Known: true, Wording.Known: true, Recordings.Known: true, TakenBack.Known: true } ? Outcome.Approved : Outcome.Held)));
        Assert.That(stored.Where(verdict => verdict.Outcome == Outcome.Approved).GroupBy(verdict => verdict.FileName).Where(same => same.Count() > 1), Is.Empty);
        Assert.That((await gate.ScreenAsync(Photo, TestGate.TwoPupils, "later.jpg")).Outcome, Is.EqualTo(Outcome.Approved), "and it goes on");
        TestContext.Out.WriteLine($"{verdicts.Count(verdict => verdict.Outcome == Outcome.Held)} of {verdicts.Length} held");
    }

    private static async Task WaitForAsync(SemaphoreSlim screened, int photos)
    {
        for (; photos > 0; photos--)
        {
            Assert.That(await screened.WaitAsync(TimeSpan.FromMinutes(1)), "screening stands still");
        }
    }

    private static Pupil Child(string key) => new() { Key = key, FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5" };

    /// <summary>A list that makes its items while it is read.</summary>
    private sealed class Streamed(IEnumerable<Pupil> pupils) : IReadOnlyList<Pupil>
    {
        public int Count => throw new NotSupportedException();

        public Pupil this[int index] => throw new NotSupportedException();

        public IEnumerator<Pupil> GetEnumerator() => pupils.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
