namespace PublicationGate;

/// <summary>Files that hold or guard children's data: on Unix only their owner may read them; on Windows the folder decides.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Opens the file for writing, with nobody else, and makes it with these rights when <paramref name="mode"/> says so.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Whether others than its owner may read or write a file that is there. Windows is not asked.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public static bool IsOpenToOthers(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
    }

    /// <summary>Makes a folder that only its owner may enter, and the folders above it; one that is there already stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            // .NET gives these rights to the last folder only.
            if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
            {
                CreateFolder(above);
            }

            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
