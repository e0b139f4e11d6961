namespace PublicationGate.Backup;

/// <summary>What of a gate's data folder belongs in a backup: every file, whoever put it there, but what only the running program needs.</summary>
internal static class BackupFiles
{
    /// <summary>Where a restore unpacks; it ends as <see cref="LeftOut"/> says.</summary>
    public const string Unpacking = ".restore.partial";

    /// <summary>Keeps two restores apart.</summary>
    public const string Lock = ".restore.lock";

    // Locks, copies under way, and what SQLite keeps beside a database that is open: of another moment than the copy of the database.
    private static readonly string[] LeftOut = [".lock", ".partial", ".tmp", "-wal", "-shm", "-journal"];

    /// <summary>Paths of all files but the database and the recordings that must be destroyed, below the folder, with slashes: originals, and the others.</summary>
    /// <exception cref="BackupException">A file or folder cannot be in a backup: a link below the first level, or a name that other systems do not know.</exception>
    public static (List<string> Others, List<string> Originals) Files(string folder)
    {
        var all = Below(new DirectoryInfo(folder), "").Where(path => path != DataFolder.Database && !path.StartsWith(DataFolder.Recordings + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var ofStore = all.ToLookup(path => path.StartsWith(DataFolder.Store + "/", StringComparison.Ordinal));
        return ([.. ofStore[false]], [.. ofStore[true]]);
    }

    /// <summary>True for a relative path that stays below any folder, on any system, and that belongs in a backup.</summary>
    public static bool MayHold(string path) => path.Length is > 0 and <= 1000 && path.Split('/').All(name => IsPlain(name) && !IsLeftOut(name));

    private static IEnumerable<string> Below(DirectoryInfo folder, string prefix)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !IsLeftOut(entry.Name)))
        {
            var path = prefix + entry.Name;
            // A store on another disk is a link here. Deeper ones could go round in circles.
            if (!IsPlain(entry.Name) || (prefix.Length > 0 && entry.LinkTarget is not null))
            {
                throw new BackupException(Texts.Get("backup.no-such-files", ("file", Printable.Of(entry.FullName))));
            }

            if (!entry.Attributes.HasFlag(FileAttributes.Directory))
            {
                yield return path;
                continue;
            }

            foreach (var below in Below((DirectoryInfo)entry, path + "/"))
            {
                yield return below;
            }
        }
    }

    private static bool IsLeftOut(string name) => LeftOut.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static bool IsPlain(string name) => name is not ("" or "." or "..") && !name.Any(c => c is '\\' or ':' || char.IsControl(c));
}
