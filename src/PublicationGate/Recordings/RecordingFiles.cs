using System.Buffers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Recordings;

/// <summary>
/// The files of recordings that the gate keeps: a folder of its own in the data folder, named by hash, readable by its owner alone, not encrypted. Nothing else looks into it: not the
/// store of originals, in which the same bytes may be a photo that stays, and no backup, which would outlive the day of destruction.
/// </summary>
/// <param name="data">The data folder.</param>
public sealed class RecordingFiles(string data)
{
    private const int Step = 128 * 1024;

    // Longer than any upload takes.
    private static readonly TimeSpan Unclaimed = TimeSpan.FromDays(1);

    private readonly string folder = Path.Combine(Path.GetFullPath(data), DataFolder.Recordings);

    /// <summary>Where the file with this hash is kept.</summary>
    public string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) ? Path.Combine(folder, sha256) : throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));

    /// <summary>Takes in a file while it comes in.</summary>
    /// <param name="content">Its bytes, read once.</param>
    /// <param name="most">How many are taken.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    /// <returns>The file, under a name of no importance until it is kept; null when it is longer. Dispose it: what is not kept goes then.</returns>
    /// <exception cref="IOException">The disk failed or is full, or the sender broke off.</exception>
    public async Task<ReceivedRecording?> ReceiveAsync(Stream content, long most, CancellationToken cancellationToken)
    {
        var staging = new StagingFolder(Path.Combine(folder, "incoming"));
        try
        {
            var path = staging.NewPath();
            if (await CopyAsync(content, path, most, cancellationToken) is { } sha256)
            {
                return new ReceivedRecording(staging, path, sha256, PathOf(sha256));
            }
        }
        catch
        {
            staging.Dispose();
            throw;
        }

        staging.Dispose();
        return null;
    }

    /// <summary>Removes files that no recording claims, since something broke off before it was registered.</summary>
    /// <param name="db">A context.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SweepAsync(GateDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var kept = await db.Recordings.Where(recording => recording.Place == RecordingPlace.Gate && recording.DestroyedOn == null).Select(recording => recording.ContentSha256).ToListAsync(cancellationToken);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Name.Length == 64 && !kept.Contains(file.Name) && file.LastWriteTimeUtc < (time.GetUtcNow() - Unclaimed).UtcDateTime).ToList())
        {
            file.Delete();
        }
    }

    private static async Task<string?> CopyAsync(Stream from, string path, long most, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var to = OwnerOnlyFile.Open(path, FileMode.CreateNew);
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, count);
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                if (to.Length > most)
                {
                    return null;
                }
            }

            to.Flush(flushToDisk: true);
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
        finally
        {
            // Bytes of a child's film do not wander into what others read.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}

/// <summary>A file that came in, and goes again unless it is kept.</summary>
public sealed class ReceivedRecording : IDisposable
{
    private readonly StagingFolder staging;
    private readonly string keptPath;
    private bool isNew;

    internal ReceivedRecording(StagingFolder staging, string path, string sha256, string keptPath) => (this.staging, Path, Sha256, this.keptPath) = (staging, path, sha256, keptPath);

    /// <summary>Where it is while nobody decided.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Gives it its place, before it is registered: a row without its file would be worse than a file without its row, which is swept away.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Keep()
    {
        isNew = !File.Exists(keptPath);
        File.Move(Path, keptPath, overwrite: true);
        FolderSync.Flush(System.IO.Path.GetDirectoryName(keptPath)!);
    }

    /// <summary>Takes it away again, since it was not registered; not what was there before, which is another recording's.</summary>
    public void GiveUp()
    {
        if (isNew)
        {
            File.Delete(keptPath);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(Path);
        staging.Dispose();
    }
}
