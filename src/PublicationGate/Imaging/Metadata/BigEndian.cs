using System.Buffers.Binary;

namespace PublicationGate.Imaging.Metadata;

/// <summary>Bytes of a block that are read from front to end; reading past it throws <see cref="CutOffException"/>, never reads what stands behind.</summary>
internal ref struct BigEndian(ReadOnlySpan<byte> block)
{
    private readonly ReadOnlySpan<byte> block = block;

    /// <summary>How many bytes were taken.</summary>
    public int Position { get; private set; }

    public readonly int Left => block.Length - Position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A whole number of 0, 2, 4 or 8 bytes.</summary>
    public long Number(int size) => size switch
    {
        0 => 0,
        2 => UInt16(),
        4 => UInt32(),
        8 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        _ => throw new CutOffException(),
    };

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left)
        {
            throw new CutOffException();
        }

        var taken = block.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>Bytes up to a zero, which is taken too.</summary>
    public ReadOnlySpan<byte> TakeToZero()
    {
        var taken = Take(block[Position..].IndexOf((byte)0));
        Position++;
        return taken;
    }
}

/// <summary>A block ends before what it announces.</summary>
internal sealed class CutOffException : Exception;
