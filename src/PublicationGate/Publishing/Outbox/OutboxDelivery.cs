using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Screening;
using Outcome = PublicationGate.Rules.Outcome;

namespace PublicationGate.Publishing.Outbox;

/// <summary>Delivers events to one output, one after the other: what became of each is in its row before the next begins.</summary>
internal sealed class OutboxDelivery
{
    // As Polly measures failures: half of all calls within this time.
    private static readonly TimeSpan Sampled = TimeSpan.FromMinutes(1);

    private readonly IOutput output;
    private readonly OutboxQueue queue;
    private readonly GateDatabase database;
    private readonly PublishedCopies copies;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline pipeline;

    public OutboxDelivery(IOutput output, OutboxQueue queue, GateDatabase database, PublishedCopies copies, TimeProvider time)
    {
        (this.output, this.queue, this.database, this.copies, this.time) = (output, queue, database, copies, time);
        var passing = new PredicateBuilder().Handle<OutputException>(failure => !failure.IsLasting && !failure.IsGone);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (queue.Options.QuickTries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = queue.Options.QuickTries, Delay = queue.Options.QuickPause, BackoffType = DelayBackoffType.Exponential, UseJitter = true,
                // A receiver that says when it wants to be asked again is not asked before.
                ShouldHandle = new PredicateBuilder().Handle<OutputException>(failure => !failure.IsLasting && !failure.IsGone && failure.RetryAfter is null),
            });
        }

        pipeline = builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5, MinimumThroughput = queue.Options.BreaksAfter, SamplingDuration = Sampled, BreakDuration = queue.Options.BreakFor, ShouldHandle = passing,
        }).Build();
    }

    /// <summary>Name of the output.</summary>
    public string Output => output.Name;

    /// <summary>Delivers the next event, if there is one.</summary>
    /// <param name="owner">This process.</param>
    /// <param name="cancellationToken">Ends it in the middle: the event is then tried again under the same key.</param>
    /// <returns>Whether there was one that could be tried.</returns>
    public async Task<bool> DeliverNextAsync(string owner, CancellationToken cancellationToken)
    {
        if (await queue.ClaimAsync(owner, output.Name, cancellationToken) is not { } claim)
        {
            return false;
        }

        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renew = RenewAsync(claim, renewing.Token);
        try
        {
            return await DeliverAsync(claim, cancellationToken);
        }
        finally
        {
            await renewing.CancelAsync();
            await renew;
        }
    }

    private async Task<bool> DeliverAsync(OutboxEvent claim, CancellationToken cancellationToken)
    {
        var kind = new KeyValuePair<string, object?>("kind", claim.Kind == OutboxEventKind.Publish ? "publish" : "take-down");
        OutputException? last = null;
        var wasSent = false;
        ValueTask<T> SendAsync<T>(Func<CancellationToken, Task<T>> send) => pipeline.ExecuteAsync(async token =>
        {
            wasSent = true;
            try
            {
                return await send(token);
            }
            catch (OutputException failure)
            {
                last = failure;
                throw;
            }
        }, cancellationToken);
        try
        {
            if (claim.Kind == OutboxEventKind.TakeDown)
            {
                var takeDown = await TakeDownAsync(claim, cancellationToken);
                await SendAsync(async token =>
                {
                    await output.TakeDownAsync(takeDown, token);
                    return true;
                });
                // Done is done: who stops the gate now must not have it sent again.
                await queue.DeliveredAsync(claim, null, CancellationToken.None);
            }
            else
            {
                if (await PublicationAsync(claim, cancellationToken) is not { } publication)
                {
                    return true;
                }

                var remote = await SendAsync(token => output.PublishAsync(publication, token));
                await queue.DeliveredAsync(claim, remote, CancellationToken.None);
            }

            GateMetrics.OutboxDeliveries.Add(1, kind, new("output", output.Name), new("result", "delivered"));
            return true;
        }
        catch (BrokenCircuitException) when (!wasSent)
        {
            // Left alone for a while; nothing was sent, so it is as if nobody had tried.
            await queue.ReleaseAsync(claim, queue.Options.BreakFor / 2, cancellationToken);
            return false;
        }
        catch (Exception failure) when (Failure(failure is BrokenCircuitException ? last! : failure) is { } known)
        {
            GateMetrics.OutboxDeliveries.Add(1, kind, new("output", output.Name), new("result", "failed"));
            await queue.FailAsync(claim, known, CancellationToken.None);
            return true;
        }
    }

    // What failed, for the row; null for what is no fault of this event: the database, the machine.
    private static OutputException? Failure(Exception failure) => failure switch
    {
        OutputException output => output,
        UnreadableVerdictException => new OutputException("no-verdict") { IsLasting = true },
        ContentStoreException store => new OutputException("store-" + store.Problem),
        OperationCanceledException => null,
        _ when DatabaseFailure.IsPassing(failure) || failure is System.Data.Common.DbException or DbUpdateException or GateDatabaseException or Imaging.Apart.DecoderUnavailableException => null,
        _ => new OutputException(failure.GetType().Name, failure),
    };

    // Null when it is not to be published, or not now; then the row says so already.
    private async Task<Publication?> PublicationAsync(OutboxEvent claim, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var found = await (
            from one in db.Releases.AsNoTracking()
            join submission in db.Submissions on one.SubmissionId equals submission.Id
            where one.Id == claim.ReleaseId
            select new { Release = one, submission.Outcome, submission.VerdictId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null or { Release.WithdrawnAt: not null })
        {
            await queue.OvertakenAsync(claim, cancellationToken);
            return null;
        }

        if (found.Outcome != Outcome.Approved || found.VerdictId != found.Release.VerdictId || await copies.FindAsync(found.Release, cancellationToken) is not { } copy)
        {
            // Screened anew at this moment, or without the copy that its certificate covers: nothing of it leaves until that is decided.
            await queue.ReleaseAsync(claim, queue.Options.LookEvery, cancellationToken);
            return null;
        }

        var (release, verdict) = (found.Release, await new VerdictStore(db, time).FindAsync(found.Release.VerdictId, cancellationToken));
        if (verdict is not { IsIntact: true, Verdict.Outcome: Outcome.Approved })
        {
            throw new OutputException("no-verdict") { IsLasting = true };
        }

        var declared = verdict.Verdict.Facts.Declaration;
        return new(claim.Key, release.Id, release.Channel, release.ReleasedAt, copy, new(declared.Title, declared.Caption, declared.Alt));
    }

    private async Task<TakeDown> TakeDownAsync(OutboxEvent claim, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var publish = await db.OutboxEvents.AsNoTracking().SingleOrDefaultAsync(row => row.ReleaseId == claim.ReleaseId && row.Output == claim.Output && row.Kind == OutboxEventKind.Publish, cancellationToken);
        return new(claim.Key, publish?.Key ?? "", claim.ReleaseId, RemoteCopy.Read(publish?.Remote));
    }

    private async Task RenewAsync(OutboxEvent claim, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(queue.Options.LeaseFor / 3, time, cancellationToken);
                await queue.RenewAsync(claim, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException || DatabaseFailure.IsPassing(failure) || failure is System.Data.Common.DbException)
        {
            // The lease ends by itself; whoever takes the event then sends it under the same key.
        }
    }
}
