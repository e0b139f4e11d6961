using PublicationGate.Intake;

namespace PublicationGate.App.Uploads;

/// <summary>The bytes of one uploaded photo on their way into the store: refused as soon as they are no picture, or one too many.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="most">Bytes that are taken.</param>
internal sealed class PhotoStream(Stream source, int most) : Stream
{
    private readonly byte[] start = new byte[ImageSignature.Length];
    private int startLength;
    private long length;

    /// <summary>What the first bytes say it is.</summary>
    public ImageFormat Format { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken);
        length += count;
        if (length > most)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "photo-too-large", ("limit", most >> 20));
        }

        Recognise(buffer.Span[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // What begins like a picture and is none is the decoder's to find out; what does not even begin so is not kept.
    private void Recognise(ReadOnlySpan<byte> bytes)
    {
        if (startLength == start.Length)
        {
            return;
        }

        var isEnd = bytes.Length == 0;
        var more = bytes[..Math.Min(bytes.Length, start.Length - startLength)];
        more.CopyTo(start.AsSpan(startLength));
        startLength += more.Length;
        if (isEnd || startLength == start.Length)
        {
            Format = ImageSignature.Recognise(start.AsSpan(0, startLength));
            startLength = start.Length;
            if (Format == ImageFormat.Unknown)
            {
                throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, length == 0 ? "photo-empty" : "no-photo-type");
            }
        }
    }
}
