using System.Buffers.Binary;
using System.Text;

namespace PublicationGate.Tests.Support;

/// <summary>An EXIF block, or a TIFF without a picture, of which every byte is known: big-endian, values after their directory.</summary>
internal sealed class TiffBlock
{
    private readonly SortedDictionary<int, (int Type, byte[] Value, TiffBlock? Directory)> entries = [];
    private TiffBlock? next;

    public TiffBlock Ascii(int tag, string value) => Set(tag, 2, [.. Encoding.UTF8.GetBytes(value), 0]);

    public TiffBlock Raw(int tag, byte[] value, int type = 7) => Set(tag, type, value);

    public TiffBlock Rationals(int tag, params uint[] numerators) => Set(tag, 5, [.. numerators.SelectMany(numerator => Number(numerator).Concat(Number(1)))]);

    public TiffBlock Directory(int tag, TiffBlock directory)
    {
        entries[tag] = (4, new byte[4], directory);
        return this;
    }

    public TiffBlock Then(TiffBlock directory)
    {
        next = directory;
        return this;
    }

    /// <summary>The whole block with its header.</summary>
    public byte[] ToBytes() => [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, .. Written(8)];

    /// <summary>The directory alone, whose offsets count from <paramref name="at"/>.</summary>
    public byte[] Written(int at)
    {
        var values = new MemoryStream();
        var valuesAt = at + 2 + (12 * entries.Count) + 4;
        var table = new MemoryStream();
        table.Write([0, (byte)entries.Count]);
        foreach (var (tag, (type, given, directory)) in entries)
        {
            var value = given;
            if (directory is not null)
            {
                var start = valuesAt + (int)values.Length;
                value = Number((uint)start);
                values.Write(directory.Written(start));
            }

            var count = type == 5 ? value.Length / 8 : type == 4 ? value.Length / 4 : value.Length;
            table.Write([(byte)(tag >> 8), (byte)tag, 0, (byte)type, .. Number((uint)count)]);
            table.Write(value.Length <= 4 ? [.. value, .. new byte[4 - value.Length]] : Number((uint)(valuesAt + values.Length)));
            values.Write(value.Length <= 4 ? [] : value);
        }

        var nextAt = valuesAt + (int)values.Length;
        return [.. table.ToArray(), .. Number(next is null ? 0 : (uint)nextAt), .. values.ToArray(), .. next?.Written(nextAt) ?? []];
    }

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private TiffBlock Set(int tag, int type, byte[] value)
    {
        entries[tag] = (type, value, null);
        return this;
    }
}
