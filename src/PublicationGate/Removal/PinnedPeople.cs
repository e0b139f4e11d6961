using PublicationGate.Screening;

namespace PublicationGate.Removal;

/// <summary>
/// What is declared of a photo, with its people as they were found when it was released. A group has other pupils next year, and a first name means another child:
/// screened anew as it was written, a photo could pass without asking those whom it shows.
/// </summary>
internal static class PinnedPeople
{
    /// <summary>The photo with the people of its evidence, by key.</summary>
    /// <param name="photo">What was screened.</param>
    /// <param name="verdict">The verdict that released it; null when it is gone, damaged or erased: then the photo is held.</param>
    public static QueuedPhoto Of(QueuedPhoto photo, Verdict? verdict)
    {
        if (verdict is null)
        {
            return photo with { Mistakes = [Texts.Get("take-down.no-evidence")] };
        }

        var known = verdict.Facts.Consent;
        var people = known.Pupils.Select(pupil => pupil.Key).Concat(known.Adults.Select(adult => adult.Key)).Concat(known.NotFound).Concat(known.Ambiguous).Distinct().ToList();
        return people.Count == 0 ? photo : photo with { Declaration = photo.Declaration with { People = people, NobodyRecognisable = false, Absent = [] } };
    }
}
