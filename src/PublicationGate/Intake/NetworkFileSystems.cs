namespace PublicationGate.Intake;

/// <summary>Tells whether a folder lies on another machine, where the system hears nothing of what others write.</summary>
internal static class NetworkFileSystems
{
    private static readonly HashSet<string> Types = new(
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "9p", "afs", "afpfs", "ceph", "lustre", "gfs2", "ocfs2", "beegfs", "davfs", "webdav", "ncpfs", "coda", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for the folder of a network or a virtual machine's host, and for any file system in user space (sshfs, rclone, glusterfs).</summary>
    public static bool Holds(string folder)
    {
        try
        {
            return OperatingSystem.IsLinux() ? IsOfNetwork(TypeOf(folder, File.ReadAllLines("/proc/mounts")))
                : OperatingSystem.IsWindows() && folder.StartsWith(@"\\", StringComparison.Ordinal)
                    || new DriveInfo(folder) is var drive && (drive.DriveType == DriveType.Network || IsOfNetwork(drive.DriveFormat));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    internal static bool IsOfNetwork(string? type) => type is not null && (Types.Contains(type) || type.StartsWith("fuse.", StringComparison.Ordinal));

    /// <summary>The type of the file system that a folder lies on: of the longest mount point above it, the last one where several were mounted.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="mounts">Lines of <c>/proc/mounts</c>: device, mount point, type, options.</param>
    internal static string? TypeOf(string folder, IEnumerable<string> mounts)
    {
        var (longest, type) = (-1, (string?)null);
        foreach (var cells in mounts.Select(line => line.Split(' ')).Where(cells => cells.Length >= 3))
        {
            var point = Unescape(cells[1]).TrimEnd('/');
            if (point.Length >= longest && (folder.Length == point.Length || (folder.Length > point.Length && folder[point.Length] == '/')) && folder.StartsWith(point, StringComparison.Ordinal))
            {
                (longest, type) = (point.Length, cells[2]);
            }
        }

        return type;
    }

    // proc(5): space, tab, line end and backslash stand there in octal.
    private static string Unescape(string point) =>
        point.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal).Replace(@"\012", "\n", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}
