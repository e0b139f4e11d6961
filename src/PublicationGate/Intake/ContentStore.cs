using System.Buffers;
using System.Security.Cryptography;

namespace PublicationGate.Intake;

/// <summary>
/// Originals on a disk, named by their hash: <c>ab/ab12…</c>, readable by their owner alone. A file is copied under a temporary name, written
/// through, renamed and its folder written through; so whatever has a name is whole.
/// </summary>
/// <remarks>Several processes may use one folder. Content that is there already is replaced by the same bytes, which mends one that was damaged.</remarks>
public sealed partial class ContentStore : IContentStore, IDisposable
{
    private const int Step = 128 * 1024;
    private const int HashDigits = 64;

    private readonly string root;
    private readonly IntakeOptions options;
    private readonly StagingFolder staging;

    /// <summary>Opens the store, makes it where there is none, and removes what dead runs left unfinished.</summary>
    /// <param name="folder">Its folder, on a disk of its own or not.</param>
    /// <param name="options">Content above <see cref="IntakeOptions.MaximumBytes"/> is hashed, not kept.</param>
    /// <exception cref="ContentStoreException">The folder cannot be made or written to.</exception>
    public ContentStore(string folder, IntakeOptions options)
    {
        (root, this.options) = (Path.GetFullPath(folder), options);
        try
        {
            OwnerOnlyFile.CreateFolder(root);
            staging = new(Path.Combine(root, "incoming"));
            Id = ReadOrMakeId();
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw ContentStoreException.Of(e);
        }
    }

    /// <inheritdoc/>
    public string Id { get; }

    private string IdFile => Path.Combine(root, "id");

    /// <inheritdoc/>
    public async Task<StoredContent> AddAsync(Stream content, CancellationToken cancellationToken)
    {
        var temporary = staging.NewPath();
        try
        {
            var stored = await CopyAsync(content, temporary, cancellationToken);
            return stored.Problem == IntakeProblem.None ? stored with { IsNew = Publish(temporary, stored.Sha256!) } : stored;
        }
        catch (Exception e) when (IsOfTheDisk(e) && e is not SourceFailedException)
        {
            throw ContentStoreException.Of(e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <inheritdoc/>
    public async Task<StoredContent> AddAsync(string path, CancellationToken cancellationToken)
    {
        if (MediaFile.ProblemOf(path) is not IntakeProblem.None and var problem)
        {
            return new(null, 0, problem);
        }

        try
        {
            await using var source = MediaFile.OpenShared(path);
            return await AddAsync(source, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, 0, IntakeProblem.Vanished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, 0, IntakeProblem.Unreadable);
        }
    }

    /// <inheritdoc/>
    public bool Contains(string sha256) => File.Exists(PathOf(sha256));

    /// <inheritdoc/>
    public async Task<MediaFile> ReadAsync(string sha256, string shownPath, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = MediaFile.OpenShared(PathOf(sha256));
            var file = await MediaFile.ReadAsync(stream, shownPath, options, cancellationToken);
            if (file.Sha256 == sha256 && file.Problem == IntakeProblem.None)
            {
                return file;
            }

            file.Dispose();
            throw new ContentStoreException(ContentStoreProblem.Damaged);
        }
        catch (DirectoryNotFoundException e)
        {
            throw Gone(e);
        }
        catch (FileNotFoundException e)
        {
            throw Gone(e);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw ContentStoreException.Of(e);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> VerifyAsync(string sha256, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = MediaFile.OpenShared(PathOf(sha256));
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == sha256;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(root) ? false : throw new ContentStoreException(ContentStoreProblem.Unavailable, e);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw ContentStoreException.Of(e);
        }
    }

    /// <inheritdoc/>
    public void Check()
    {
        var temporary = staging.NewPath();
        try
        {
            if (File.ReadAllText(IdFile) != Id)
            {
                throw new IOException("another store");
            }

            using var file = OwnerOnlyFile.Open(temporary, FileMode.CreateNew);
            file.WriteByte(0);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw ContentStoreException.Of(e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <inheritdoc/>
    public void Remove(string sha256)
    {
        var path = PathOf(sha256);
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
                FolderSync.Flush(Path.GetDirectoryName(path)!);
            }
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw ContentStoreException.Of(e);
        }
    }

    /// <summary>Ends the use of the folder.</summary>
    public void Dispose() => staging.Dispose();

    // Without its own mark this is another folder: a disk that is not mounted leaves an empty one, and no photo is to blame for that.
    private ContentStoreException Gone(IOException cause) => new(File.Exists(IdFile) ? ContentStoreProblem.Missing : ContentStoreProblem.Unavailable, cause);

    private string ReadOrMakeId()
    {
        if (!File.Exists(IdFile))
        {
            var temporary = staging.NewPath();
            using (var file = OwnerOnlyFile.Open(temporary, FileMode.CreateNew))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(temporary, IdFile, overwrite: false);
                FolderSync.Flush(root);
            }
            catch (IOException) when (File.Exists(IdFile))
            {
                // Another process made it at this moment.
                File.Delete(temporary);
            }
        }

        return File.ReadAllText(IdFile);
    }

    private static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    // The path is made of the hash: what is no hash must not lead anywhere.
    private string PathOf(string sha256) => sha256.Length == HashDigits && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(root, sha256[..2], sha256)
        : throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));

    private async Task<StoredContent> CopyAsync(Stream content, string temporary, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var copy = OwnerOnlyFile.Open(temporary, FileMode.CreateNew);
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            long length = 0;
            int count;
            while ((count = await ReadAsync(content, buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, count);
                length += count;
                if (length <= options.MaximumBytes)
                {
                    await copy.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }

            copy.Flush(flushToDisk: true);
            var problem = length == 0 ? IntakeProblem.Empty : length > options.MaximumBytes ? IntakeProblem.TooLarge : IntakeProblem.None;
            return new(Convert.ToHexStringLower(hash.GetCurrentHash()), length, problem);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Told apart from failures of the store's own disk, which are nobody's photo's fault.
    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw new SourceFailedException(e);
        }
    }

    // True when there was none of this hash.
    private bool Publish(string temporary, string sha256)
    {
        var path = PathOf(sha256);
        var shard = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(shard))
        {
            OwnerOnlyFile.CreateFolder(shard);
            FolderSync.Flush(root);
        }

        var isNew = !File.Exists(path);
        File.Move(temporary, path, overwrite: true);
        FolderSync.Flush(shard);
        return isNew;
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // The next start sweeps it away.
        }
    }

    private sealed class SourceFailedException(IOException cause) : IOException(cause.Message, cause);
}
