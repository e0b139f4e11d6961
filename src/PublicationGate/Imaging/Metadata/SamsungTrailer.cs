using System.Buffers.Binary;
using System.Text;

namespace PublicationGate.Imaging.Metadata;

/// <summary>
/// What Samsung phones write after the end of nearly every photo: blocks with names, a directory of them (<c>SEFH</c>), its length and
/// <c>SEFT</c>. Some of the blocks hold a film with sound or a second picture.
/// </summary>
internal static class SamsungTrailer
{
    // Times, country codes, modes and colours of the camera.
    private static readonly HashSet<string> Harmless =
        ["Image_UTC_Data", "MCC_Data", "Camera_Capture_Mode_Info", "Camera_Scene_Info", "Color_Display_P3", "Photo_HDR_Info", "Watermark_Info"];

    /// <summary>Whether all of <paramref name="rest"/> is such a trailer and none of its blocks holds more than settings.</summary>
    public static bool IsHarmless(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 20 || !rest.EndsWith("SEFT"u8))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[^8..]);
        if (length < 12 || length + 8 > rest.Length)
        {
            return false;
        }

        var start = rest.Length - 8 - (int)length;
        var directory = rest.Slice(start, (int)length);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(directory[8..]);
        if (!directory.StartsWith("SEFH"u8) || count > (length - 12) / 12)
        {
            return false;
        }

        long explained = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = directory.Slice(12 + (12 * i), 12);
            var (back, size) = (BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
            if (back > start || size > back || NameOf(rest.Slice(start - (int)back, (int)size)) is not { } name || !Harmless.Contains(name))
            {
                return false;
            }

            explained += size;
        }

        return explained <= start && !rest[..(start - (int)explained)].ContainsAnyExcept((byte)0);
    }

    private static string? NameOf(ReadOnlySpan<byte> block) =>
        block.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) is var length && length <= block.Length - 8 ? Encoding.ASCII.GetString(block.Slice(8, (int)length)) : null;
}
