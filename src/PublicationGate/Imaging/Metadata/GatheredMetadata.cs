using System.Buffers;
using System.Text;

namespace PublicationGate.Imaging.Metadata;

/// <summary>A picture inside the file beside the picture: a thumbnail, a preview, a second photo.</summary>
/// <param name="Tag">Where it stands.</param>
/// <param name="Content">Its bytes, from its start; more may follow.</param>
/// <param name="IsGainMap">It says that it is no view of its own but the brightness map of the picture.</param>
internal sealed record EmbeddedPicture(string Tag, ReadOnlyMemory<byte> Content, bool IsGainMap);

/// <summary>
/// What the readers of containers and of blocks found so far, within bounds: a file may repeat and nest as it likes, and what goes over
/// a bound is told, never dropped in silence.
/// </summary>
internal sealed class GatheredMetadata
{
    /// <summary>Characters of a value that are kept: as many as the longest text of IPTC, its caption, may have.</summary>
    public const int LongestValue = 2000;

    /// <summary>Entries that are kept; a photo with fifty named people and their regions has some 250.</summary>
    public const int MostEntries = 500;

    private const int MostPictures = 16;

    // More than any file that is taken in holds; counted because blocks can point at the same bytes again and again.
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly List<MetadataEntry> entries = [];
    private readonly HashSet<MetadataEntry> seen = [];
    private readonly List<EmbeddedPicture> pictures = [];

    private static readonly SearchValues<byte> Padding = SearchValues.Create([0x00, 0xFF, (byte)' ', (byte)'\r', (byte)'\n']);

    private long spent;

    public bool IsDamaged { get; private set; }

    public string? Make { get; set; }

    public string? Model { get; set; }

    public string? Serial { get; set; }

    public IReadOnlyList<EmbeddedPicture> Pictures => pictures;

    public MetadataFacts ToFacts() => new()
    {
        Known = !IsDamaged,
        Entries = [.. entries],
        Camera = Make is null && Model is null && Serial is null ? null : new CameraIdentity(Make, Model, Serial),
    };

    /// <summary>Notes a value; one without a letter or digit says nothing.</summary>
    public void Add(MetadataKind kind, string tag, string value)
    {
        var text = Readable(value);
        if (!text.Any(char.IsLetterOrDigit))
        {
            return;
        }

        if (text.Length > LongestValue)
        {
            Hide(tag);
            text = text[..(char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue)];
        }

        Keep(new MetadataEntry(kind, tag, text));
    }

    /// <summary>Notes something that a person must know of, and that is no text.</summary>
    public void Hide(string tag) => Keep(new MetadataEntry(MetadataKind.Hidden, tag, ""));

    /// <summary>Notes what stands after the end of the image, unless it is padding: zeros, filler bytes, blanks or line ends.</summary>
    public void NoteRest(ReadOnlySpan<byte> rest)
    {
        if (rest.ContainsAnyExcept(Padding))
        {
            Hide("Trailer");
        }
    }

    public void Add(EmbeddedPicture picture)
    {
        if (pictures.Count < MostPictures)
        {
            pictures.Add(picture);
        }
        else
        {
            Hide(picture.Tag);
        }
    }

    /// <summary>Something could not be read: what is known is not all there is.</summary>
    public void Damage() => IsDamaged = true;

    /// <summary>Counts bytes that were copied out of blocks.</summary>
    /// <exception cref="CutOffException">The file costs more than any photo.</exception>
    public void Spend(int bytes)
    {
        if ((spent += bytes) > MostBytes)
        {
            Damage();
            throw new CutOffException();
        }
    }

    /// <summary>Text of an encoding that the file does not tell: UTF-8 where it is, else Latin-1, which always decodes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // The last place is for the entry that says that there was more.
    private void Keep(MetadataEntry entry)
    {
        if (entries.Count >= MostEntries || seen.Contains(entry))
        {
            return;
        }

        if (entries.Count == MostEntries - 1)
        {
            entry = new MetadataEntry(MetadataKind.Hidden, "TooManyEntries", "");
        }

        seen.Add(entry);
        entries.Add(entry);
    }

    private static string Readable(string value) =>
        (value.Any(char.IsControl) ? string.Concat(value.Select(character => char.IsControl(character) ? ' ' : character)) : value).Trim();
}
