using Microsoft.Extensions.Logging;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;

namespace PublicationGate.Tests.Watching;

/// <summary>What goes on after a failure, and who hears of it.</summary>
public class WatchPartsTests
{
    [Test]
    public async Task Work_that_fails_for_a_reason_nobody_foresaw_is_told_and_done_again()
    {
        var log = new Lines();
        var watch = Watch(log);
        using var stop = new CancellationTokenSource();
        var told = new List<string>();
        var rounds = 0;
        var worker = watch.RepeatAsync("letters", async () =>
        {
            told.AddRange(watch.Readiness.Problems.Select(problem => problem.En));
            if (++rounds == 1)
            {
                throw new InvalidOperationException("ouder@voorbeeld.example");
            }

            await Task.Yield();
        }, TimeSpan.FromMilliseconds(10), stop.Token);
        Assert.That(() => rounds, Is.GreaterThan(2).After(10_000, 20));
        Assert.That(told, Is.EqualTo(new[] { Texts.Get("watch.failed", ("part", Texts.Get("watch.part.letters")), ("detail", nameof(InvalidOperationException))).En }));
        Assert.That(watch.Readiness.IsReady, Is.True, "it works again");
        Assert.That(log.Written, Has.Count.EqualTo(1).And.All.Contains("letters").And.All.Contains(nameof(InvalidOperationException)).And.All.Not.Contains("ouder"));
        await stop.CancelAsync();
        await worker;
    }

    [Test]
    public async Task Somebody_elses_cancellation_ends_no_worker()
    {
        var watch = Watch(new Lines());
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var worker = watch.RepeatAsync("outputs", () => ++rounds == 1 ? throw new TaskCanceledException() : Task.CompletedTask, TimeSpan.FromMilliseconds(10), stop.Token, "site");
        Assert.That(() => rounds, Is.GreaterThan(1).After(10_000, 20));
        await stop.CancelAsync();
        await worker;
    }

    [Test]
    public async Task What_fails_again_and_again_is_logged_once_and_stays_told()
    {
        var log = new Lines();
        var watch = Watch(log);
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var worker = watch.RepeatAsync("outputs", () => ++rounds > 0 ? throw new InvalidOperationException() : Task.CompletedTask, TimeSpan.Zero, stop.Token, "site");
        await watch.RepeatAsync("outputs", () => rounds > 1 ? stop.CancelAsync() : Task.Delay(20), TimeSpan.Zero, stop.Token, "newsletter");
        await worker;
        Assert.That(log.Written, Has.Count.EqualTo(1).And.All.Contains("site"));
        Assert.That(watch.Readiness.Problems, Has.Count.EqualTo(1), "another output that works says nothing of this one");
    }

    // None of what is given here reaches a database.
    private static WatchParts Watch(ILogger log) => new(null!, null!, null!, null!, new ProtocolInUse(Some.Protocol), TimeProvider.System, "test") { Log = log };

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
