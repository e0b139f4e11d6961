using PublicationGate.Imaging;
using PublicationGate.Recordings;

namespace PublicationGate.TakenBack;

/// <summary>A picture that was taken back, of which a photo is, or may be, a copy.</summary>
/// <param name="Id">Number of the picture on the list.</param>
/// <param name="For">At whose wish it was taken back.</param>
/// <param name="On">The day on which.</param>
/// <param name="By">By what it was known.</param>
/// <param name="Likeness">How alike the pictures are; null where the bytes are the same.</param>
public sealed record TakenBackMatch(long Id, TakenBackFor For, DateOnly On, MatchedBy By, PictureLikeness? Likeness);

/// <summary>Which pictures that were taken back a photo is, or may be.</summary>
public sealed record TakenBackFacts
{
    /// <summary>False when the list could not be asked; nothing may approve then.</summary>
    public bool Known { get; init; } = true;

    /// <summary>What matched, by number; none twice.</summary>
    public IReadOnlyList<TakenBackMatch> Matches { get; init; } = [];
}
