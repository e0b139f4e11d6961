using PublicationGate.Faces;
using PublicationGate.Rules;

namespace PublicationGate.App.Reviewing;

/// <summary>A place in a photo that a reviewer can speak of: a box of the detector's, or one that a reviewer drew.</summary>
/// <param name="Number">Its number on the page, from 1; the same as long as the verdict is.</param>
/// <param name="Box">Where it is, in pixels of the upright original.</param>
/// <param name="IsDoubtful">The detector was not sure.</param>
/// <param name="IsDrawn">A reviewer drew it.</param>
/// <param name="Said">What a reviewer said of it; null for nothing.</param>
internal sealed record PhotoRegion(int Number, FaceBox Box, bool IsDoubtful, bool IsDrawn, FaceMarkKind? Said)
{
    /// <summary>The places of a photo as it was judged: sure boxes, doubtful ones, and those that were drawn.</summary>
    public static IReadOnlyList<PhotoRegion> Of(PhotoFacts photo)
    {
        var counted = photo.Review?.Counted ?? photo.Faces;
        var marks = photo.Review?.Marks ?? [];
        var places = counted.Sure.Select(box => (Box: box, IsDoubtful: false)).Concat(counted.Doubtful.Select(box => (Box: box, IsDoubtful: true))).ToList();
        var drawn = marks.Where(mark => !places.Exists(place => place.Box == mark.Box)).Select(mark => (mark.Box, IsDoubtful: false)).ToList();
        return [.. places.Concat(drawn).Select((place, index) =>
            new PhotoRegion(index + 1, place.Box, place.IsDoubtful, index >= places.Count, marks.LastOrDefault(mark => mark.Box == place.Box)?.Kind))];
    }

    /// <summary>All marks of a photo after a reviewer said something more.</summary>
    /// <param name="photo">As it was judged.</param>
    /// <param name="numbers">The places that were chosen.</param>
    /// <param name="kind">What they are; null to take back what was said of them.</param>
    /// <param name="drawn">A place that was drawn; null for none.</param>
    public static IReadOnlyList<FaceMark> Marked(PhotoFacts photo, IReadOnlyCollection<int> numbers, FaceMarkKind? kind, FaceBox? drawn)
    {
        var chosen = Of(photo).Where(place => numbers.Contains(place.Number)).Select(place => place.Box).ToList();
        var places = drawn is { } one ? chosen.Append(one) : chosen;
        return [.. (photo.Review?.Marks ?? []).Where(mark => !chosen.Contains(mark.Box)), .. kind is { } said ? places.Select(box => new FaceMark(box, said)) : []];
    }

    /// <summary>The numbers of what is made unrecognisable, in the order of <see cref="ReviewFacts.Concealed"/>.</summary>
    public static IReadOnlyList<int> ConcealedOf(PhotoFacts photo)
    {
        var places = Of(photo);
        return [.. (photo.Review?.Marks ?? []).Where(mark => mark.IsConcealed).Select(mark => places.First(place => place.Box == mark.Box).Number)];
    }
}
