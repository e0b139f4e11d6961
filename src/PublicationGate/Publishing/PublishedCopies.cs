using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Publishing;

/// <summary>The copies of releases as they leave the gate: the bytes in the store that certificates cover, and no others. None is made here.</summary>
/// <param name="database">Releases.</param>
/// <param name="store">Where copies lie.</param>
/// <param name="time">Clock of the waiting.</param>
public sealed class PublishedCopies(GateDatabase database, IContentStore store, TimeProvider time)
{
    /// <summary>How long a person or program waits for a copy that is being made.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads the copy of a release.</summary>
    /// <returns>The copy; null while there is none.</returns>
    /// <exception cref="ContentStoreException">The store does not give it.</exception>
    public async Task<ReleasedCopy?> FindAsync(Release release, CancellationToken cancellationToken)
    {
        if (release.CopySha256 is not { } sha256)
        {
            return null;
        }

        using var stored = await store.ReadAsync(sha256, release.Id, cancellationToken);
        return Of(stored.Content.ToArray());
    }

    /// <summary>The same, after a while where the copy is still being made, which begins right after the approval.</summary>
    /// <param name="releaseId">The release.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The release and its copy; null when it does not stand, or has none by then.</returns>
    /// <exception cref="ContentStoreException">The store does not give it.</exception>
    public async Task<(Release Release, ReleasedCopy Copy)?> WaitAsync(string releaseId, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var from = time.GetTimestamp();
        while (await db.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.Id == releaseId && release.WithdrawnAt == null, cancellationToken) is { } release)
        {
            if (await FindAsync(release, cancellationToken) is { } copy)
            {
                return (release, copy);
            }

            if (time.GetElapsedTime(from) >= patience)
            {
                return null;
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return null;
    }

    private static ReleasedCopy Of(ReadOnlyMemory<byte> bytes)
    {
        var extension = ReleasedCopy.ExtensionOf(bytes.Span);
        return new(bytes, extension, extension switch { ".png" => "image/png", ".webp" => "image/webp", _ => "image/jpeg" }, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
    }
}

/// <summary>The bytes that leave.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Extension">Ending of its name, with the dot.</param>
/// <param name="MediaType">Its type for HTTP.</param>
/// <param name="Sha256">SHA-256 of the bytes, lower-case hexadecimal.</param>
public sealed record ReleasedCopy(ReadOnlyMemory<byte> Bytes, string Extension, string MediaType, string Sha256)
{
    /// <summary>How the name of a copy ends.</summary>
    internal static string ExtensionOf(ReadOnlySpan<byte> bytes) => ImageSignature.Recognise(bytes) switch
    {
        ImageFormat.Png => ".png",
        ImageFormat.Webp => ".webp",
        _ => ".jpg",
    };

    /// <summary>To read from.</summary>
    public Stream Open() => new MemoryStream(Bytes.ToArray(), writable: false);
}
