using System.Security.Cryptography;
using System.Threading.RateLimiting;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Removal.Requests;

namespace PublicationGate.App.Requests;

/// <summary>Looks at pictures that anybody sends: one at a time, so that a public page never takes the screening's room.</summary>
internal sealed class SentPictures(IImageDecoder decoder) : IDisposable
{
    /// <summary>Largest picture in bytes.</summary>
    public const int MaximumBytes = 20 * 1024 * 1024;

    /// <summary>The same in MB.</summary>
    public const int Megabytes = MaximumBytes >> 20;

    // Enough to tell what a picture shows, and for its hash.
    private const int LongSide = 1024;
    private const int Quality = 75;

    // Longer than the largest picture takes: whoever waits more would better try again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // Pictures stand in memory while they come in, never in a file: together some 250 MB.
    private const int MostAtOnce = 12;

    // Of one sender, so that nobody who sends slowly keeps all families out; some more may wait.
    private const int MostOfOne = 2;
    private const int MostWaitOfOne = 10;

    private readonly SemaphoreSlim room = new(1);
    private readonly SemaphoreSlim places = new(MostAtOnce);
    private readonly PartitionedRateLimiter<string> ofOne = PartitionedRateLimiter.Create<string, string>(source => RateLimitPartition.GetConcurrencyLimiter(
        source, _ => new ConcurrencyLimiterOptions { PermitLimit = MostOfOne, QueueLimit = MostWaitOfOne, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    /// <summary>Takes in what somebody sends, when there is a place for it.</summary>
    /// <param name="source">Who sends, by <see cref="RequestSources"/>.</param>
    /// <param name="takeIn">Takes it in.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it; null when too many send at once, or this one too many.</returns>
    public async Task<T?> InPlaceAsync<T>(string source, Func<Task<T>> takeIn, CancellationToken cancellationToken)
        where T : class
    {
        using var own = await OwnPlaceAsync(source, cancellationToken);
        if (own is not { IsAcquired: true } || !await places.WaitAsync(LongestWait, cancellationToken))
        {
            return null;
        }

        try
        {
            return await takeIn();
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Looks at a picture.</summary>
    /// <returns>What it is, also when it cannot be read; null when too many wait.</returns>
    public async Task<SentPicture?> LookAtAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!await room.WaitAsync(LongestWait, cancellationToken))
        {
            return null;
        }

        try
        {
            return await Task.Run(() => LookAt(content, cancellationToken), cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose()
    {
        ofOne.Dispose();
        room.Dispose();
        places.Dispose();
    }

    // Null when the wait was too long.
    private async Task<RateLimitLease?> OwnPlaceAsync(string source, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(LongestWait);
        try
        {
            return await ofOne.AcquireAsync(source, 1, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private SentPicture LookAt(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        try
        {
            using var image = decoder.Open(content, cancellationToken);
            using var pixels = image.DecodeFrames(image.ReadHeader(), LongSide, () => { }).First();
            return new(sha256, PictureHash.Of(pixels), CleanCopy.Of(pixels, new() { LongSide = LongSide, Quality = Quality, Format = CopyFormat.Jpeg }, mayBeADrawing: false).Bytes.ToArray());
        }
        catch (Exception unreadable) when (unreadable is UnreadableImageException or DecoderUnavailableException)
        {
            return new(sha256, null, null);
        }
    }
}
