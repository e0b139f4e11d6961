using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Removal;
using PublicationGate.Removal.Requests;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>Follows what was hidden, tells what became of it, and looks once a day, and at the start, whether what is released still rests on consent.</summary>
/// <param name="watch">What the watch stands on.</param>
/// <param name="scopes">Makes the contexts.</param>
internal sealed class RemovalFollowing(WatchParts watch, IServiceScopeFactory scopes)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private (DateOnly Day, string Protocol)? looked;

    /// <summary>Whether what was released was looked at once.</summary>
    public bool HasLooked { get; private set; }

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => watch.RepeatAsync("removals", () => FollowAsync(cancellationToken), Look, cancellationToken);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (services, protocol) = (scope.ServiceProvider, watch.Protocol);
        // What a no hid comes first, then the look at everybody, which may hide more.
        await FollowHiddenAsync(services, cancellationToken);
        await services.GetRequiredService<OpenRequests>().CloseAsync(cancellationToken);
        var today = (watch.Time.Today(), protocol.Version);
        if (looked != today)
        {
            await services.GetRequiredService<ConsentToday>().HideOutdatedAsync(protocol.ConsentTerms(), cancellationToken);
            await services.GetRequiredService<OpenRequests>().EmptyAsync(cancellationToken);
            looked = today;
            await FollowHiddenAsync(services, cancellationToken);
            HasLooked = true;
        }

        await services.GetRequiredService<WithdrawalReports>().TellAsync(cancellationToken);
    }

    private async Task FollowHiddenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        while (await services.GetRequiredService<HiddenReleases>().FollowAsync(cancellationToken) > 0)
        {
            watch.ToPlace.Raise();
        }
    }
}
