namespace PublicationGate.Intake;

/// <summary>What an inbox has to tell: a <see cref="ReadyFile"/> or <see cref="DeclarationsChanged"/>.</summary>
public abstract record InboxNews;

/// <summary>A file that may be taken in. It is not handed over again before <see cref="PublicationGate.Intake.Inbox.Taken"/> or <see cref="PublicationGate.Intake.Inbox.GiveBack"/>.</summary>
/// <param name="Inbox">Full path of the watched folder.</param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Length">Its size in bytes, as it stood still.</param>
/// <param name="ModifiedAt">Its modification time, as it stood still. With path and size this is how it is known again after a restart.</param>
public sealed record ReadyFile(string Inbox, string Path, long Length, DateTimeOffset ModifiedAt) : InboxNews
{
    /// <summary>The path below the inbox, with the system's separators.</summary>
    public string Name => System.IO.Path.GetRelativePath(Inbox, Path);

    /// <summary>True when it was waited for in vain: it must be held as <see cref="IntakeProblem.Unfinished"/>, whatever it looks like.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>What is said of it at this moment, by files and by the names of its folders.</summary>
    public EffectiveDeclaration Declared { get; init; } = EffectiveDeclaration.Nothing;
}

/// <summary>
/// Declarations in a folder, or valid for it, came, changed or went, and stood still: each photo of it and of the folders below, and not released yet, is
/// to be asked for its declaration again (<see cref="PublicationGate.Intake.Inbox.DeclarationsOf"/>) and screened again where the version differs.
/// </summary>
/// <param name="Inbox">Full path of the watched folder.</param>
/// <param name="Folder">Full path of the folder. For the inbox itself once at start, since nobody knows what changed before.</param>
public sealed record DeclarationsChanged(string Inbox, string Folder) : InboxNews;

/// <summary>Why a file is not handed over yet.</summary>
public enum WaitReason
{
    /// <summary>It has not stood still for long enough.</summary>
    StillChanging,

    /// <summary>Its end is not there.</summary>
    EndIsMissing,

    /// <summary>There is nothing in it yet.</summary>
    Empty,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}

/// <summary>A file that is waited for.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Since">When it was first seen like this.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Why">Why it waits.</param>
public sealed record WaitingFile(string Path, DateTimeOffset Since, long Length, WaitReason Why)
{
    /// <summary>Why it waits, for people.</summary>
    public Text Reason => Texts.Get("waiting." + Why);
}

/// <summary>Something in an inbox that is not handed over and will not be unless a person acts.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record InboxTrouble(string Path, Text Reason);

/// <summary>How an inbox stands.</summary>
/// <param name="Waiting">Files that are waited for, longest first.</param>
/// <param name="Troubles">What a person should see to.</param>
/// <param name="InHand">How many files were handed over and are neither taken nor given back.</param>
/// <param name="LastScan">When the folders were last looked through; null before the first time.</param>
public sealed record InboxState(IReadOnlyList<WaitingFile> Waiting, IReadOnlyList<InboxTrouble> Troubles, int InHand, DateTimeOffset? LastScan);
