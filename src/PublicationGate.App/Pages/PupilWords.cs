using PublicationGate.Consent;

namespace PublicationGate.App.Pages;

/// <summary>What pages call a pupil, and how they show an answer.</summary>
internal static class PupilWords
{
    /// <summary>First name, prefix and surname, as far as the register has them.</summary>
    public static string FullName(this Pupil pupil) => string.Join(' ', new[] { pupil.FirstName, pupil.Prefix, pupil.Surname }.Where(part => part.Length > 0));

    /// <summary>First names of a group, with the first letter of the surname where two share theirs.</summary>
    public static IReadOnlyDictionary<string, string> ShortNames(IEnumerable<Pupil> pupils) => pupils
        .GroupBy(pupil => pupil.FoldedFirstName)
        .SelectMany(alike => alike.Select(pupil => (pupil.Key, Name: alike.Count() > 1 && pupil.Surname.Length > 0 ? $"{pupil.FirstName} {pupil.Surname[..1]}." : pupil.FirstName)))
        .ToDictionary(pupil => pupil.Key, pupil => pupil.Name);

    /// <summary>A sign beside the word, for the quick eye; the word says it.</summary>
    public static string Sign(ConsentState state) => state switch
    {
        ConsentState.Yes => "✓",
        ConsentState.No => "✗",
        _ => "–",
    };

    /// <summary>The class of a cell.</summary>
    public static string Style(ConsentState state) => state switch
    {
        ConsentState.Yes => "is-yes",
        ConsentState.No => "is-no",
        _ => "is-silent",
    };
}
