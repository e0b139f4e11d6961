using System.Buffers.Binary;
using System.Numerics;

namespace PublicationGate.Imaging;

/// <summary>
/// The two hashes of one window of a picture, as bits of an 8 x 8 table in reading order, the first being bit 0. Turning or mirroring the
/// picture moves and flips bits, so that the hash of a turned copy follows from this one.
/// </summary>
/// <param name="Waves">
/// Signs of the 64 lowest frequencies of the discrete cosine transform (row: down, column: across); the mean, bit 0, is left out. Tells
/// light and dark in the large.
/// </param>
/// <param name="Across">Whether it grows darker from each of 8 x 9 fields to the next on the right.</param>
/// <param name="Down">Whether it grows darker from each of 9 x 8 fields to the one below.</param>
internal readonly record struct HashedWindow(ulong Waves, ulong Across, ulong Down)
{
    private const ulong OddColumns = 0xAAAAAAAAAAAAAAAA;
    private const ulong OddRows = 0xFF00FF00FF00FF00;

    /// <summary>Differing bits of <see cref="Waves"/>, of 63.</summary>
    public int WavesFrom(HashedWindow other) => BitOperations.PopCount(Waves ^ other.Waves);

    /// <summary>Differing bits of <see cref="Across"/> and <see cref="Down"/>, of 128.</summary>
    public int StepsFrom(HashedWindow other) => BitOperations.PopCount(Across ^ other.Across) + BitOperations.PopCount(Down ^ other.Down);

    /// <summary>
    /// How often neighbouring bits of <see cref="Across"/> and <see cref="Down"/> differ, of 224: about half of it for a lively picture, few for
    /// a wall or a sky, whose even shading looks like that of any other.
    /// </summary>
    public int Transitions => TransitionsOf(Across) + TransitionsOf(Down);

    /// <summary>The seven other ways in which a copy may lie: turned by quarters, mirrored, both.</summary>
    public IEnumerable<HashedWindow> Turned()
    {
        HashedWindow[] upright = [this, Mirrored(), Flipped(), Mirrored().Flipped()];
        return upright.Skip(1).Concat(upright.Select(window => window.Transposed()));
    }

    /// <summary>Of the picture with left and right swapped.</summary>
    public HashedWindow Mirrored() => new(Waves ^ OddColumns, ~ReverseColumns(Across), ReverseColumns(Down));

    /// <summary>Of the picture with its rows as columns.</summary>
    public HashedWindow Transposed() => new(Transpose(Waves), Transpose(Down), Transpose(Across));

    /// <summary>Of the picture upside down.</summary>
    public HashedWindow Flipped() => new(Waves ^ OddRows, BinaryPrimitives.ReverseEndianness(Across), ~BinaryPrimitives.ReverseEndianness(Down));

    private static int TransitionsOf(ulong table) =>
        BitOperations.PopCount((table ^ (table >> 1)) & 0x7F7F7F7F7F7F7F7F) + BitOperations.PopCount((table ^ (table >> 8)) & 0x00FFFFFFFFFFFFFF);

    private static ulong ReverseColumns(ulong table)
    {
        table = ((table >> 1) & 0x5555555555555555) | ((table & 0x5555555555555555) << 1);
        table = ((table >> 2) & 0x3333333333333333) | ((table & 0x3333333333333333) << 2);
        return ((table >> 4) & 0x0F0F0F0F0F0F0F0F) | ((table & 0x0F0F0F0F0F0F0F0F) << 4);
    }

    // Swaps blocks of 1, 2 and 4 across the diagonal (Warren, Hacker's Delight, 7-3).
    private static ulong Transpose(ulong table)
    {
        var swap = (table ^ (table >> 7)) & 0x00AA00AA00AA00AA;
        table ^= swap ^ (swap << 7);
        swap = (table ^ (table >> 14)) & 0x0000CCCC0000CCCC;
        table ^= swap ^ (swap << 14);
        swap = (table ^ (table >> 28)) & 0x00000000F0F0F0F0;
        return table ^ swap ^ (swap << 28);
    }
}
