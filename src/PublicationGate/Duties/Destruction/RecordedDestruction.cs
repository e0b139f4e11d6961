namespace PublicationGate.Duties.Destruction;

/// <summary>What keeps a recording from being destroyed.</summary>
public enum DestructionProblem
{
    /// <summary>Its folder is there, and the file is not: it was moved, or somebody deleted it.</summary>
    Missing,

    /// <summary>Its folder is not there: a disk is not connected.</summary>
    Away,

    /// <summary>At its place is something else, which was not touched.</summary>
    OtherFile,

    /// <summary>The file is there and cannot be deleted: no right to, a read-only disk, or one that fails.</summary>
    Refused,
}

/// <summary>
/// That a recording is being destroyed, or was. The row is there before anything is deleted, and says how far that is, so that what breaks off anywhere is gone on with.
/// </summary>
public sealed class RecordedDestruction
{
    /// <summary>Number of the recording.</summary>
    public required long RecordingId { get; init; }

    /// <summary>When somebody wanted it.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Id of their account, or where they did it.</summary>
    public required string By { get; init; }

    /// <summary>By which the file is known while it is deleted: it is set aside under a name made of this, and no other file has that.</summary>
    public required string Mark { get; init; }

    /// <summary>When the file was set aside and found to be the recording, by its hash; from then on it is deleted whatever is left in it.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>What keeps it from being destroyed; null when nothing does.</summary>
    public DestructionProblem? Problem { get; set; }

    /// <summary>When it was gone for certain.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The certificate as <see cref="DestructionCertificate.Write"/> has it; null until then.</summary>
    public string? Certificate { get; set; }
}
