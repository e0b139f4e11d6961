namespace PublicationGate.Imaging;

/// <summary>How alike two pictures are, by the window of each at which they are most alike.</summary>
/// <param name="Waves">Differing bits of the 63 of the cosine transform.</param>
/// <param name="Steps">Differing bits of the 128 that say where it grows darker.</param>
public readonly record struct PictureLikeness(int Waves, int Steps)
{
    // Both kinds count alike: 63 bits of waves twice are as many as 128 of steps. Measured by 'hashes' (docs/performance.md): of twelve kinds of
    // copies of 435 photographs at least 98 % stay within this, and in some five million comparisons with copies of others nothing comes closer
    // than 43. Each kind within a limit of its own, as before, took portraits of different people before a wall for copies.
    private const int SameBits = 40;

    // Heavier crops and writing across a picture end here, and about one in 25,000 pairs of different pictures.
    private const int DoubtfulWaves = 16;
    private const int DoubtfulSteps = 36;

    private int Bits => (2 * Waves) + Steps;

    /// <summary>One is a copy of the other.</summary>
    public bool IsSame => MayBeSame && Bits <= SameBits;

    /// <summary>One is a copy of the other, or may be one: a person must look.</summary>
    public bool MayBeSame => Waves <= DoubtfulWaves && Steps <= DoubtfulSteps;

    /// <summary>Whether waves alone leave it possible.</summary>
    internal static bool MayBeSameBy(int waves) => waves <= DoubtfulWaves;

    /// <summary>Whether this one speaks more strongly for a copy.</summary>
    internal bool IsCloserThan(PictureLikeness other) => (IsSame, MayBeSame, other.Bits).CompareTo((other.IsSame, other.MayBeSame, Bits)) > 0;
}
