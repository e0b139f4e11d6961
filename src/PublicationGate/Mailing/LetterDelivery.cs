using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using PublicationGate.Data;
using PublicationGate.Links;

namespace PublicationGate.Mailing;

/// <summary>Sends letters, one after the other: what became of each is in its row before the next begins.</summary>
internal sealed class LetterDelivery : IDisposable
{
    // As Polly measures failures: half of all attempts within this time.
    private static readonly TimeSpan Sampled = TimeSpan.FromMinutes(1);

    private readonly MailServer server;
    private readonly LetterQueue queue;
    private readonly GateDatabase database;
    private readonly PublicAddress address;
    private readonly TimeProvider time;
    private readonly IReadOnlyDictionary<string, Text> sentences;
    private readonly ResiliencePipeline pipeline;

    /// <param name="settings">The mail server.</param>
    /// <param name="queue">What waits.</param>
    /// <param name="database">Where links are kept.</param>
    /// <param name="address">What links begin with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sentences">The sentences of all letters; null for the gate's.</param>
    public LetterDelivery(MailSettings settings, LetterQueue queue, GateDatabase database, PublicAddress address, TimeProvider time, IReadOnlyDictionary<string, Text>? sentences = null)
    {
        this.sentences = sentences ?? Texts.Entries;
        (server, this.queue, this.database, this.address, this.time) = (new MailServer(settings), queue, database, address, time);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (queue.Options.QuickTries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = queue.Options.QuickTries, Delay = queue.Options.QuickPause, BackoffType = DelayBackoffType.Exponential, UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<MailException>(failure => failure.IsBrokenConnection),
            });
        }

        pipeline = builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5, MinimumThroughput = queue.Options.BreaksAfter, SamplingDuration = Sampled, BreakDuration = queue.Options.BreakFor,
            ShouldHandle = new PredicateBuilder().Handle<MailException>(failure => failure.IsOfServer),
        }).Build();
    }

    /// <summary>Sends the next letter, if there is one; else hangs up.</summary>
    /// <param name="owner">This process.</param>
    /// <param name="cancellationToken">Ends it: a letter under way gets a moment to go, or is sent again with the same Message-ID.</param>
    /// <returns>Whether there was one that could be tried.</returns>
    public async Task<bool> SendNextAsync(string owner, CancellationToken cancellationToken)
    {
        if (await queue.ClaimAsync(owner, cancellationToken) is not { } letter)
        {
            await server.CloseAsync();
            return false;
        }

        MailException? last = null;
        try
        {
            var isSent = await pipeline.ExecuteAsync(async token =>
            {
                try
                {
                    return await SendAsync(letter, token);
                }
                catch (MailException failure)
                {
                    last = failure;
                    throw;
                }
            }, cancellationToken);
            if (!isSent)
            {
                await queue.DropAsync(letter, cancellationToken);
                return true;
            }

            // Sent is sent: who stops the gate now must not have it sent again.
            await queue.SentAsync(letter, CancellationToken.None);
            Count("sent");
            return true;
        }
        catch (BrokenCircuitException) when (last is null)
        {
            // Left alone for a while; nothing was tried.
            await queue.ReleaseAsync(letter, queue.Options.BreakFor / 2, cancellationToken);
            return false;
        }
        catch (Exception failure) when (failure is MailException or BrokenCircuitException || IsOfLetter(failure))
        {
            Count("failed");
            await queue.FailAsync(letter, failure as MailException ?? (failure is BrokenCircuitException ? last! : new MailException("broken", failure)), CancellationToken.None);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    // What a single letter breaks, such as one that an earlier version wrote: not the database, which fails them all.
    private static bool IsOfLetter(Exception failure) =>
        failure is not (OperationCanceledException or System.Data.Common.DbException or DbUpdateException or GateDatabaseException) && !DatabaseFailure.IsPassing(failure);

    private static void Count(string result) => GateMetrics.Letters.Add(1, new KeyValuePair<string, object?>("result", result));

    // False for a letter that must not go any more.
    private async Task<bool> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        // Whether it has words is seen before a token is made for it.
        LetterText.Of(letter, letter.Link is null ? null : "https://…", sentences);
        await server.OpenAsync(cancellationToken);
        var (row, link) = await MakeLinkAsync(letter, cancellationToken);
        if (letter.Link is not null && row is null)
        {
            return false;
        }

        try
        {
            var (subject, body) = LetterText.Of(letter, link, sentences);
            await server.SendAsync(LetterMessage.Of(letter, subject, body, server.Settings, time.GetUtcNow()), cancellationToken);
            return true;
        }
        catch (MailException failure) when (row is not null && (failure.IsAnswer || failure.IsLasting))
        {
            // Nobody got it. Where that is not certain the link holds: it may be in somebody's hands.
            await using var db = database.CreateDbContext();
            await db.AccessLinks.Where(one => one.Id == row.Id).ExecuteDeleteAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task<(AccessLink? Row, string? Link)> MakeLinkAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (letter.Link is null)
        {
            return default;
        }

        var draft = LinkDraft.Read(letter.Link);
        var (row, token) = AccessLink.Make(draft, time.GetUtcNow());
        await using var db = database.CreateDbContext();
        // In line with who ends links: what they drop meanwhile gets none, and what got one they find.
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (!await LetterQueue.IsToGoAsync(db, letter, draft.GuardianId, cancellationToken))
        {
            return default;
        }

        db.AccessLinks.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (row, address.Of(AccessLink.PathOf(draft.Purpose, token)) ?? throw new MailException("no-address") { IsOfServer = true });
    }
}
