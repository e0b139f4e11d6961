using System.Globalization;
using System.Runtime.InteropServices;

namespace PublicationGate.Imaging.Apart;

/// <summary>
/// What a process takes from itself before it reads the first byte that nobody trusts. Numbers are those of Linux' and macOS' headers; elsewhere nothing
/// is limited from inside.
/// </summary>
internal static partial class ProcessLimits
{
    // RLIMIT_*: but for the last they have the same numbers on both.
    private const int ProcessorTime = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int CoreDump = 4;
    private const int OpenFilesOnLinux = 7;

    // PR_*: die with the parent, no dumps and no other process looking in, no rights through programs with more of them.
    private const int SetDeathSignal = 1;
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;

    private const int StandardError = 2;
    private const int KillSignal = 9;

    // The runtime keeps two for each of its libraries, some fifty to begin with.
    private const int MostOpenFiles = 256;

    /// <summary>Gives up what decoding does not need.</summary>
    /// <param name="parent">Process that started this one; without it this one ends.</param>
    /// <param name="bytes">Memory that a photo may take beyond what is in use now.</param>
    public static void Tighten(int parent, long bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            var inUse = DataInUse();
            _ = Control(SetDeathSignal, KillSignal, 0, 0, 0);
            _ = Control(SetDumpable, 0, 0, 0, 0);
            _ = Control(SetNoNewPrivileges, 1, 0, 0, 0);
            // Private writable memory only: .NET reserves hundreds of gigabytes of addresses that it never uses.
            Set(Data, inUse + bytes);
            Set(OpenFilesOnLinux, MostOpenFiles);
            Set(FileSize, 0);
        }

        if (!OperatingSystem.IsWindows())
        {
            Silence();
            Set(CoreDump, 0);
            // The parent may have ended before the line above that ties this process to it.
            if (ParentProcess() != parent)
            {
                Environment.Exit(1);
            }
        }
    }

    /// <summary>Makes standard input and output hold a megabyte, so that pixels cross in few turns; where the system refuses, they cross in more.</summary>
    public static void WidenPipes()
    {
        const int SetPipeSize = 1031;
        if (OperatingSystem.IsLinux())
        {
            _ = FileControl(0, SetPipeSize, 1 << 20);
            _ = FileControl(1, SetPipeSize, 1 << 20);
        }
    }

    /// <summary>Ends this process by SIGXCPU when it takes more processor time from now on. Seconds are the kernel's grain.</summary>
    public static void AllowProcessor(int seconds)
    {
        if (!OperatingSystem.IsWindows())
        {
            Set(ProcessorTime, (long)Math.Ceiling(Environment.CpuUsage.TotalTime.TotalSeconds) + seconds, isHard: false);
        }
    }

    // What native libraries say when they break down may quote the file, and a pipe that nobody reads would fill.
    private static void Silence()
    {
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        _ = Duplicate((int)nowhere.DangerousGetHandle(), StandardError);
    }

    private static void Set(int resource, long value, bool isHard = true)
    {
        var limit = default(Limit);
        _ = Get(resource, ref limit);
        var soft = Math.Min((ulong)value, limit.Hard);
        limit = new Limit { Soft = soft, Hard = isHard ? soft : limit.Hard };
        if (Put(resource, ref limit) != 0)
        {
            throw new InvalidOperationException($"limit {resource}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    private static long DataInUse()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmData:", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int Get(int resource, ref Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int Put(int resource, ref Limit limit);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentProcess();
}
