using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PublicationGate.Intake;

/// <summary>
/// Watches folders and hands over each file once it stands still and its end is there. A whole look at the folders, at start and regularly, is the
/// truth; events of the system only shorten the wait. Links are not followed; what cannot be read is told, and the rest goes on.
/// </summary>
/// <remarks>
/// One reader at a time. What was handed over is forgotten only by <see cref="Taken"/> or <see cref="GiveBack"/>, which any thread may call. A file that was taken and
/// has another size or time later is handed over again.
/// </remarks>
public sealed class Inbox : IDisposable
{
    // So that the first of ten thousand files are worked on while the ends of the others are looked for.
    private const int MostAtOnce = 256;

    // A folder of a hundred thousand files that changes all the time must not keep a core busy.
    private const int RestAfterWork = 10;

    private readonly InboxOptions options;
    private readonly TimeProvider time;
    private readonly InboxFiles files;
    private readonly InboxFolders folders;
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<(ReadyFile File, bool IsTaken)> answers = [];
    private readonly Dictionary<string, InboxEvents> events = [];
    private readonly FolderNames patterns;

    private volatile bool isScanWanted = true;
    private volatile InboxState state = new([], [], 0, null);
    private long? lastScan;
    private long lastCheck;
    private TimeSpan scanTook;
    private DateTimeOffset? lastScanAt;

    /// <param name="options">Folders and patience.</param>
    /// <param name="patterns">What names of folders declare.</param>
    /// <param name="time">The clock; its timestamps, not its dates, measure how long a file stands still.</param>
    /// <param name="takenBefore">
    /// Of the files given, those that were taken in this state (path, size, time) before, in an earlier run. It may throw: then nothing is handed over, and it is asked again later.
    /// </param>
    public Inbox(InboxOptions options, FolderNames patterns, TimeProvider time, Func<IReadOnlyList<ReadyFile>, CancellationToken, Task<IReadOnlyCollection<ReadyFile>>> takenBefore)
    {
        (this.options, this.patterns, this.time) = (options, patterns, time);
        Folders = [.. options.Folders.Select(Full).Distinct()];
        files = new(options, time, takenBefore);
        folders = new(options, time);
    }

    /// <summary>Full paths of the watched folders.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>How things stand after the last look.</summary>
    public InboxState State => state;

    /// <summary>A file that was handed over is safe in the store and on record: it is not handed over again in this state.</summary>
    public void Taken(ReadyFile file) => Answer(file, isTaken: true);

    /// <summary>A file that was handed over could not be taken in; it is handed over again once it stood still anew.</summary>
    public void GiveBack(ReadyFile file) => Answer(file, isTaken: false);

    /// <summary>The declarations that hold for photos of a watched folder now, in the same order. Each folder is read once for all of them.</summary>
    /// <param name="inbox">One of <see cref="Folders"/>.</param>
    /// <param name="photos">Full paths below it; the photos need not be there any more.</param>
    public IReadOnlyList<EffectiveDeclaration> DeclarationsOf(string inbox, IEnumerable<string> photos)
    {
        var declarations = new InboxDeclarations(inbox, patterns);
        return [.. photos.Select(declarations.Of)];
    }

    /// <summary>What there is to tell, without end; waits for more until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<InboxNews> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var news in await LookAsync(cancellationToken))
            {
                yield return news;
            }

            await WaitAsync(UntilNextLook(), cancellationToken);
        }
    }

    /// <summary>Ends the listening to the system's events.</summary>
    public void Dispose()
    {
        foreach (var listening in events.Values)
        {
            listening.Dispose();
        }
    }

    /// <summary>One look: through the folders where that is due, else only at the files that are waited for.</summary>
    internal async Task<IReadOnlyList<InboxNews>> LookAsync(CancellationToken cancellationToken)
    {
        changed.Reader.TryRead(out _);
        while (answers.TryDequeue(out var answer))
        {
            files.Answer(answer.File, answer.IsTaken);
        }

        if (IsScanDue())
        {
            Scan(cancellationToken);
        }
        else if (time.GetElapsedTime(lastCheck) >= options.CheckEvery)
        {
            files.Check();
            lastCheck = time.GetTimestamp();
        }

        await files.AskAsync(cancellationToken);
        var ready = files.Ready(MostAtOnce, folders.IsSettled);
        List<InboxNews> news = [.. folders.TakeNews(), .. Declare(ready)];
        state = new(files.Waiting(), [.. folders.Troubles, .. files.Troubles()], files.InHand, lastScanAt);
        return news;
    }

    /// <summary>How long nothing can be due, unless the system tells of a change.</summary>
    internal TimeSpan UntilNextLook()
    {
        if (files.HasMore)
        {
            return TimeSpan.Zero;
        }

        TimeSpan[] due = [UntilScan(isScanWanted ? ShortestPause : options.ScanEvery), files.UntilDue(), folders.UntilSettled()];
        return due.Min();
    }

    private TimeSpan ShortestPause => scanTook * RestAfterWork > options.CheckEvery ? scanTook * RestAfterWork : options.CheckEvery;

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private TimeSpan UntilScan(TimeSpan pause)
    {
        var left = lastScan is { } last ? pause - time.GetElapsedTime(last) : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private bool IsScanDue() => UntilScan(options.ScanEvery) == TimeSpan.Zero || ((isScanWanted || folders.UntilSettled() == TimeSpan.Zero) && UntilScan(ShortestPause) == TimeSpan.Zero);

    private void Scan(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        // Before looking: what changes during the look asks for another one.
        isScanWanted = false;
        Listen();
        string[] leftOut = [.. options.LeftOut.Select(Full)];
        var listings = Folders.Select(inbox => (inbox, Listing: InboxListing.Of(inbox, leftOut, cancellationToken))).ToList();
        files.Observe(listings);
        folders.Observe(listings);
        scanTook = time.GetElapsedTime(start);
        lastScan = lastCheck = time.GetTimestamp();
        lastScanAt = time.GetUtcNow();
    }

    private void Listen()
    {
        foreach (var folder in Folders.Where(folder => !options.PollingOnly && !(events.GetValueOrDefault(folder)?.IsBroken == false)))
        {
            if (events.Remove(folder, out var broken))
            {
                broken.Dispose();
            }

            if (!NetworkFileSystems.Holds(folder) && InboxEvents.Of(folder, OnChange) is { } listening)
            {
                events[folder] = listening;
            }
        }
    }

    private void OnChange()
    {
        isScanWanted = true;
        changed.Writer.TryWrite(true);
    }

    private void Answer(ReadyFile file, bool isTaken)
    {
        answers.Enqueue((file, isTaken));
        changed.Writer.TryWrite(true);
    }

    private IEnumerable<ReadyFile> Declare(IReadOnlyList<ReadyFile> ready) =>
        ready.GroupBy(file => file.Inbox).SelectMany(inbox => inbox.Zip(DeclarationsOf(inbox.Key, inbox.Select(file => file.Path)), (file, declared) => file with { Declared = declared }));

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest <= TimeSpan.Zero)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(longest, time, enough.Token), changed.Reader.WaitToReadAsync(enough.Token).AsTask());
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
