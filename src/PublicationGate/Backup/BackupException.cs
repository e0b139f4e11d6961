namespace PublicationGate.Backup;

/// <summary>A backup could not be made or restored, for a reason that a person can do something about. Nothing was changed.</summary>
/// <param name="reason">What is wrong and what to do.</param>
/// <param name="cause">What told so; null for nothing.</param>
public sealed class BackupException(Text reason, Exception? cause = null) : Exception(reason.En, cause)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;

    /// <summary>True when what a person gave is at fault: a file that is there already, a folder that is not empty.</summary>
    public bool IsMistake { get; init; }
}
