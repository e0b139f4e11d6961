using System.Text;

namespace PublicationGate.Watching;

/// <summary>
/// Keeps a folder to one watch at a time. The operating system lets go of it when its holder dies, so who gets it knows that an earlier holder is dead.
/// </summary>
internal sealed class WatchLock : IDisposable
{
    private readonly FileStream file;

    private WatchLock(FileStream file, string id) => (this.file, Id) = (file, id);

    /// <summary>The same for all who held this lock before.</summary>
    public string Id { get; }

    /// <summary>Takes the lock of a folder, which is made where there is none.</summary>
    /// <exception cref="WatchRefusedException">Another process has it.</exception>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public static WatchLock Take(string folder)
    {
        if (!Directory.Exists(folder))
        {
            OwnerOnlyFile.CreateFolder(folder);
        }

        var path = Path.Combine(folder, "watch.lock");
        FileStream file;
        try
        {
            file = OwnerOnlyFile.Open(path, FileMode.OpenOrCreate);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new WatchRefusedException(Texts.Get("watch.second", ("folder", folder)));
        }

        return new(file, ReadOrMakeId(file));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static string ReadOrMakeId(FileStream file)
    {
        var known = new byte[32];
        if (file.ReadAtLeast(known, known.Length, throwOnEndOfStream: false) == known.Length)
        {
            return Encoding.ASCII.GetString(known);
        }

        var id = Guid.NewGuid().ToString("N");
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(id));
        file.Flush(flushToDisk: true);
        return id;
    }
}
