using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Consent;

public class ConsentLookupTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConsentFacts Answered = new() { NotFound = ["Kees"] };
    private readonly Messages log = new();
    private int tries;

    [SetUp]
    public void Reset()
    {
        tries = 0;
        log.Clear();
    }

    [Test]
    public async Task Passes_on_what_the_register_says()
    {
        Assert.That(await LookUpAsync(_ => Task.FromResult(Answered)), Is.SameAs(Answered));
        Assert.That(log, Is.Empty);
    }

    [TestCase(5)]
    [TestCase(6)]
    public async Task Asks_again_when_the_register_is_busy_or_locked(int code)
    {
        var facts = await LookUpAsync(_ => tries < 3 ? throw new SqliteException("busy", code) : Task.FromResult(Answered));
        Assert.That(facts, Is.SameAs(Answered));
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public async Task Says_that_it_does_not_know_when_asking_again_does_not_help()
    {
        var facts = await LookUpAsync(_ => throw new SqliteException("Zoë Proef", 5));
        Assert.That(facts.Known, Is.False);
        Assert.That(tries, Is.EqualTo(3));
        Assert.That(log, Has.Count.EqualTo(1).And.None.Contains("Zoë"));
    }

    [Test]
    public async Task Does_not_ask_again_when_that_cannot_help()
    {
        var facts = await LookUpAsync(_ => throw new SqliteException("file is not a database", 26));
        Assert.That(facts.Known, Is.False);
        Assert.That(tries, Is.EqualTo(1));
    }

    [Test]
    public async Task Leaves_a_register_behind_that_blocks_its_thread()
    {
        using var stuck = new ManualResetEventSlim();
        var facts = await LookUpAsync(_ =>
        {
            stuck.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
            return Task.FromResult(Answered);
        });
        stuck.Set();
        Assert.That(facts.Known, Is.False);
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public async Task A_stop_inside_the_register_that_nobody_asked_for_is_not_known()
    {
        var facts = await LookUpAsync(_ => throw new OperationCanceledException());
        Assert.That(facts.Known, Is.False);
    }

    [Test]
    public void Cancelling_is_cancelling_and_not_a_register_that_does_not_know()
    {
        using var cancel = new CancellationTokenSource();
        Assert.That(
            () => LookUpAsync(
                async token =>
                {
                    await cancel.CancelAsync();
                    await Task.Delay(TimeSpan.FromSeconds(20), token);
                    return Answered;
                },
                cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Cancelling_counts_also_when_the_register_fails_of_it()
    {
        using var cancel = new CancellationTokenSource();
        Assert.That(
            () => LookUpAsync(
                _ =>
                {
                    cancel.Cancel();
                    throw new SqliteException("interrupted", 9);
                },
                cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(log, Is.Empty);
    }

    private Task<ConsentFacts> LookUpAsync(Func<CancellationToken, Task<ConsentFacts>> register, CancellationToken cancellationToken = default)
    {
        var options = new ConsentLookupOptions { TryTimeout = TimeSpan.FromMilliseconds(200), RetryPause = TimeSpan.FromMilliseconds(1) };
        var lookup = new ConsentLookup(
            (_, _, token) =>
            {
                Interlocked.Increment(ref tries);
                return register(token);
            },
            options,
            TimeProvider.System,
            log);
        return lookup.LookUpAsync(new Declaration { People = ["Zoë Proef"] }, Today, cancellationToken);
    }

    private sealed class Messages : List<string>, ILogger<ConsentLookup>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception) + exception);
    }
}
