using System.Collections.Concurrent;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Data;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>Takes items from the queue and has them screened, several at once. Whatever fails, the item stays in the queue or is held.</summary>
internal sealed class ScreeningWorkers(WatchParts watch, IServiceScopeFactory scopes, int count)
{
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    // A photo takes far less; who stops the gate should not wait longer.
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, bool> underWay = [];

    /// <summary>Works until it is cancelled; then ends what is under way, or gives it back.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var atOnce = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => atOnce.CancelAfter(TimeToFinish));
        using var renewing = new CancellationTokenSource();
        var renew = RenewAsync(renewing.Token);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => WorkAsync(atOnce.Token, cancellationToken), CancellationToken.None)));
        await renewing.CancelAsync();
        await renew;
    }

    private async Task WorkAsync(CancellationToken atOnce, CancellationToken cancellationToken)
    {
        var pause = ShortestLook;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await watch.Queue.ClaimAsync(watch.Owner, watch.Store.Id, watch.Protocol.Version, 1, cancellationToken);
                watch.Readiness.Set(WatchFailure.Database, null);
                watch.Readiness.SetFailed("screening", "", null);
                if (claimed is [var claim])
                {
                    // One item found: there may be more for those who sleep.
                    watch.Queue.Added.Raise();
                    await ScreenAsync(claim, atOnce);
                    pause = ShortestLook;
                    continue;
                }

                if (pause == LongestLook)
                {
                    await watch.Queue.MendAsync(cancellationToken);
                }

                await watch.Queue.Added.WaitAsync(pause, watch.Time, cancellationToken);
                pause = pause * 2 < LongestLook ? pause * 2 : LongestLook;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A worker that ended would be missed by nobody while others work.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                await watch.OutliveAsync("screening", "", failure, cancellationToken);
            }
        }
    }

    private async Task ScreenAsync(QueueItem claim, CancellationToken atOnce)
    {
        underWay[claim.Id] = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(atOnce);
        limit.CancelAfter(watch.Queue.Options.LongestAttempt);
        try
        {
            var isTriedEnough = claim.Attempts > watch.Queue.Options.MostAttempts;
            var verdict = isTriedEnough ? await GiveUpAsync(claim, claim.Failure ?? "crash", limit.Token) : await SendAsync(new ScreenQueuedItem(claim), limit.Token);
            if (verdict is not null)
            {
                watch.Readiness.Set(WatchFailure.Store, null);
                watch.Readiness.Set(WatchFailure.Decoder, null);
                Decided();
            }
        }
        catch (OperationCanceledException) when (atOnce.IsCancellationRequested)
        {
            await watch.Queue.ReleaseAsync(claim, TimeSpan.Zero, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever a photo breaks, it is tried again and then held; the others go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await FailAsync(claim, failure, atOnce);
        }
        finally
        {
            underWay.TryRemove(claim.Id, out _);
        }
    }

    private async Task FailAsync(QueueItem claim, Exception failure, CancellationToken atOnce)
    {
        if (WatchFailure.Of(failure) is var (part, problem))
        {
            watch.Readiness.Set(part, problem);
            await watch.Queue.ReleaseAsync(claim, watch.Queue.Options.FirstPause, atOnce);
            return;
        }

        var name = failure is FactMissingException missing ? missing.Message : DatabaseFailure.NameOf(failure.GetBaseException());
        if (claim.Attempts < watch.Queue.Options.MostAttempts)
        {
            await watch.Queue.FailAsync(claim, name, atOnce);
        }
        else if (await GiveUpAsync(claim, name, atOnce) is not null)
        {
            Decided();
        }
    }

    private void Decided()
    {
        watch.ToPlace.Raise();
        watch.ToCopy.Raise();
        watch.Queue.Decisions.Raise();
    }

    private Task<Verdict?> GiveUpAsync(QueueItem claim, string failure, CancellationToken cancellationToken) =>
        SendAsync(new GiveUpQueuedItem(claim, NoCopy.ReasonOf(failure) ?? Texts.Get("unknown.given-up", ("count", Math.Min(claim.Attempts, watch.Queue.Options.MostAttempts)), ("detail", failure))), cancellationToken);

    private async Task<Verdict?> SendAsync(IRequest<Verdict?> request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(watch.Queue.Options.RenewEvery, watch.Time, cancellationToken);
                try
                {
                    if (!underWay.IsEmpty)
                    {
                        await watch.Queue.RenewAsync(watch.Owner, [.. underWay.Keys], cancellationToken);
                    }

                    watch.Readiness.SetFailed("screening", "renewing", null);
                }
#pragma warning disable CA1031 // Without leases each photo would be screened several times.
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    await watch.OutliveAsync("screening", "renewing", failure, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nothing is under way any more.
        }
    }
}
