using System.Security.Cryptography;

namespace PublicationGate.Backup;

/// <summary>The next so many bytes of a stream, hashed on their way: a file that grows meanwhile is read as long as it was, one that shrinks fails.</summary>
/// <param name="source">The stream; it stays the caller's to dispose.</param>
/// <param name="length">How many bytes.</param>
internal sealed class BoundedStream(Stream source, long length) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long position;

    /// <summary>SHA-256, lower-case hexadecimal, of what was read.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override bool CanRead => true;

    // Who writes archives asks those who can seek for their length. Nobody does seek.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - position);
        if (wanted == 0)
        {
            return 0;
        }

        var count = await source.ReadAsync(buffer[..wanted], cancellationToken);
        return Seen(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var wanted = (int)Math.Min(count, length - position);
        return wanted == 0 ? 0 : Seen(buffer.AsSpan(offset), source.Read(buffer, offset, wanted));
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }

    private int Seen(ReadOnlySpan<byte> buffer, int count)
    {
        if (count == 0)
        {
            throw new EndOfStreamException();
        }

        hash.AppendData(buffer[..count]);
        position += count;
        return count;
    }
}
