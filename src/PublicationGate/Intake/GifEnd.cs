namespace PublicationGate.Intake;

/// <summary>Walks the blocks of a GIF to its trailer: the trailer's one byte occurs in data, too.</summary>
internal static class GifEnd
{
    private const int Trailer = 0x3B, Extension = 0x21, ImageDescriptor = 0x2C;

    public static bool IsThere(Stream file)
    {
        file.Position = 10;
        var flags = file.ReadByte();
        if (flags < 0 || !Skip(file, 2 + ColourTable(flags)))
        {
            return false;
        }

        while (true)
        {
            switch (file.ReadByte())
            {
                case Trailer:
                    return true;
                case Extension:
                    if (file.ReadByte() < 0 || !SkipBlocks(file))
                    {
                        return false;
                    }

                    break;
                case ImageDescriptor:
                    if (!Skip(file, 8) || file.ReadByte() is not (>= 0 and var local) || !Skip(file, ColourTable(local) + 1) || !SkipBlocks(file))
                    {
                        return false;
                    }

                    break;
                case -1 or 0:
                    return false;
                default:
                    // No block at all is damage, which waiting does not mend.
                    return true;
            }
        }
    }

    private static int ColourTable(int flags) => (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;

    private static bool SkipBlocks(Stream file)
    {
        int size;
        while ((size = file.ReadByte()) > 0)
        {
            if (!Skip(file, size))
            {
                return false;
            }
        }

        return size == 0;
    }

    private static bool Skip(Stream file, int count)
    {
        if (file.Length - file.Position < count)
        {
            return false;
        }

        file.Seek(count, SeekOrigin.Current);
        return true;
    }
}
