namespace PublicationGate.Intake;

/// <summary>What tells one state of a file from the next without reading it.</summary>
internal readonly record struct FileState(long Length, DateTimeOffset ModifiedAt);

internal enum FileStage
{
    /// <summary>Waited for.</summary>
    Waiting,

    /// <summary>Handed over, neither taken nor given back.</summary>
    InHand,

    /// <summary>Taken in this state, or no photo.</summary>
    Done,
}

/// <summary>A file in an inbox, as the looks so far found it. Times are timestamps of the monotonic clock: the wall clock may jump.</summary>
internal sealed class TrackedFile(string inbox, string path, FileState state, long now, DateTimeOffset since)
{
    public string Inbox { get; } = inbox;

    public string Path { get; } = path;

    public FileState State { get; private set; } = state;

    public FileStage Stage { get; private set; }

    public long FirstSeen { get; private set; } = now;

    public DateTimeOffset Since { get; private set; } = since;

    public long StillSince { get; private set; } = now;

    /// <summary>Whether it was asked for if somebody took it in this state before.</summary>
    public bool IsAskedFor { get; set; }

    public WaitReason Why { get; set; } = WaitReason.StillChanging;

    /// <summary>The look that saw it last.</summary>
    public long SeenIn { get; set; }

    public ReadyFile AsReady => new(Inbox, Path, State.Length, State.ModifiedAt);

    public bool IsStateOf(ReadyFile file) => State == new FileState(file.Length, file.ModifiedAt);

    /// <summary>Takes in what a look found; a file that was done and has another state now is waited for anew.</summary>
    public void Observe(FileState found, long now, DateTimeOffset wallClock)
    {
        if (found == State)
        {
            return;
        }

        (State, StillSince, IsAskedFor, Why) = (found, now, false, WaitReason.StillChanging);
        if (Stage == FileStage.Done)
        {
            Await(now, wallClock);
        }
    }

    public void HandOver() => Stage = FileStage.InHand;

    /// <summary>Back to those waited for; how long it was waited for already stays.</summary>
    public void Return(long now) => (Stage, StillSince) = (FileStage.Waiting, now);

    public void Finish() => Stage = FileStage.Done;

    public void Await(long now, DateTimeOffset wallClock) => (Stage, FirstSeen, Since, StillSince) = (FileStage.Waiting, now, wallClock, now);
}
