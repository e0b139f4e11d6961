using Microsoft.Extensions.Caching.Memory;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Previewing;

/// <summary>Small pictures of releases that stand, for pages; kept in memory for a while. Safe for concurrent use.</summary>
internal sealed class ReleasedPictures(ReleaseCopies copies, IContentStore store) : IDisposable
{
    // Thousands for lists.
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly SemaphoreSlim atOnce = new(2);

    /// <summary>The picture that a verdict allows; null when it allows none, or its evidence is not what was decided.</summary>
    /// <param name="found">The verdict.</param>
    /// <param name="longSide">Longest side in pixels.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ContentStoreException">The original cannot be read.</exception>
    /// <exception cref="UnreadableImageException">The original does not decode.</exception>
    /// <exception cref="StillRecognisableException">Somebody would be recognised.</exception>
    public async Task<CleanCopy?> FindAsync(FoundVerdict found, int longSide, CancellationToken cancellationToken)
    {
        if (found is not { IsIntact: true, Verdict: { Outcome: Outcome.Approved, Facts: { ContentSha256: { } content } } verdict })
        {
            return null;
        }

        await atOnce.WaitAsync(cancellationToken);
        try
        {
            return cache.TryGetValue((verdict.Id, longSide), out CleanCopy? known) ? known : await MakeAsync(content, verdict, longSide, cancellationToken);
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

    private async Task<CleanCopy> MakeAsync(string content, Verdict verdict, int longSide, CancellationToken cancellationToken)
    {
        var options = new CleanCopyOptions { LongSide = longSide, Format = CopyFormat.Jpeg };
        using var file = await store.ReadAsync(content, content, cancellationToken);
        var copy = await Task.Run(() => copies.Of(file.Content, verdict, options, cancellationToken), cancellationToken);
        return cache.Set((verdict.Id, longSide), copy, new MemoryCacheEntryOptions { Size = copy.Bytes.Length, AbsoluteExpirationRelativeToNow = Kept });
    }
}
