using System.Buffers;
using System.Security.Cryptography;

namespace PublicationGate.Intake;

/// <summary>A file taken in: the very bytes that are screened, and their hash. Dispose it to give the memory back.</summary>
public sealed class MediaFile : IDisposable
{
    private byte[]? buffer;

    private MediaFile(string path, IntakeProblem problem) => (Path, Problem) = (path, problem);

    /// <summary>Path as shown to people: as they gave it, or below the folder they gave.</summary>
    public string Path { get; }

    /// <summary>Last part of <see cref="Path"/>.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>Name of the folder that the file stood in; null when it came from none, or from the top of a disk.</summary>
    public string? FolderName { get; private set; }

    /// <summary>The <c>.xmp</c> files beside it, which are no part of <see cref="Content"/>.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; private set; } = [];

    /// <summary>Number of bytes that were read and hashed, also of a file that was too large to keep.</summary>
    public long Length { get; private init; }

    /// <summary>SHA-256 of exactly the bytes read, lower-case hexadecimal; null when the file could not be read to its end.</summary>
    public string? Sha256 { get; private init; }

    /// <summary>Why there is no content; <see cref="IntakeProblem.None"/> when there is.</summary>
    public IntakeProblem Problem { get; }

    /// <summary>The bytes that <see cref="Sha256"/> is of; empty when there is a <see cref="Problem"/>.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back and may hold another file by now.</exception>
    public ReadOnlyMemory<byte> Content
    {
        get
        {
            ObjectDisposedException.ThrowIf(buffer is null && Problem == IntakeProblem.None, this);
            return buffer.AsMemory(0, buffer is null ? 0 : (int)Length);
        }
    }

    /// <summary>Reads the file at <paramref name="path"/>. Links, pipes and devices are not opened.</summary>
    /// <returns>Always a file: what keeps it from being read is its <see cref="Problem"/>, and the caller holds it.</returns>
    public static async Task<MediaFile> ReadAsync(string path, string shownPath, IntakeOptions options, CancellationToken cancellationToken)
    {
        var problem = ProblemOf(path);
        if (problem != IntakeProblem.None)
        {
            return new(shownPath, problem);
        }

        try
        {
            await using var stream = OpenShared(path);
            var sidecars = await Sidecar.BesideAsync(path, cancellationToken);
            var folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)));
            return await ReadAsync(stream, shownPath, options, folder is { Length: > 0 } ? folder : null, sidecars, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(shownPath, IntakeProblem.Vanished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(shownPath, IntakeProblem.Unreadable);
        }
    }

    /// <summary>Reads <paramref name="stream"/> to its end in bounded memory: at most the limit is kept, the rest is hashed and dropped.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public static Task<MediaFile> ReadAsync(Stream stream, string shownPath, IntakeOptions options, CancellationToken cancellationToken) =>
        ReadAsync(stream, shownPath, options, null, [], cancellationToken);

    private static async Task<MediaFile> ReadAsync(
        Stream stream, string shownPath, IntakeOptions options, string? folderName, IReadOnlyList<Sidecar> sidecars, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = new BoundedBuffer(stream.CanSeek ? stream.Length : 0, options.MaximumBytes);
        int count;
        while ((count = await stream.ReadAsync(content.Free(), cancellationToken)) > 0)
        {
            hash.AppendData(content.Take(count));
        }

        var problem = content.Overflowed ? IntakeProblem.TooLarge : content.Length == 0 ? IntakeProblem.Empty : IntakeProblem.None;
        return new(shownPath, problem)
        {
            FolderName = folderName,
            Sidecars = sidecars,
            Length = content.Length,
            Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash()),
            buffer = problem == IntakeProblem.None ? content.Release() : null,
        };
    }

    /// <summary>A file without content that was looked at elsewhere: by the store, which kept its bytes or could not.</summary>
    /// <param name="shownPath">Path as shown to people.</param>
    /// <param name="problem">Why it is held; not <see cref="IntakeProblem.None"/>.</param>
    /// <param name="sha256">SHA-256 of its bytes where they could be read to their end.</param>
    /// <param name="length">Number of bytes.</param>
    public static MediaFile WithoutContent(string shownPath, IntakeProblem problem, string? sha256, long length) =>
        problem == IntakeProblem.None
            ? throw new ArgumentException("A file without content has a problem.", nameof(problem))
            : new(shownPath, problem) { Sha256 = sha256, Length = length };

    /// <summary>The same file, read from the store, as it stood in its folder.</summary>
    internal MediaFile From(string? folderName, IReadOnlyList<Sidecar> sidecars)
    {
        (FolderName, Sidecars) = (folderName, sidecars);
        return this;
    }

    /// <summary>What keeps a path from being opened at all; <see cref="IntakeProblem.None"/> for a regular file.</summary>
    internal static IntakeProblem ProblemOf(string path) => FileKinds.Of(path) switch
    {
        FileKind.Regular => IntakeProblem.None,
        FileKind.Missing => IntakeProblem.Vanished,
        FileKind.Link => IntakeProblem.Link,
        FileKind.Unknown => IntakeProblem.Unreadable,
        _ => IntakeProblem.NotARegularFile,
    };

    /// <remarks>Sharing everything: a photo that a sync program still writes to is read as it is now, and its hash tells which bytes those were.</remarks>
    internal static FileStream OpenShared(string path) => new(path, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    /// <summary>Gives the memory back; <see cref="Content"/> must not be used after.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
