namespace PublicationGate.Imaging.Metadata;

/// <summary>IPTC-IIM 4.2: data sets of a marker byte, record, number and length.</summary>
internal static class IptcBlock
{
    private const byte Marker = 0x1C;

    private static readonly Dictionary<byte, (MetadataKind Kind, string Name)> Named = new()
    {
        [26] = (MetadataKind.Location, "ContentLocationCode"),
        [27] = (MetadataKind.Location, "ContentLocationName"),
        [80] = (MetadataKind.Maker, "By-line"),
        [90] = (MetadataKind.Location, "City"),
        [92] = (MetadataKind.Location, "Sub-location"),
        [95] = (MetadataKind.Location, "Province-State"),
        [110] = (MetadataKind.Maker, "Credit"),
        [115] = (MetadataKind.Maker, "Source"),
        [116] = (MetadataKind.Maker, "CopyrightNotice"),
        [188] = (MetadataKind.Maker, "OwnerID"),
        [5] = (MetadataKind.Text, "ObjectName"),
        [25] = (MetadataKind.Text, "Keywords"),
        [85] = (MetadataKind.Text, "By-lineTitle"),
        [105] = (MetadataKind.Text, "Headline"),
        [118] = (MetadataKind.Text, "Contact"),
        [120] = (MetadataKind.Text, "Caption"),
        [122] = (MetadataKind.Text, "Writer-Editor"),
        [255] = (MetadataKind.Text, "CatalogSets"),
    };

    // Versions, dates, times, priorities, and the names of programs: they say nothing of people.
    private static readonly HashSet<byte> Noise = [0, 3, 4, 7, 8, 10, 12, 15, 30, 35, 37, 38, 42, 47, 50, 55, 60, 62, 63, 65, 70, 75, 100, 101, 130, 131, 135, 150, 151, 152, 153, 154, 200, 201, 202];

    public static void Read(ReadOnlySpan<byte> block, GatheredMetadata found)
    {
        var bytes = new BigEndian(block);
        while (bytes.Left > 0)
        {
            var start = bytes.Byte();
            if (start != Marker)
            {
                // Photoshop pads to an even length, others to a full block.
                if (start != 0)
                {
                    found.Damage();
                    return;
                }

                continue;
            }

            var (record, number) = (bytes.Byte(), bytes.Byte());
            long length = bytes.UInt16();
            if (length >= 0x8000)
            {
                length = bytes.Number((int)(length & 0x7FFF));
            }

            Note(record, number, bytes.Take(length), found);
        }
    }

    private static void Note(byte record, byte number, ReadOnlySpan<byte> value, GatheredMetadata found)
    {
        if (record != 2 || Noise.Contains(number))
        {
            return;
        }

        var (kind, name) = Named.TryGetValue(number, out var named) ? named : (MetadataKind.Text, $"2:{number}");
        found.Add(kind, "IPTC:" + name, GatheredMetadata.Decode(value));
    }
}
