using System.Buffers.Binary;

namespace PublicationGate.Imaging.Metadata;

/// <summary>JPEG: the segments before and between the scans, and whatever stands after the end of the image.</summary>
internal static class JpegFile
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, Comment = 0xFE, App1 = 0xE1, App11 = 0xEB, App13 = 0xED;
    private const int MostImages = 10;

    public static void Read(ReadOnlyMemory<byte> file, GatheredMetadata found)
    {
        var rest = file[ReadImage(file, found, out _)..];
        for (var images = 1; ; images++)
        {
            if (SamsungTrailer.IsHarmless(rest.Span))
            {
                return;
            }

            rest = FromNextImage(rest);

            if (images == MostImages || rest.Span is not [0xFF, 0xD8, 0xFF, ..])
            {
                found.NoteRest(rest.Span);
                return;
            }

            // The further images of an MPF file: a preview, a brightness map, the other eye, or another photo.
            var length = ReadImage(rest, found, out var isGainMap);
            found.Add(new EmbeddedPicture("MPImage", rest[..length], isGainMap));
            rest = rest[length..];
        }
    }

    /// <summary>Reads one image from its start marker to its end marker.</summary>
    /// <returns>How many bytes it takes.</returns>
    private static int ReadImage(ReadOnlyMemory<byte> image, GatheredMetadata found, out bool isGainMap)
    {
        var segments = new JpegSegments(found);
        var at = 2;
        while (Marker(image.Span, ref at) is { } marker && marker != EndOfImage)
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            if (at + 2 > image.Length || BinaryPrimitives.ReadUInt16BigEndian(image.Span[at..]) is var length && (length < 2 || at + length > image.Length))
            {
                found.Damage();
                at = image.Length;
                break;
            }

            var content = image.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case App1:
                    segments.App1(content);
                    break;
                case App11:
                    found.Hide("JPEG:APP11");
                    break;
                case App13:
                    segments.App13(content);
                    break;
                case Comment:
                    found.Add(MetadataKind.Text, "JPEG:Comment", GatheredMetadata.Decode(content.Span));
                    break;
                case StartOfScan:
                    at = EndOfScan(image.Span, at);
                    break;
                default:
                    break;
            }
        }

        segments.Finish();
        isGainMap = segments.IsGainMap;
        return at;
    }

    // Null at the end of the bytes. What stands between segments is skipped, as decoders do.
    private static byte? Marker(ReadOnlySpan<byte> image, ref int at)
    {
        while (at < image.Length && image[at..].IndexOf((byte)0xFF) is >= 0 and var next)
        {
            at += next;
            while (at < image.Length && image[at] == 0xFF)
            {
                at++;
            }

            if (at < image.Length && image[at++] is not 0 and var marker)
            {
                return marker;
            }
        }

        at = image.Length;
        return null;
    }

    // Within a scan 0xFF is followed by 0 or by a restart marker; anything else ends it.
    private static int EndOfScan(ReadOnlySpan<byte> image, int at)
    {
        while (at < image.Length && image[at..].IndexOf((byte)0xFF) is >= 0 and var next)
        {
            at += next;
            if (at + 1 < image.Length && image[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at++;
        }

        return image.Length;
    }

    // Cameras align further images by zeros.
    private static ReadOnlyMemory<byte> FromNextImage(ReadOnlyMemory<byte> rest) => rest.Span.IndexOfAnyExcept((byte)0) is >= 0 and var at ? rest[at..] : ReadOnlyMemory<byte>.Empty;
}
