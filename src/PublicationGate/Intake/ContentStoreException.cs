namespace PublicationGate.Intake;

/// <summary>Why the store of originals could not do its work. A fault of the machine, not of the photo: the photo waits and is tried again.</summary>
public enum ContentStoreProblem
{
    /// <summary>No room left on the disk, or the owner's quota is used up.</summary>
    DiskFull,

    /// <summary>The folder may not be written to, or the file system is read-only.</summary>
    ReadOnly,

    /// <summary>The content is not there.</summary>
    Missing,

    /// <summary>What is there is no longer what was stored.</summary>
    Damaged,

    /// <summary>The disk failed in another way, or the folder is gone.</summary>
    Unavailable,
}

/// <summary>The store of originals could not do its work.</summary>
/// <param name="problem">Why.</param>
/// <param name="cause">What the system said.</param>
public sealed class ContentStoreException(ContentStoreProblem problem, Exception? cause = null) : Exception($"store: {problem}", cause)
{
    /// <summary>Why.</summary>
    public ContentStoreProblem Problem { get; } = problem;

    /// <summary>What happened and what to do.</summary>
    public Text Reason => Texts.Get("store." + Problem);

    /// <summary>What a failure of the file system means for the store.</summary>
    internal static ContentStoreException Of(Exception cause) => new(
        cause switch
        {
            ContentStoreException known => known.Problem,
            FileNotFoundException => ContentStoreProblem.Missing,
            _ when DiskFailure.IsFull(cause) => ContentStoreProblem.DiskFull,
            _ when DiskFailure.IsReadOnly(cause) => ContentStoreProblem.ReadOnly,
            _ => ContentStoreProblem.Unavailable,
        },
        cause);
}
