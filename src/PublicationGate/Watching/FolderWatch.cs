using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Intake;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Removal.Addresses;
using PublicationGate.Screening;

namespace PublicationGate.Watching;

/// <summary>
/// Watches folders: what is finished there is taken in, screened, and its result laid. Each step is on record before the next begins, so that a run that is
/// killed anywhere is gone on with by the next; whatever fails approves nothing, loses nothing and is tried again.
/// </summary>
/// <param name="services">The gate, with a store of originals.</param>
/// <param name="options">What to watch.</param>
public sealed class FolderWatch(IServiceProvider services, FolderWatchOptions options)
{
    private static readonly TimeSpan BetweenStates = TimeSpan.FromSeconds(1);

    private readonly GateDatabase database = services.GetRequiredService<GateDatabase>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();
    private readonly OutboxQueue outbox = services.GetRequiredService<OutboxQueue>();
    private readonly LetterQueue letters = services.GetRequiredService<LetterQueue>();

    /// <summary>Hears of each result that was laid.</summary>
    public Action<ScreenedFile, PlacedResult> Placed { get; init; } = (_, _) => { };

    /// <summary>Hears how the watch stands, every second.</summary>
    public Action<WatchState> Told { get; init; } = _ => { };

    /// <summary>Watches until it is cancelled, or done where that was asked for.</summary>
    /// <exception cref="WatchRefusedException">Another watch works on the same data or results.</exception>
    /// <exception cref="IOException">A folder of the gate cannot be made or written to.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var own = WatchLock.Take(Path.GetFullPath(options.DataFolder));
        var opened = new List<IDisposable>();
        try
        {
            var watch = new WatchParts(
                database, services.GetRequiredService<IContentStore>(), services.GetRequiredService<ScreeningQueue>(), services.GetRequiredService<AuditTrail>(), services.GetRequiredService<ProtocolInUse>(),
                time, $"{own.Id}/{Guid.NewGuid():N}")
            {
                Readiness = services.GetRequiredService<GateReadiness>(), Log = services.GetRequiredService<ILogger<FolderWatch>>(),
            };
            var folders = OpenFolders(watch.Store, opened);
            await services.GetRequiredService<DatabaseWait>().OutliveAsync(() => TakeOverAsync(watch, own.Id, cancellationToken), cancellationToken);
            using var inbox = new Inbox(options.Inbox, watch.Protocol.FolderNames, time, (files, token) => InboxIntake.TakenBeforeAsync(database, files, token));
            var outputs = services.GetRequiredService<OutputList>().Open(time);
            opened.AddRange(outputs.OfType<IDisposable>());
            using var mail = OpenMail();
            await RunAsync(watch, inbox, folders, Delivering(watch, outputs), new LetterSending(watch, letters, mail), cancellationToken);
        }
        finally
        {
            opened.ForEach(one => one.Dispose());
        }
    }

    private async Task TakeOverAsync(WatchParts watch, string predecessors, CancellationToken cancellationToken)
    {
        await watch.Queue.TakeOverAsync(predecessors + "/", cancellationToken);
        await outbox.TakeOverAsync(predecessors + "/", cancellationToken);
        await letters.TakeOverAsync(predecessors + "/", cancellationToken);
        await ProtocolChange.CarryOverAsync(watch, cancellationToken);
    }

    private Dictionary<string, ResultFolders> OpenFolders(IContentStore store, List<IDisposable> opened)
    {
        var roots = new Dictionary<string, ResultFolders>();
        foreach (var root in options.ResultsOf.Values.Distinct())
        {
            opened.Add(WatchLock.Take(Path.Combine(root, ".publication-gate")));
            var results = new ResultFolders(new() { Folder = root, LeaveOriginals = options.LeaveOriginals }, store, services.GetRequiredService<ReleaseCopies>());
            opened.Add(results);
            roots.Add(root, results);
        }

        return options.ResultsOf.ToDictionary(pair => pair.Key, pair => roots[pair.Value]);
    }

    private OutboxDelivering Delivering(WatchParts watch, IReadOnlyList<IOutput> outputs) =>
        new(watch, outbox, [.. outputs.Select(output => new OutboxDelivery(output, outbox, database, services.GetRequiredService<PublishedCopies>(), time))]);

    private LetterDelivery? OpenMail() => services.GetRequiredService<MailSettings>() is { IsSet: true } settings
        ? new LetterDelivery(settings, letters, database, services.GetRequiredService<PublicAddress>(), time)
        : null;

    private async Task RunAsync(
        WatchParts watch, Inbox inbox, IReadOnlyDictionary<string, ResultFolders> folders, OutboxDelivering delivering, LetterSending sending, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var removal = new RemovalFollowing(watch, services.GetRequiredService<IServiceScopeFactory>());
        var copies = new CopyMaking(
            watch, services.GetRequiredService<CopyMaker>(), CertificateSigner.In(Path.GetFullPath(options.DataFolder), services.GetRequiredService<CertificateOptions>(), watch.Audit, time));
        List<Task> parts =
        [
            Task.Run(() => new InboxIntake(watch, inbox, new RedeclaredFiles(watch)).RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => new ScreeningWorkers(watch, services.GetRequiredService<IServiceScopeFactory>(), options.Workers).RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => new ResultPlacing(watch, folders, Placed).RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => removal.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => new DutyFollowing(watch, Path.GetFullPath(options.DataFolder), services.GetRequiredService<DestructionOptions>()).RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => new AddressWatching(watch, services.GetRequiredService<AddressLooks>()).RunAsync(stop.Token), CancellationToken.None),
            .. options.FollowsProtocol ? [Task.Run(() => new ProtocolFollowing(watch, services.GetRequiredService<ProtocolHistory>()).RunAsync(stop.Token), CancellationToken.None)] : Array.Empty<Task>(),
            Task.Run(() => delivering.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => sending.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => TellAsync(watch, inbox, removal, copies, delivering, sending, stop.Token), CancellationToken.None),
            Task.Run(() => copies.RunAsync(stop.Token), CancellationToken.None),
        ];
        // Most parts go on after whatever fails, and readiness says so. Taking in does not: a new start reads the folders anew, and tells more than a watch that works by half.
        var first = await Task.WhenAny(parts);
        await stop.CancelAsync();
        await Task.WhenAll(parts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (!cancellationToken.IsCancellationRequested)
        {
            await first;
        }
    }

    private async Task TellAsync(WatchParts watch, Inbox inbox, RemovalFollowing removal, CopyMaking copies, OutboxDelivering delivering, LetterSending sending, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = inbox.State;
            Told(new(state.Waiting, state.Troubles, watch.Readiness.Problems));
            if (options.StopWhenDone && removal.HasLooked && await IsDoneAsync(watch, inbox, copies, delivering, cancellationToken) && await AreSentAsync(sending, cancellationToken))
            {
                return;
            }

            await Task.Delay(BetweenStates, time, cancellationToken);
        }
    }

    // Looked at first in the folders, then in the queue, then at the results: in the order in which a photo passes.
    private async Task<bool> IsDoneAsync(WatchParts watch, Inbox inbox, CopyMaking copies, OutboxDelivering delivering, CancellationToken cancellationToken)
    {
        if (inbox.State is not { LastScan: not null, InHand: 0 } state || state.Waiting.Any(file => file.Why == WaitReason.StillChanging))
        {
            return false;
        }

        try
        {
            await using var db = database.CreateDbContext();
            var inboxes = inbox.Folders.ToList();
            return !await db.TakeDowns.AnyAsync(takeDown => takeDown.FollowedAt == null, cancellationToken) && await watch.Queue.CountUndecidedAsync(watch.Store.Id, cancellationToken) == 0
                && !await db.TakenFiles.AnyAsync(file => file.IsOpen && inboxes.Contains(file.Inbox), cancellationToken)
                && await copies.IsDoneAsync(db, cancellationToken)
                // Each output was told of everything; one that fails is tried again by the next run.
                && await outbox.CountUntriedAsync(delivering.Outputs, cancellationToken) == 0;
        }
        catch (Exception failure) when (WatchFailure.Of(failure) is not null)
        {
            return false;
        }
    }

    // After all that may write one.
    private static async Task<bool> AreSentAsync(LetterSending sending, CancellationToken cancellationToken)
    {
        try
        {
            return await sending.IsDoneAsync(cancellationToken);
        }
        catch (Exception failure) when (WatchFailure.Of(failure) is not null)
        {
            return false;
        }
    }
}
