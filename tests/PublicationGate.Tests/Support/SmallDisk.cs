using System.Diagnostics;

namespace PublicationGate.Tests.Support;

/// <summary>A file system of its own in memory that is soon full, or read-only; only root can make one, else the test is left out.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("publication-gate-disk-").FullName;

    public SmallDisk(string size)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, "disk")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", Path))
        {
            Directory.Delete(parent, recursive: true);
            Assert.Ignore("left out: needs the right to mount a file system");
        }
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Fills it but for so many bytes, in steps of a page.</summary>
    public void FillBut(long free)
    {
        using var filling = File.Create(this["vol"]);
        var block = new byte[4096];
        while (new DriveInfo(Path).AvailableFreeSpace - block.Length >= free)
        {
            filling.Write(block);
            filling.Flush();
        }
    }

    public void MakeReadOnly() => Assert.That(Run("mount", "-o", "remount,ro", Path), Is.True);

    public void MakeWritable() => Assert.That(Run("mount", "-o", "remount,rw", Path), Is.True);

    public void Dispose()
    {
        if (!Run("umount", Path))
        {
            Run("umount", "-l", Path);
        }

        Directory.Delete(parent, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
