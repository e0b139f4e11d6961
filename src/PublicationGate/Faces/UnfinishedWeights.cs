using System.Security.Cryptography;

namespace PublicationGate.Faces;

/// <summary>
/// Weights on their way in: <c>FILE.partial</c> beside their place, which they take once they are whole and right. What is there when the
/// program ends stays, to go on from. One process at a time.
/// </summary>
internal sealed class UnfinishedWeights : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly string target;
    private readonly FileStream turn;
    private readonly FileStream file;

    private UnfinishedWeights(string target, FileStream turn)
    {
        (this.target, this.turn) = (target, turn);
        file = new FileStream(target + ".partial", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    /// <summary>How many bytes are there.</summary>
    public long Length => file.Length;

    /// <summary>Waits for its turn and opens what an earlier try left; makes the folder.</summary>
    /// <exception cref="ModelException">The folder cannot be written, or another process kept its turn for <paramref name="longestWait"/>.</exception>
    public static async Task<UnfinishedWeights> OpenAsync(string target, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            FileStream? turn = null;
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                // A file of its own, that stays: the partial file is renamed, and who waited for its lock would hold the finished one.
                turn = new FileStream(target + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return new UnfinishedWeights(target, turn);
            }
            catch (IOException cause) when (turn is null && IsTaken(cause))
            {
                if (waited >= longestWait)
                {
                    throw new ModelException(Texts.Get("model.busy", ("file", target)));
                }

                await Task.Delay(Pause, cancellationToken);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                turn?.Dispose();
                throw CannotWrite(target, cause);
            }
        }
    }

    /// <summary>Forgets what is there.</summary>
    /// <exception cref="ModelException">The file cannot be written.</exception>
    public void StartOver()
    {
        if (Length > 0)
        {
            Write(() => file.SetLength(0));
        }
    }

    /// <summary>Adds bytes at the end.</summary>
    /// <exception cref="ModelException">The file cannot be written, as on a full disk.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Seek(0, SeekOrigin.End);
            file.Write(bytes);
        }
        catch (IOException cause)
        {
            throw CannotWrite(target, cause);
        }
    }

    /// <summary>Puts the file in its place when its checksum is right; else says false and forgets it.</summary>
    /// <exception cref="ModelException">The file cannot be written.</exception>
    public bool TryFinish(string sha256)
    {
        file.Position = 0;
        if (Convert.ToHexStringLower(SHA256.HashData(file)) != sha256)
        {
            StartOver();
            return false;
        }

        Write(() =>
        {
            // On the disk before it has its name: after a power cut there is the whole file, or none.
            file.Flush(flushToDisk: true);
            file.Dispose();
            File.Move(file.Name, target, overwrite: true);
        });
        return true;
    }

    /// <summary>Leaves what is there for a next try.</summary>
    public void Dispose()
    {
        var isEmpty = file.CanRead && file.Length == 0;
        file.Dispose();
        if (isEmpty)
        {
            File.Delete(file.Name);
        }

        turn.Dispose();
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(target, cause);
        }
    }

    private static ModelException CannotWrite(string target, Exception cause) => new(Texts.Get("model.cannot-write", ("file", target), ("detail", cause.Message)));

    // A lock that somebody holds: EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsTaken(IOException cause) => cause.HResult is 11 or 35 or unchecked((int)0x80070020);
}
