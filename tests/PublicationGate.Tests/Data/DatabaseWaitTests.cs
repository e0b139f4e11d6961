using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PublicationGate.Data;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Data;

public class DatabaseWaitTests
{
    private static readonly SocketException Refused = new((int)SocketError.ConnectionRefused);
    private readonly List<Text> told = [];
    private int tries;

    [SetUp]
    public void Reset() => (tries, _) = (0, told.RemoveAll(_ => true));

    private static IEnumerable<TestCaseData> Passing()
    {
        yield return new TestCaseData(Refused).SetArgDisplayNames("refused");
        yield return new TestCaseData(new NpgsqlException("read", new IOException("reset"))).SetArgDisplayNames("connection lost");
        yield return new TestCaseData(new InvalidOperationException("likely due to a transient failure", new DbUpdateException("save", new NpgsqlException("read", new IOException())))).SetArgDisplayNames("as EF wraps it");
        yield return new TestCaseData(new SqliteException("busy", 5)).SetArgDisplayNames("SQLite busy");
        foreach (var state in new[] { "57P01", "57P02", "57P03", "08006", "53300", "53100", "40001", "40P01", "25006" })
        {
            yield return new TestCaseData(new PostgresException("m", "FATAL", "FATAL", state)).SetArgDisplayNames(state);
        }
    }

    private static IEnumerable<Exception> Lasting() =>
        [new PostgresException("m", "ERROR", "ERROR", "23505"), new PostgresException("m", "FATAL", "FATAL", "28P01"), new SqliteException("file is not a database", 26), new InvalidOperationException(), new OperationCanceledException()];

    [TestCaseSource(nameof(Passing))]
    public async Task Does_the_work_again_when_that_may_help(Exception failure)
    {
        var done = await Wait(TimeSpan.FromMinutes(1)).OutliveAsync(() => ++tries < 3 ? throw failure : Task.FromResult("done"), default);
        Assert.That((done, tries), Is.EqualTo(("done", 3)));
    }

    [TestCaseSource(nameof(Lasting))]
    public void Does_not_do_it_again_when_that_cannot_help(Exception failure)
    {
        Assert.That(() => Wait(TimeSpan.FromMinutes(1)).OutliveAsync(Failing(failure), default), Throws.InstanceOf(failure.GetType()));
        Assert.That((tries, told.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Who_does_not_want_to_wait_hears_at_once_what_is_wrong()
    {
        var failure = (await Assert.ThrowsAsync<GateDatabaseException>(() => Wait(TimeSpan.Zero).OutliveAsync(Failing(Refused), default)))!;
        Assert.That(failure.Reason.En, Does.StartWith("The database db:5432/gate (schema public) cannot be reached"));
        Assert.That((tries, told.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Gives_up_after_the_limit()
    {
        Assert.That(() => Wait(TimeSpan.FromMilliseconds(700)).OutliveAsync(Failing(Refused), default), Throws.TypeOf<GateDatabaseException>());
        Assert.That((tries, told.Count), Is.EqualTo((3, 1)), "it is said once, not with every try");
    }

    [Test]
    public void A_service_waits_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Assert.That(() => Wait(Timeout.InfiniteTimeSpan).OutliveAsync(Failing(Refused), stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(tries, Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task Waits_for_a_server_that_is_started_later()
    {
        using var server = new PostgresServer();
        server.Crash();
        using var database = PostgresGateDatabase.At(server.NewSchema());
        var waiting = Task.Run(() => new DatabaseWait(database.Place, TimeSpan.FromMinutes(1), told.Add, TimeProvider.System).OutliveAsync(() => database.MigrateAsync(default), default));
        await Task.Delay(1200);
        Assert.That(waiting.IsCompleted, Is.False);
        server.Start();
        await waiting;
        Assert.That(told[0].Nl, Does.Contain("de poort wacht erop"));
    }

    private DatabaseWait Wait(TimeSpan limit) => new("db:5432/gate (schema public)", limit, told.Add, TimeProvider.System);

    private Func<Task<string>> Failing(Exception failure) => () =>
    {
        tries++;
        throw failure;
    };
}
