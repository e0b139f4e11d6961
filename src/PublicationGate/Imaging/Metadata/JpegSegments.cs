using System.Buffers;

namespace PublicationGate.Imaging.Metadata;

/// <summary>Puts together what JPEG spreads over segments of at most 64 KB, and reads it once the image has ended.</summary>
internal sealed class JpegSegments(GatheredMetadata found)
{
    private const int GuidLength = 32;
    private const int LargestExtended = 16 * 1024 * 1024;

    private readonly List<ArrayBufferWriter<byte>> exif = [];
    private readonly List<ReadOnlyMemory<byte>> xmp = [];
    private readonly Dictionary<string, byte[]> extended = [];
    private readonly Dictionary<string, long> extendedFilled = [];
    private readonly ArrayBufferWriter<byte> photoshop = new();

    private static ReadOnlySpan<byte> ExifName => "Exif\0"u8;

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> ExtendedName => "http://ns.adobe.com/xmp/extension/\0"u8;

    private static ReadOnlySpan<byte> PhotoshopName => "Photoshop 3.0\0"u8;

    /// <summary>The image's XMP says that it is a brightness map.</summary>
    public bool IsGainMap { get; private set; }

    public void App1(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        if (bytes.StartsWith(ExifName) && bytes.Length > 6)
        {
            // A block of more than 64 KB goes on in the next segment, without a header of its own.
            var isStart = bytes[6..] is [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..];
            if (isStart || exif.Count == 0)
            {
                exif.Add(new ArrayBufferWriter<byte>());
            }

            exif[^1].Write(bytes[6..]);
        }
        else if (bytes.StartsWith(XmpName))
        {
            xmp.Add(content[XmpName.Length..]);
        }
        else if (bytes.StartsWith(ExtendedName))
        {
            Extend(bytes[ExtendedName.Length..]);
        }
    }

    public void App13(ReadOnlyMemory<byte> content)
    {
        if (content.Span.StartsWith(PhotoshopName))
        {
            photoshop.Write(content.Span[PhotoshopName.Length..]);
        }
    }

    public void Finish()
    {
        exif.ForEach(block => ExifBlock.Read(block.WrittenMemory, found));
        PhotoshopBlock.Read(photoshop.WrittenMemory, found);
        foreach (var packet in xmp)
        {
            IsGainMap |= packet.Span.IndexOf("hdrgm:GainMapMax"u8) >= 0 || packet.Span.IndexOf("HDRGainMap"u8) >= 0;
            XmpPacket.Read(packet, found);
        }

        foreach (var (guid, packet) in extended)
        {
            if (extendedFilled[guid] < packet.Length)
            {
                found.Damage();
            }

            XmpPacket.Read(packet, found);
        }
    }

    // XMP specification part 3, 1.1.3.1: digest, length of the whole, offset of this part. Each packet is a document of its own.
    private void Extend(ReadOnlySpan<byte> segment)
    {
        var bytes = new BigEndian(segment);
        var guid = Convert.ToHexString(bytes.Take(GuidLength));
        var (length, offset) = (bytes.UInt32(), bytes.UInt32());
        var part = bytes.Take(bytes.Left);
        if (extended.Sum(packet => (long)packet.Value.Length) + length > LargestExtended && !extended.ContainsKey(guid))
        {
            found.Damage();
            return;
        }

        if (!extended.TryGetValue(guid, out var packet))
        {
            extended[guid] = packet = new byte[length];
        }

        if (packet.Length != length || offset + (long)part.Length > length)
        {
            found.Damage();
            return;
        }

        part.CopyTo(packet.AsSpan((int)offset));
        extendedFilled[guid] = extendedFilled.GetValueOrDefault(guid) + part.Length;
    }
}
