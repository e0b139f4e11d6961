using PublicationGate.Imaging;

namespace PublicationGate.Recordings;

/// <summary>What a recording was made for, and for nothing else.</summary>
public enum RecordingPurpose
{
    /// <summary>Training of staff or trainees (V3).</summary>
    Training,

    /// <summary>Help for one pupil (V4).</summary>
    PupilHelp,
}

/// <summary>Where a recording lies, and so who can delete it.</summary>
public enum RecordingPlace
{
    /// <summary>In the gate's data folder; the gate deletes it.</summary>
    Gate,

    /// <summary>At a path of this machine; the gate deletes it there.</summary>
    File,

    /// <summary>Where only a person can go: a camera card, another machine. A person destroys it and says so.</summary>
    Elsewhere,
}

/// <summary>
/// A recording that is locked to its purpose. It is never removed: the lock outlives the recording, since copies of it may too. Of what it
/// shows only hashes are kept.
/// </summary>
public sealed class Recording
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>What it was made for.</summary>
    public required RecordingPurpose Purpose { get; init; }

    /// <summary>Register key of the pupil that it is to help; null for training.</summary>
    public string? PupilKey { get; init; }

    /// <summary>Who made it; null when nobody said.</summary>
    public string? MadeBy { get; init; }

    /// <summary>Name of the file, for whoever must destroy it.</summary>
    public required string FileName { get; init; }

    /// <summary>The day on which the parents were told.</summary>
    public required DateOnly NoticeOn { get; init; }

    /// <summary>How they were told, such as by a letter; null when nobody said.</summary>
    public string? NoticeHow { get; init; }

    /// <summary>Where it lies; null for recordings from before the gate asked: a person knows.</summary>
    public RecordingPlace? Place { get; init; }

    /// <summary>Its full path on this machine, or in words where it is; null when the gate keeps it, nobody said, or it was destroyed.</summary>
    public string? Location { get; private set; }

    /// <summary>The last day on which it may exist.</summary>
    public required DateOnly DestroyBy { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal; unique. Empty when nobody gave the file: then no copy of it is known.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>What it looks like; null for film, and for a picture too plain to be known again.</summary>
    public PictureHash? PictureHash { get; init; }

    /// <summary>When it was registered; kept to the millisecond.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The day on which it was destroyed; null while it exists.</summary>
    public DateOnly? DestroyedOn { get; private set; }

    /// <summary>How that is known: who did it, or what shows it; null while it exists.</summary>
    public string? DestructionProof { get; private set; }

    /// <summary>The gate can reach its file, and deletes it itself.</summary>
    public bool IsReachable => Place is RecordingPlace.Gate or RecordingPlace.File;

    /// <summary>Says where it lies, before it is registered.</summary>
    internal Recording At(string? location)
    {
        Location = location;
        return this;
    }

    /// <summary>Notes that it was destroyed; where it lay is forgotten.</summary>
    /// <exception cref="InvalidOperationException">It was already.</exception>
    public void Destroy(DateOnly day, string proof)
    {
        if (DestroyedOn is not null)
        {
            throw new InvalidOperationException($"Recording {Id} was destroyed on {DestroyedOn:yyyy-MM-dd}.");
        }

        (DestroyedOn, DestructionProof, Location) = (day, proof, null);
    }

    /// <summary>Days left to destroy it, negative when overdue; null when it was destroyed.</summary>
    public int? DaysLeft(DateOnly today) => DestroyedOn is null ? DestroyBy.DayNumber - today.DayNumber : null;
}
