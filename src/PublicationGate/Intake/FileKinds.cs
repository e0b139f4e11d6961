using System.Runtime.InteropServices;

namespace PublicationGate.Intake;

/// <summary>Tells what stands at a path without opening it: opening a pipe hangs, opening a device can do things.</summary>
/// <remarks>.NET reports pipes and devices as normal files, so on Unix the system is asked itself.</remarks>
internal static partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint OnlyType = 1;
    private const int AccessDenied = 13;

    public static FileKind Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return OnWindows(path);
        }

        // 256 bytes is the size of struct statx and more than struct stat; st_mode stands at the offset read below.
        Span<byte> status = stackalloc byte[256];
        var (failed, modeAt) = OperatingSystem.IsMacOS()
            ? (LStat(path, ref status[0]) != 0, 4)
            : (StatX(CurrentFolder, path, NoFollow, OnlyType, ref status[0]) != 0, 28);
        if (failed)
        {
            return Marshal.GetLastPInvokeError() == AccessDenied ? FileKind.Unknown : FileKind.Missing;
        }

        return (MemoryMarshal.Read<ushort>(status[modeAt..]) & 0xF000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Special,
        };
    }

    private static FileKind OnWindows(string path)
    {
        var file = new FileInfo(path);
        return (int)file.Attributes == -1 ? FileKind.Missing
            : file.LinkTarget is not null ? FileKind.Link
            : file.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
            : file.Attributes.HasFlag(FileAttributes.Device) ? FileKind.Special
            : FileKind.Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, ref byte status);
}
