using System.Buffers;

namespace PublicationGate.Intake;

/// <summary>One pooled array that grows with what is read, up to a limit; past the limit bytes are counted and dropped.</summary>
internal sealed class BoundedBuffer : IDisposable
{
    // Hashed while still in the processor's cache, and few enough reads for a file of 40 MB.
    private const int Step = 128 * 1024;

    private readonly int limit;
    private byte[] bytes;

    /// <param name="expected">Expected number of bytes; when above <paramref name="limit"/> nothing is kept from the start.</param>
    /// <param name="limit">Largest number of bytes that is kept.</param>
    public BoundedBuffer(long expected, int limit)
    {
        this.limit = limit;
        Overflowed = expected > limit;
        bytes = ArrayPool<byte>.Shared.Rent(Overflowed ? Step : (int)Math.Max(expected + 1, Step));
    }

    /// <summary>Number of bytes that went in, dropped ones included.</summary>
    public long Length { get; private set; }

    /// <summary>True once the limit was passed.</summary>
    public bool Overflowed { get; private set; }

    private int Kept => Overflowed ? 0 : (int)Length;

    /// <summary>Room for the next read; never empty.</summary>
    public Memory<byte> Free()
    {
        if (Kept == bytes.Length)
        {
            Grow();
        }

        return bytes.AsMemory(Kept, Math.Min(Step, bytes.Length - Kept));
    }

    /// <summary>Takes the first <paramref name="count"/> bytes of <see cref="Free"/> in and returns them.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = bytes.AsSpan(Kept, count);
        Length += count;
        Overflowed |= Length > limit;
        return taken;
    }

    /// <summary>Hands the array over; the caller returns it to the pool.</summary>
    public byte[] Release()
    {
        var released = bytes;
        bytes = [];
        return released;
    }

    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Release());
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * bytes.Length, Math.Max(limit, bytes.Length) + 1L));
        bytes.AsSpan(0, Kept).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
