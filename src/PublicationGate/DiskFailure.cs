using Microsoft.Data.Sqlite;

namespace PublicationGate;

/// <summary>What a failure of a disk means for a person, who can do something about a full one and about one that may not be written to.</summary>
public static class DiskFailure
{
    private const int AccessDenied = 13;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMacOs = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;
    // The file beside the database by which processes share what is in memory could not grow: SQLite calls that an I/O error.
    private const int SqliteSharedMemorySize = 10 | (19 << 8);

    /// <summary>No room is left, or the owner's quota is used up.</summary>
    public static bool IsFull(Exception failure) => failure switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull || sqlite.SqliteExtendedErrorCode == SqliteSharedMemorySize,
        { HResult: NoSpace or QuotaOnLinux or QuotaOnMacOs or WindowsDiskFull } => true,
        _ => false,
    };

    /// <summary>The place may not be written to, or its file system is read-only.</summary>
    public static bool IsReadOnly(Exception failure) => failure switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteReadOnly,
        UnauthorizedAccessException or { HResult: ReadOnlyFileSystem or AccessDenied or WindowsWriteProtected } => true,
        _ => false,
    };

    /// <summary>What happened and what to do; null when it is neither.</summary>
    public static Text? ReasonOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (IsFull(cause) || IsReadOnly(cause))
            {
                return Texts.Get(IsFull(cause) ? "disk.full" : "disk.read-only", ("detail", cause.Message));
            }
        }

        return null;
    }
}
