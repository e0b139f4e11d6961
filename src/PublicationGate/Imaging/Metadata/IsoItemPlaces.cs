namespace PublicationGate.Imaging.Metadata;

/// <summary>Where a part of an item stands.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="IsInline">In the <c>idat</c> box rather than in the file.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes; 0 for all up to the end.</param>
internal readonly record struct IsoItemPlace(uint Item, bool IsInline, long Offset, long Length);

/// <summary>The <c>iloc</c> box of ISO 14496-12, 8.11.3, in its versions 0 to 2.</summary>
internal static class IsoItemPlaces
{
    private const int MostPlaces = 65536;

    public static List<IsoItemPlace> Of(ReadOnlySpan<byte> iloc)
    {
        var places = new List<IsoItemPlace>();
        var bytes = new BigEndian(iloc);
        var version = bytes.Byte();
        bytes.Take(3);
        var (sizes, more) = (bytes.Byte(), bytes.Byte());
        var (offsetSize, lengthSize, baseSize, indexSize) = (sizes >> 4, sizes & 15, more >> 4, version == 0 ? 0 : more & 15);
        var count = version < 2 ? bytes.UInt16() : bytes.UInt32();
        for (var i = 0; i < count && places.Count < MostPlaces; i++)
        {
            var id = version < 2 ? bytes.UInt16() : bytes.UInt32();
            var method = version == 0 ? 0 : bytes.UInt16() & 15;
            bytes.Take(2);
            var start = bytes.Number(baseSize);
            for (var parts = bytes.UInt16(); parts > 0 && places.Count < MostPlaces; parts--)
            {
                bytes.Take(indexSize);
                places.Add(new IsoItemPlace(id, method == 1, start + bytes.Number(offsetSize), bytes.Number(lengthSize)));
            }
        }

        return places;
    }
}
