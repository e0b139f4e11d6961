using System.Runtime.InteropServices;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Imaging.Apart;

/// <summary>What the parent asks.</summary>
internal enum Request : byte
{
    /// <summary>Here is a photo: length, bytes. No answer.</summary>
    Open,

    /// <summary>Its header, please.</summary>
    Header,

    /// <summary>The next frame of a series: its number, the header, the longest side. A new number begins a series.</summary>
    Frame,

    /// <summary>No more of this series: its number. No answer.</summary>
    EndFrames,

    /// <summary>What travels along: format, view of the photo.</summary>
    Metadata,

    /// <summary>What a sidecar says, which was opened in place of a photo.</summary>
    Sidecar,

    /// <summary>The photo is done with. No answer.</summary>
    Close,
}

/// <summary>What the child answers.</summary>
internal enum Answer : byte
{
    /// <summary>It has started.</summary>
    Ready,

    /// <summary>A header.</summary>
    Header,

    /// <summary>A frame: whether there were warnings, width, height, pixels.</summary>
    Frame,

    /// <summary>The series has no more frames: whether there were warnings.</summary>
    NoMoreFrames,

    /// <summary>Metadata.</summary>
    Metadata,

    /// <summary>An <see cref="ImageProblem"/>, and what libvips said.</summary>
    Problem,

    /// <summary>A failure that nobody foresaw: its kind.</summary>
    Failure,
}

/// <summary>
/// How values cross the pipe, the same in both directions. Nothing is read beyond a declared length, and no length is believed: whoever reads names
/// the most it takes.
/// </summary>
internal static class Wire
{
    /// <summary>Characters of what libvips said that are passed on.</summary>
    public const int LongestDetail = 1000;

    /// <summary>Most characters that the metadata of one file may hold; names of tags come from the file and have no bound of their own.</summary>
    private const int MostText = 32 * 1024 * 1024;

    public static void Write(this BinaryWriter to, ImageHeader header)
    {
        to.Write((byte)header.Format);
        to.Write(header.Width);
        to.Write(header.Height);
        to.Write(header.Frames);
        to.Write((byte)(header.Orientation ?? 0));
    }

    /// <exception cref="InvalidDataException">No header of a picture within the limits.</exception>
    public static ImageHeader ReadHeader(this BinaryReader from, ImageLimits limits)
    {
        var format = (ImageFormat)from.ReadByte();
        var (width, height, frames) = (from.ReadInt32(), from.ReadInt32(), from.ReadInt32());
        var orientation = from.ReadByte();
        Demand(ImageLoader.Names.ContainsKey(format) && orientation <= 8);
        Demand(width is > 0 && width <= limits.Side && height is > 0 && height <= limits.Side && frames is > 0 && frames <= limits.Frames);
        Demand((long)width * height * frames <= limits.Pixels);
        return new(format, width, height, frames, orientation == 0 ? null : orientation);
    }

    public static void Write(this BinaryWriter to, MetadataFacts facts)
    {
        to.Write(facts.Known);
        to.Write(facts.Entries.Count);
        foreach (var entry in facts.Entries)
        {
            to.Write((byte)entry.Kind);
            to.WriteText(entry.Tag);
            to.WriteText(entry.Value);
        }

        to.Write(facts.Camera is not null);
        to.WriteText(facts.Camera?.Make);
        to.WriteText(facts.Camera?.Model);
        to.WriteText(facts.Camera?.Serial);
    }

    /// <exception cref="InvalidDataException">More, or other things, than a reader of metadata gives.</exception>
    public static MetadataFacts ReadMetadata(this BinaryReader from)
    {
        var isKnown = from.ReadBoolean();
        var count = from.ReadInt32();
        Demand(count is >= 0 and <= GatheredMetadata.MostEntries);
        var (entries, left) = (new List<MetadataEntry>(count), MostText);
        for (var number = 0; number < count; number++)
        {
            var kind = (MetadataKind)from.ReadByte();
            Demand(Enum.IsDefined(kind));
            entries.Add(new(kind, from.ReadText(ref left) ?? "", from.ReadText(ref left) ?? ""));
        }

        var hasCamera = from.ReadBoolean();
        var camera = new CameraIdentity(from.ReadText(ref left), from.ReadText(ref left), from.ReadText(ref left));
        return new() { Known = isKnown, Entries = entries, Camera = hasCamera ? camera : null };
    }

    /// <summary>As UTF-16, which keeps whatever a file held, halves of surrogate pairs too.</summary>
    public static void WriteText(this BinaryWriter to, string? text)
    {
        to.Write(text?.Length ?? -1);
        to.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    /// <param name="from">Where it comes from.</param>
    /// <param name="left">How many characters may still come; those read are taken off.</param>
    /// <exception cref="InvalidDataException">It is longer than that.</exception>
    public static string? ReadText(this BinaryReader from, ref int left)
    {
        var length = from.ReadInt32();
        Demand(length >= -1 && length <= left);
        left -= Math.Max(length, 0);
        return length < 0 ? null : string.Create(length, from, static (text, from) => from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(text)));
    }

    /// <exception cref="InvalidDataException">What was read does not fit.</exception>
    public static void Demand(bool fits)
    {
        if (!fits)
        {
            throw new InvalidDataException("the other side of the pipe breaks the agreement");
        }
    }
}
