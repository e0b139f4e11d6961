using System.Security.Cryptography;
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

    private readonly SemaphoreSlim room = new(1);
    private readonly SemaphoreSlim places = new(MostAtOnce);

    /// <summary>Takes in what somebody sends, when there is a place for it.</summary>
    /// <returns>What came of it; null when too many send at once.</returns>
    public async Task<T?> InPlaceAsync<T>(Func<Task<T>> takeIn, CancellationToken cancellationToken)
        where T : class
    {
        if (!await places.WaitAsync(LongestWait, cancellationToken))
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
        room.Dispose();
        places.Dispose();
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
