using System.Buffers.Binary;
using System.IO.Compression;
using PublicationGate.Imaging;

namespace PublicationGate.Tests.Support;

/// <summary>Pictures made by hand: pixels in memory, and files whose every byte is known.</summary>
internal static class Pictures
{
    /// <summary>Colour types of PNG.</summary>
    public const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    /// <summary>A picture whose bytes are those of <paramref name="rgb"/>.</summary>
    public static unsafe PixelImage OfBytes(int width, int height, byte[] rgb)
    {
        Assert.That(rgb, Has.Length.EqualTo(width * height * 3));
        _ = ImageDecoder.EngineVersion;
        fixed (byte* start = rgb)
        {
            using var image = VipsImage.FromPixels((nint)start, width, height);
            return image.ToPixels();
        }
    }

    /// <summary>A picture of one colour.</summary>
    public static PixelImage Plain(int width, int height, byte value = 128)
    {
        var bytes = new byte[width * height * 3];
        Array.Fill(bytes, value);
        return OfBytes(width, height, bytes);
    }

    /// <summary>A picture of many fields of their own grey, another one for each number: lively enough to be known again.</summary>
    public static PixelImage Lively(int number) => OfBytes(LivelyWidth, LivelyHeight, [.. LivelyGreys(number).SelectMany(grey => new[] { grey, grey, grey })]);

    /// <summary>The picture of <see cref="Lively"/> as a file, every value made darker by a percentage.</summary>
    public static byte[] LivelyPng(int number, int darker = 0) =>
        Png(LivelyWidth, LivelyHeight, Grey, 8, [.. LivelyGreys(number).Select(grey => (byte)(grey * (100 - darker) / 100))]);

    private const int LivelyWidth = 200, LivelyHeight = 100;

    private static byte[] LivelyGreys(int number)
    {
        var random = new Random(number);
        var fields = Enumerable.Range(0, 50).Select(_ => (byte)random.Next(40, 220)).ToArray();
        return [.. Enumerable.Range(0, LivelyWidth * LivelyHeight).Select(at => fields[(at / LivelyWidth / 20 * 10) + (at % LivelyWidth / 20)])];
    }

    /// <summary>A whole PNG; <paramref name="rows"/> are the raw samples without filter bytes.</summary>
    public static byte[] Png(int width, int height, byte colourType, byte bits, byte[] rows, byte[]? palette = null)
    {
        var perRow = rows.Length / height;
        var filtered = Enumerable.Range(0, height).SelectMany(y => rows.Skip(y * perRow).Take(perRow).Prepend((byte)0)).ToArray();
        return PngOf([
            ("IHDR", PngHeader(width, height, colourType, bits)),
            .. palette is null ? Array.Empty<(string, byte[])>() : [("PLTE", palette)],
            ("IDAT", Deflate(filtered)),
        ]);
    }

    /// <summary>A PNG that only has a header: its pixels could never be decoded.</summary>
    public static byte[] PngWithoutPixels(int width, int height) => PngOf([("IHDR", PngHeader(width, height, Rgb, 8)), ("IDAT", [])]);

    /// <summary>A PNG of the given chunks, with their checksums and the end.</summary>
    public static byte[] PngOf(IEnumerable<(string Type, byte[] Data)> chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (type, data) in chunks.Append(("IEND", [])))
        {
            byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
            file.Write(BigEndian((uint)data.Length));
            file.Write(body);
            file.Write(BigEndian(Crc32(body)));
        }

        return file.ToArray();
    }

    /// <summary>The content of a PNG header chunk.</summary>
    public static byte[] PngHeader(int width, int height, byte colourType, byte bits) => [.. BigEndian((uint)width), .. BigEndian((uint)height), bits, colourType, 0, 0, 0];

    /// <summary>A zlib stream.</summary>
    public static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }

    /// <summary>A GIF with frames of one pixel each, or with frames that claim the whole screen and have no pixels for it.</summary>
    public static byte[] Gif(ushort width, ushort height, int frames, bool wholeScreen = false)
    {
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        byte[] start = [.. "GIF89a"u8, .. size, 0x80, 0, 0, 255, 0, 0, 0, 0, 255];
        byte[] frame = [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, .. wholeScreen ? size : [1, 0, 1, 0], 0, 2, 2, 0x44, 1, 0];
        return [.. start, .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
    }

    /// <summary>A JPEG with an EXIF segment that holds nothing but an orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        .. jpeg[..2],
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        .. jpeg[2..],
    ];

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    // The checksum of PNG, bit by bit: slow and plain.
    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
