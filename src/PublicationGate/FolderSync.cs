using System.Runtime.InteropServices;

namespace PublicationGate;

/// <summary>
/// Makes names durable: after a power cut a file that was written through may still lack its name, until its folder is written through too.
/// </summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Writes the entries of a folder through to the disk. On Windows nothing is done: NTFS writes names through its journal.</summary>
    /// <exception cref="IOException">The folder cannot be opened, or the disk failed; <see cref="Exception.HResult"/> is errno.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var descriptor = Open(folder, ReadOnly | closeOnExec);
        if (descriptor < 0)
        {
            throw Failed(folder);
        }

        try
        {
            // Some network file systems know no such thing for folders and say "invalid argument"; there is nothing more to be done then.
            if (Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{folder}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
