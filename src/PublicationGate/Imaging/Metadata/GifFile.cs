namespace PublicationGate.Imaging.Metadata;

/// <summary>GIF: comments, texts and application blocks between the frames, and what stands after the trailer.</summary>
internal static class GifFile
{
    private const byte Extension = 0x21, Frame = 0x2C, Trailer = 0x3B, Comment = 0xFE, PlainText = 0x01, Application = 0xFF;

    // One, then all bytes downwards: no text in UTF-8 holds the second.
    private static ReadOnlySpan<byte> StartOfTail => [0x01, 0xFF, 0xFE, 0xFD];

    public static void Read(ReadOnlyMemory<byte> file, GatheredMetadata found)
    {
        var bytes = new BigEndian(file.Span);
        bytes.Take(10);
        TakeColours(ref bytes, bytes.Byte());
        bytes.Take(2);
        while (true)
        {
            switch (bytes.Byte())
            {
                case Extension:
                    ReadExtension(file, ref bytes, found);
                    break;
                case Frame:
                    bytes.Take(8);
                    TakeColours(ref bytes, bytes.Byte());
                    bytes.Byte();
                    SkipBlocks(ref bytes);
                    break;
                case Trailer:
                    found.NoteRest(file.Span[bytes.Position..]);

                    return;
                case 0:
                    break;
                default:
                    throw new CutOffException();
            }
        }
    }

    private static void ReadExtension(ReadOnlyMemory<byte> file, ref BigEndian bytes, GatheredMetadata found)
    {
        var label = bytes.Byte();
        if (label is Comment or PlainText)
        {
            found.Add(MetadataKind.Text, label == Comment ? "GIF:Comment" : "GIF:Text", GatheredMetadata.Decode(TakeBlocks(ref bytes, label == PlainText)));
            return;
        }

        if (label != Application)
        {
            SkipBlocks(ref bytes);
            return;
        }

        var id = bytes.Take(bytes.Byte());
        var start = bytes.Position;
        if (id.SequenceEqual("XMP DataXMP"u8))
        {
            // The packet stands there as it is, without lengths; a tail of 258 bytes leads readers of blocks to its end.
            SkipBlocks(ref bytes);
            var packet = file[start..bytes.Position];
            var tail = packet.Span.LastIndexOf(StartOfTail);
            XmpPacket.Read(tail < 0 ? packet : packet[..tail], found);
        }
        else if (id.SequenceEqual("MGK8BIM0000"u8))
        {
            PhotoshopBlock.Read(TakeBlocks(ref bytes, false), found);
        }
        else if (id.SequenceEqual("NETSCAPE2.0"u8) || id.SequenceEqual("ANIMEXTS1.0"u8) || id.SequenceEqual("ICCRGBG1012"u8))
        {
            SkipBlocks(ref bytes);
        }
        else
        {
            found.Hide("GIF:" + GatheredMetadata.Decode(id));
            SkipBlocks(ref bytes);
        }
    }

    private static void TakeColours(ref BigEndian bytes, byte flags)
    {
        if ((flags & 0x80) != 0)
        {
            bytes.Take(3 << ((flags & 7) + 1));
        }
    }

    private static void SkipBlocks(ref BigEndian bytes)
    {
        while (bytes.Byte() is > 0 and var length)
        {
            bytes.Take(length);
        }
    }

    private static byte[] TakeBlocks(ref BigEndian bytes, bool skipsFirst)
    {
        using var content = new MemoryStream();
        while (bytes.Byte() is > 0 and var length)
        {
            var block = bytes.Take(length);
            content.Write(skipsFirst ? [] : block);
            skipsFirst = false;
        }

        return content.ToArray();
    }
}
