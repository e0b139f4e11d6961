using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Imaging;

/// <summary>
/// What a picture looks like, in 696 bytes, so that a copy of it is known again: rescaled, recompressed, cropped by up to a tenth or to the
/// square that websites show as a thumbnail, grey, in a screenshot, turned or mirrored. It is of the picture as a whole and says nothing of the faces in it. Two pictures are the same when two
/// hashes of different kinds agree on the same window of each; see <see cref="PictureLikeness"/>.
/// </summary>
/// <remarks>Made of whole numbers in a fixed order: the same pixels give the same hash on every machine.</remarks>
[JsonConverter(typeof(AsText))]
public sealed class PictureHash : IEquatable<PictureHash>
{
    /// <summary>Changes when pictures are hashed in another way. Those of version 1 lack the last windows and are compared by the others.</summary>
    public const string Version = "2";

    private const string FirstVersion = "1";

    /// <summary>The first windows are the whole picture, and the picture without plain bars around it.</summary>
    internal const int WholeWindows = 2;

    // The two whole ones, the 25 that cut a side by a tenth or a twentieth less the uncut one, and since version 2 those of heavier crops about the middle.
    internal const int WindowCount = FirstWindowCount + 3;

    private const int FirstWindowCount = WholeWindows + 24;

    // Below this many transitions a picture says nothing. Whole photographs had at least 52; walls and skies cut out of them mostly under 40.
    private const int FewestTransitions = 20;

    // One of two pictures that are held against each other has at least this many; a copy may have lost some.
    private const int DistinctTransitions = 40;

    // A panorama's middle square says too little of it.
    private const int FewestCells = GreyGrid.Side / 3;

    // Cells of 80 cut off at the start and the end of a side. Any cut of up to a tenth is within a fortieth or so of one of these.
    private static readonly (int Start, int End)[] Cuts = [(0, 0), (2, 2), (4, 4), (6, 0), (0, 6)];

    // The same off every side.
    private static readonly int[] CutsAllAround = [6, 8];

    private readonly HashedWindow[] windows;
    private readonly string version;

    private PictureHash(HashedWindow[] windows, string version)
    {
        this.version = version;
        this.windows = [.. windows, .. Enumerable.Repeat(windows[0], WindowCount - windows.Length)];
    }

    /// <summary>The windows: first the whole ones, then those that a crop leaves.</summary>
    internal ReadOnlySpan<HashedWindow> Windows => windows;

    /// <summary>Whether its shape is its own, so that something like it is a copy.</summary>
    internal bool IsDistinct => windows[0].Transitions >= DistinctTransitions;

    /// <summary>Whether plain bars were left out of the second whole window.</summary>
    internal bool HasBars => windows[0] != windows[1];

    /// <summary>The hash of an upright picture; null when the picture is too plain to be known again by what it looks like.</summary>
    public static PictureHash? Of(PixelImage picture)
    {
        var whole = new PixelArea(0, 0, picture.Width, picture.Height);
        var hasher = new WindowHasher(GreyGrid.Of(picture, whole));
        var inside = PlainBars.Inside(picture);
        var trimmed = inside == whole ? hasher : new WindowHasher(GreyGrid.Of(picture, inside));
        HashedWindow[] windows =
        [
            hasher.Hash(0, 0, GreyGrid.Side, GreyGrid.Side),
            trimmed.Hash(0, 0, GreyGrid.Side, GreyGrid.Side),
            .. from down in Cuts
               from across in Cuts
               where across != Cuts[0] || down != Cuts[0]
               select hasher.Hash(across.Start, down.Start, GreyGrid.Side - across.Start - across.End, GreyGrid.Side - down.Start - down.End),
            .. CutsAllAround.Select(cut => hasher.Hash(cut, cut, GreyGrid.Side - (2 * cut), GreyGrid.Side - (2 * cut))),
            Square(hasher, picture),
        ];
        return windows[0].Transitions < FewestTransitions ? null : new PictureHash(windows, Version);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is no hash, or one of another <see cref="Version"/>.</exception>
    public static PictureHash Parse(string text)
    {
        var parts = text.Split(':');
        if (parts is not [Version or FirstVersion, var encoded])
        {
            throw new FormatException($"not a picture hash of version {Version}");
        }

        var bytes = Convert.FromBase64String(encoded);
        if (bytes.Length != (parts[0] == Version ? WindowCount : FirstWindowCount) * 3 * sizeof(ulong))
        {
            throw new FormatException("not a picture hash: wrong length");
        }

        var numbers = bytes.Chunk(sizeof(ulong)).Select(number => BinaryPrimitives.ReadUInt64LittleEndian(number));
        return new PictureHash([.. numbers.Chunk(3).Select(window => new HashedWindow(window[0], window[1], window[2]))], parts[0]);
    }

    /// <summary>The hash as text: its version, a colon, and base64.</summary>
    public override string ToString()
    {
        var bytes = new byte[(version == Version ? WindowCount : FirstWindowCount) * 3 * sizeof(ulong)];
        foreach (var (at, number) in windows.Take(bytes.Length / (3 * sizeof(ulong))).SelectMany(window => new[] { window.Waves, window.Across, window.Down }).Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at * sizeof(ulong)), number);
        }

        return $"{version}:{Convert.ToBase64String(bytes)}";
    }

    /// <inheritdoc/>
    public bool Equals(PictureHash? other) => other is not null && windows.AsSpan().SequenceEqual(other.windows);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PictureHash);

    /// <inheritdoc/>
    public override int GetHashCode() => windows[0].GetHashCode();

    // What is left when the longer side is cut at both ends to the length of the shorter. Cells are as high as the picture is, not square.
    private static HashedWindow Square(WindowHasher hasher, PixelImage picture)
    {
        var (width, height) = (CellsOf(picture.Height, picture.Width), CellsOf(picture.Width, picture.Height));
        return hasher.Hash((GreyGrid.Side - width) / 2, (GreyGrid.Side - height) / 2, width, height);

        static int CellsOf(int other, int own) => Math.Clamp((int)Math.Round(GreyGrid.Side * other / (double)own), FewestCells, GreyGrid.Side);
    }

    private sealed class AsText : JsonConverter<PictureHash>
    {
        public override PictureHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString()!);
            }
            catch (FormatException wrong)
            {
                throw new JsonException(wrong.Message, wrong);
            }
        }

        public override void Write(Utf8JsonWriter writer, PictureHash value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
