using System.Globalization;

namespace PublicationGate;

/// <summary>
/// Where files are written before they get their name: a folder of the same file system, so that the name is given by one rename. Each run
/// holds a lock file there; what a run that is dead left behind is swept away by the next.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Lock = ".lock";

    private readonly string folder;
    private readonly string run = Guid.NewGuid().ToString("N");
    private readonly FileStream alive;
    private long last;

    /// <summary>Makes the folder where there is none and sweeps it.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to.</exception>
    public StagingFolder(string folder)
    {
        this.folder = folder;
        OwnerOnlyFile.CreateFolder(folder);
        alive = OwnerOnlyFile.Open(Path.Combine(folder, run + Lock), FileMode.CreateNew);
        Sweep();
    }

    /// <summary>A path that no other file has, for <see cref="OwnerOnlyFile.Open"/>.</summary>
    public string NewPath() => Path.Combine(folder, $"{run}-{Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture)}.partial");

    /// <summary>Ends the run: what it left unfinished is removed.</summary>
    public void Dispose()
    {
        alive.Dispose();
        Remove(run);
    }

    private void Sweep()
    {
        foreach (var other in Directory.EnumerateFiles(folder).Select(RunOf).Where(name => name != run).Distinct().ToList())
        {
            if (IsDead(other))
            {
                Remove(other);
            }
        }
    }

    // The operating system lets go of a lock when its holder dies, however it dies.
    private bool IsDead(string other)
    {
        try
        {
            using var held = OwnerOnlyFile.Open(Path.Combine(folder, other + Lock), FileMode.Open);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The lock goes last: without it nobody could tell whose the others were.
    private void Remove(string dead)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => RunOf(file) == dead).OrderBy(file => file.EndsWith(Lock, StringComparison.Ordinal)).ToList())
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another run sweeps at this moment, or the disk is read-only or gone: the next start tries again.
        }
    }

    private static string RunOf(string file) => Path.GetFileName(file).Split('-', '.')[0];
}
