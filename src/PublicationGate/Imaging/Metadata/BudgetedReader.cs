using MetadataExtractor.IO;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// Gives MetadataExtractor the bytes of one block, and no more of them than a file may cost: a directory can name the same bytes
/// thousands of times, and each time they are copied.
/// </summary>
internal sealed class BudgetedReader(ReadOnlyMemory<byte> block, int shift, bool isMotorola, GatheredMetadata found) : IndexedReader(isMotorola)
{
    public override long Length => block.Length - shift;

    public override IndexedReader WithByteOrder(bool isMotorolaByteOrder) => new BudgetedReader(block, shift, isMotorolaByteOrder, found);

    public override IndexedReader WithShiftedBaseOffset(int shiftBy) => new BudgetedReader(block, checked(shift + shiftBy), IsMotorolaByteOrder, found);

    public override int ToUnshiftedOffset(int localOffset) => checked(localOffset + shift);

    public override byte GetByte(int index)
    {
        ValidateIndex(index, 1);
        found.Spend(1);
        return block.Span[index + shift];
    }

    public override byte[] GetBytes(int index, int count)
    {
        ValidateIndex(index, count);
        found.Spend(count);
        return block.Span.Slice(index + shift, count).ToArray();
    }

    protected override void ValidateIndex(int index, int bytesRequested)
    {
        if (!IsValidIndex(index, bytesRequested))
        {
            throw new BufferBoundsException(ToUnshiftedOffset(index), bytesRequested, block.Length);
        }
    }

    protected override bool IsValidIndex(int index, int bytesRequested) =>
        bytesRequested >= 0 && (long)index + shift >= 0 && (long)index + shift + bytesRequested <= block.Length;
}
