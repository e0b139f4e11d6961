using Microsoft.Extensions.Caching.Memory;
using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.App.Previewing;

/// <summary>Pictures that pages show, made from originals by their content and kept in memory for a while. Safe for concurrent use.</summary>
internal sealed class Previews(IContentStore store, IImageDecoder decoder) : IDisposable
{
    /// <summary>Longest side of a picture in a list.</summary>
    public const int Small = 320;

    /// <summary>Longest side of a picture to decide by.</summary>
    public const int Large = 1600;

    // Some two hundred large ones: an afternoon's queue.
    private const long MostBytes = 64 * 1024 * 1024;

    // What was erased must not be seen for long.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    // A list of fifty must not take all cores from the screening.
    private readonly SemaphoreSlim atOnce = new(2);

    /// <summary>A JPEG without metadata; null when the original does not decode.</summary>
    /// <param name="sha256">Hash of the original.</param>
    /// <param name="size">Longest side wanted; <see cref="Small"/> up to that, else <see cref="Large"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ContentStoreException">The original cannot be read.</exception>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(string sha256, int size, CancellationToken cancellationToken)
    {
        var side = size <= Small ? Small : Large;
        if (cache.TryGetValue((sha256, side), out ReadOnlyMemory<byte> known))
        {
            return known;
        }

        await atOnce.WaitAsync(cancellationToken);
        try
        {
            return cache.TryGetValue((sha256, side), out known) ? known : await MakeAsync(sha256, side, cancellationToken);
        }
        catch (UnreadableImageException)
        {
            return null;
        }
        finally
        {
            atOnce.Release();
        }
    }

    public void Dispose()
    {
        cache.Dispose();
        atOnce.Dispose();
    }

    private async Task<ReadOnlyMemory<byte>> MakeAsync(string sha256, int side, CancellationToken cancellationToken)
    {
        using var file = await store.ReadAsync(sha256, sha256, cancellationToken);
        var picture = await Task.Run(() => CleanCopy.Of(decoder, file.Content, new CleanCopyOptions { LongSide = side, Quality = 80, Format = CopyFormat.Jpeg }, cancellationToken).Bytes, cancellationToken);
        return cache.Set((sha256, side), picture, new MemoryCacheEntryOptions { Size = picture.Length, AbsoluteExpirationRelativeToNow = Kept });
    }
}
