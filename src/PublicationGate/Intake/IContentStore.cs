namespace PublicationGate.Intake;

/// <summary>
/// Keeps originals by the hash of their content. An interface because several machines will need storage that they share; the one on a disk
/// is <see cref="ContentStore"/>.
/// </summary>
public interface IContentStore
{
    /// <summary>Tells this store from others, on every machine that uses it.</summary>
    string Id { get; }

    /// <summary>Takes over what a stream holds from here to its end. When this returns, it survives a crash and a power cut.</summary>
    /// <exception cref="ContentStoreException">The store could not keep it; nothing half is left.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    Task<StoredContent> AddAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Takes over a file; links, pipes and devices are not opened. What keeps the file from being read is in the result.</summary>
    /// <exception cref="ContentStoreException">The store could not keep it; nothing half is left.</exception>
    Task<StoredContent> AddAsync(string path, CancellationToken cancellationToken);

    /// <summary>Whether content of this hash is there; its bytes are not looked at.</summary>
    /// <param name="sha256">SHA-256, 64 lower-case hexadecimal digits.</param>
    bool Contains(string sha256);

    /// <summary>Reads the content for screening, and checks on the way that it is still what the hash says.</summary>
    /// <param name="sha256">SHA-256, 64 lower-case hexadecimal digits.</param>
    /// <param name="shownPath">Path as shown to people.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A file without <see cref="MediaFile.Problem"/>.</returns>
    /// <exception cref="ContentStoreException">It is not there, cannot be read, or is no longer what was stored.</exception>
    Task<MediaFile> ReadAsync(string sha256, string shownPath, CancellationToken cancellationToken);

    /// <summary>Whether the content is there and its bytes still have this hash.</summary>
    /// <exception cref="ContentStoreException">It cannot be read.</exception>
    Task<bool> VerifyAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>All content that is there, with the time at which it was last taken over.</summary>
    /// <exception cref="ContentStoreException">It cannot be read.</exception>
    IReadOnlyList<(string Sha256, DateTimeOffset At)> List();

    /// <summary>Looks whether content could be kept now, by writing a byte.</summary>
    /// <exception cref="ContentStoreException">It could not.</exception>
    void Check();

    /// <summary>Removes content for good, when there is any of this hash.</summary>
    /// <exception cref="ContentStoreException">The store does not allow it.</exception>
    void Remove(string sha256);
}

/// <summary>What became of a file that was to be stored.</summary>
/// <param name="Sha256">SHA-256 of the bytes that were read, lower-case hexadecimal; null when they could not be read to their end.</param>
/// <param name="Length">Number of bytes read.</param>
/// <param name="Problem">Why it is not in the store, a fault of the file itself; <see cref="IntakeProblem.None"/> when it is.</param>
public sealed record StoredContent(string? Sha256, long Length, IntakeProblem Problem)
{
    /// <summary>The store had no content of this hash before.</summary>
    public bool IsNew { get; init; }
}
