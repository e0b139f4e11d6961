namespace PublicationGate.Intake;

/// <summary>All files in the watched folders, and which of them may be handed over.</summary>
internal sealed class InboxFiles(
    InboxOptions options, TimeProvider time, Func<IReadOnlyList<ReadyFile>, CancellationToken, Task<IReadOnlyCollection<ReadyFile>>> takenBefore)
{
    private const int MostAskedAtOnce = 1000;

    private readonly Dictionary<string, TrackedFile> files = [];
    private readonly HashSet<TrackedFile> waiting = [];
    private readonly HashSet<TrackedFile> odd = [];
    private long look;
    private long? askAgainAfter;

    public int InHand { get; private set; }

    /// <summary>Whether more files are ready than the last call gave.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Takes in what a whole look found; forgets what is gone.</summary>
    public void Observe(IReadOnlyList<(string Inbox, InboxListing Listing)> listings)
    {
        look++;
        foreach (var (inbox, listing) in listings)
        {
            listing.Files.ForEach(found => Observe(inbox, found.Path, found.State));
        }

        var unseen = listings.SelectMany(listing => listing.Listing.Unseen).ToList();
        foreach (var gone in files.Values.Where(file => file.SeenIn != look && file.Stage != FileStage.InHand && !unseen.Exists(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))).ToList())
        {
            Forget(gone);
        }
    }

    /// <summary>Looks at the files that are waited for.</summary>
    public void Check()
    {
        foreach (var file in waiting.ToList())
        {
            if (StateOf(file.Path) is { } found)
            {
                file.Observe(found, time.GetTimestamp(), time.GetUtcNow());
            }
        }
    }

    /// <summary>Asks for what an earlier run took; a failure is told among the troubles, and keeps those files back for a while.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        if (askAgainAfter is { } failed && time.GetElapsedTime(failed) < options.StillFor)
        {
            return;
        }

        askAgainAfter = null;
        foreach (var asked in waiting.Where(file => !file.IsAskedFor).Chunk(MostAskedAtOnce).ToList())
        {
            try
            {
                var known = (await takenBefore([.. asked.Select(file => file.AsReady)], cancellationToken)).Select(file => file.Path).ToHashSet();
                foreach (var file in asked)
                {
                    file.IsAskedFor = true;
                    if (known.Contains(file.Path))
                    {
                        Finish(file);
                    }
                }
            }
#pragma warning disable CA1031 // Whatever keeps the caller's records from being read: nothing is lost by waiting, and the watch must go on.
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                askAgainAfter = time.GetTimestamp();
                return;
            }
        }
    }

    /// <summary>Hands over what is ready, or was waited for long enough; oldest first.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="isSettled">Whether the declarations of a file stand still.</param>
    public List<ReadyFile> Ready(int most, Func<string, bool> isSettled)
    {
        var ready = new List<ReadyFile>();
        HasMore = false;
        foreach (var file in waiting.Where(file => file.IsAskedFor && IsDue(file)).OrderBy(file => file.FirstSeen).ThenBy(file => file.Path, StringComparer.Ordinal).ToList())
        {
            if (ready.Count == most)
            {
                HasMore = true;
                break;
            }

            var isLate = time.GetElapsedTime(file.FirstSeen) >= options.GiveUpAfter;
            if (IsPhoto(file) && isSettled(file.Path) && (IsWhole(file) || isLate))
            {
                ready.Add(file.AsReady with { IsUnfinished = file.Why != WaitReason.StillChanging || !IsStill(file) });
                waiting.Remove(file);
                file.HandOver();
                InHand++;
            }
        }

        return ready;
    }

    public void Answer(ReadyFile answered, bool isTaken)
    {
        if (!files.TryGetValue(answered.Path, out var file) || file.Stage != FileStage.InHand)
        {
            return;
        }

        InHand--;
        if (isTaken && file.IsStateOf(answered))
        {
            file.Finish();
            return;
        }

        if (isTaken)
        {
            file.Await(time.GetTimestamp(), time.GetUtcNow());
        }
        else
        {
            file.Return(time.GetTimestamp());
        }

        waiting.Add(file);
    }

    public IReadOnlyList<WaitingFile> Waiting() =>
        [.. waiting.Where(file => !Companions.AreNamed(Path.GetFileName(file.Path))).OrderBy(file => file.FirstSeen).ThenBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => new WaitingFile(file.Path, file.Since, file.State.Length, file.Why))];

    public IEnumerable<InboxTrouble> Troubles()
    {
        var failed = askAgainAfter is null ? [] : waiting.Where(file => !file.IsAskedFor).Take(1).Select(file => new InboxTrouble(file.Inbox, Texts.Get("inbox.records")));
        return failed.Concat(odd.Select(file => new InboxTrouble(file.Path, Texts.Get("intake.NotARegularFile"))));
    }

    /// <summary>Time until a file that is waited for should be looked at; long when there is none.</summary>
    public TimeSpan UntilDue()
    {
        if (waiting.Count == 0)
        {
            return TimeSpan.MaxValue;
        }

        // Those that stand still and lack their end are seldom looked at: that may last a day.
        var left = waiting.Select(file => options.StillFor - time.GetElapsedTime(file.StillSince)).Where(left => left > TimeSpan.Zero).DefaultIfEmpty(options.CheckEvery * 10).Min();
        return left < options.CheckEvery || !waiting.Any(file => !IsStill(file)) ? left : options.CheckEvery;
    }

    private bool IsStill(TrackedFile file) => time.GetElapsedTime(file.StillSince) >= options.StillFor;

    private bool IsDue(TrackedFile file) => IsStill(file) || time.GetElapsedTime(file.FirstSeen) >= options.GiveUpAfter;

    private void Observe(string inbox, string path, FileState found)
    {
        if (!files.TryGetValue(path, out var file))
        {
            files[path] = file = new(inbox, path, found, time.GetTimestamp(), time.GetUtcNow());
            waiting.Add(file);
        }

        file.SeenIn = look;
        file.Observe(found, time.GetTimestamp(), time.GetUtcNow());
        // The end is looked for anew now and then: a network folder may tell of a change late, or never.
        file.Why = WaitReason.StillChanging;
        if (file.Stage == FileStage.Waiting && waiting.Add(file))
        {
            odd.Remove(file);
        }
    }

    // Declarations, lists and texts are no photos unless they hold one; pipes and devices are told of and never opened.
    private bool IsPhoto(TrackedFile file)
    {
        var kind = FileKinds.Of(file.Path);
        if (kind is FileKind.Special or FileKind.Folder or FileKind.Link)
        {
            odd.Add(file);
            Finish(file);
            return false;
        }

        if (kind == FileKind.Regular && Companions.AreNamed(Path.GetFileName(file.Path)) && Companions.HoldAnImage(file.Path) == false)
        {
            Finish(file);
            return false;
        }

        return kind != FileKind.Missing;
    }

    private bool IsWhole(TrackedFile file)
    {
        // Known from the last time, in the same state.
        if (file.Why is WaitReason.EndIsMissing or WaitReason.Empty || !IsStill(file))
        {
            return false;
        }

        var end = FileCompleteness.Of(file.Path);
        if (StateOf(file.Path) is { } now && now != file.State)
        {
            file.Observe(now, time.GetTimestamp(), time.GetUtcNow());
            return false;
        }

        file.Why = end switch
        {
            FileEnd.Present => WaitReason.StillChanging,
            FileEnd.Missing => WaitReason.EndIsMissing,
            FileEnd.Empty => WaitReason.Empty,
            _ => WaitReason.Unreadable,
        };
        return end == FileEnd.Present;
    }

    private static FileState? StateOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : null;
    }

    private void Finish(TrackedFile file)
    {
        waiting.Remove(file);
        file.Finish();
    }

    private void Forget(TrackedFile file)
    {
        waiting.Remove(file);
        odd.Remove(file);
        files.Remove(file.Path);
    }
}
