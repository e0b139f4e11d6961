using System.Numerics;

namespace PublicationGate.Imaging;

/// <summary>Finds the pictures that one may be a copy of, among many, by holding it against each: 100,000 in some milliseconds.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class PictureHashIndex
{
    private readonly PictureHash[] pictures;

    // What each is held against first, side by side in memory.
    private readonly ulong[] waves;
    private readonly bool[] hasBars;
    private readonly bool[] isDistinct;

    /// <summary>An index of these pictures, which matches name by their place in the list.</summary>
    public PictureHashIndex(IReadOnlyList<PictureHash> pictures)
    {
        this.pictures = [.. pictures];
        waves = [.. pictures.SelectMany(picture => picture.Windows.ToArray(), (_, window) => window.Waves)];
        hasBars = [.. pictures.Select(picture => picture.HasBars)];
        isDistinct = [.. pictures.Select(picture => picture.IsDistinct)];
    }

    /// <summary>
    /// Every picture of which <paramref name="sought"/> is, or may be, a copy, or that is a copy of it, in the order of the list. A crop of
    /// one, or bars around one, are seen through on either side; a copy that is turned or mirrored is known when it is whole.
    /// </summary>
    public IReadOnlyList<(int Picture, PictureLikeness Likeness)> Find(PictureHash sought)
    {
        var found = new List<(int, PictureLikeness)>();
        var windows = sought.Windows;
        // Without bars both whole windows are one.
        HashedWindow[] wholes = sought.HasBars ? [windows[0], windows[1]] : [windows[0]];
        HashedWindow[] againstWholes = [.. windows[PictureHash.WholeWindows..], .. wholes.SelectMany(window => window.Turned())];
        var soughtIsDistinct = sought.IsDistinct;
        for (var picture = 0; picture < pictures.Length; picture++)
        {
            if (!soughtIsDistinct && !isDistinct[picture])
            {
                continue;
            }

            var best = new PictureLikeness(int.MaxValue / 4, int.MaxValue / 4);
            Compare(wholes, picture, PictureHash.WindowCount, ref best);
            Compare(againstWholes, picture, hasBars[picture] ? PictureHash.WholeWindows : 1, ref best);
            if (best.MayBeSame)
            {
                found.Add((picture, best));
            }
        }

        return found;
    }

    private void Compare(HashedWindow[] sought, int picture, int windows, ref PictureLikeness best)
    {
        var candidates = waves.AsSpan(picture * PictureHash.WindowCount, windows);
        for (var at = 0; at < candidates.Length; at++)
        {
            var candidate = candidates[at];
            foreach (ref readonly var window in sought.AsSpan())
            {
                var distance = BitOperations.PopCount(window.Waves ^ candidate);
                if (PictureLikeness.MayBeSameBy(distance))
                {
                    var likeness = new PictureLikeness(distance, window.StepsFrom(pictures[picture].Windows[at]));
                    best = likeness.IsCloserThan(best) ? likeness : best;
                }
            }
        }
    }
}
