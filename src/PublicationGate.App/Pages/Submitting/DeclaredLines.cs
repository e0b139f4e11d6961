using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>A declaration as lines for a person, without what was not said.</summary>
internal static class DeclaredLines
{
    /// <summary>Key of the label and the value of each line.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="consent">Its people as they were looked up, whose first names stand for their keys; null when they were not.</param>
    /// <param name="visit">For whom.</param>
    public static IEnumerable<(string Key, string Value)> Of(Declaration declaration, ConsentFacts? consent, Visit visit)
    {
        var known = (consent?.Pupils ?? []).ToDictionary(pupil => pupil.Key, pupil => pupil.FirstName);
        string Names(IEnumerable<string> entries) => string.Join(", ", entries.Select(entry => known.GetValueOrDefault(entry, entry)));
        (string Key, string? Value)[] lines =
        [
            ("submit.channel", visit.T("channel.name." + declaration.Channel)),
            ("submit.activity", declaration.Activity),
            ("submit.group", declaration.Group),
            ("submit.who", declaration.NobodyRecognisable ? visit.T("submit.who.nobody") : declaration.People is { Count: > 0 } people ? Names(people) : null),
            ("submit.absent.short", declaration.Absent.Count > 0 ? Names(declaration.Absent) : null),
            ("submit.adults", declaration.AdultCount > 0 ? declaration.AdultCount.ToString(CultureInfo.InvariantCulture) : null),
            ("submit.staff", declaration.AdultNames.Count > 0 ? string.Join(", ", declaration.AdultNames.Select(name => consent?.Adults.FirstOrDefault(adult => adult.Key == name)?.FirstName ?? name)) : null),
            ("submit.title-of-post", declaration.Title),
            ("submit.caption", declaration.Caption),
            ("submit.alt", declaration.Alt),
            ("submit.origin", declaration.Origin is { } origin ? visit.T("submit.origin." + origin) : null),
            ("submit.situation", declaration.Situation is { } situation ? visit.T("submit.situation." + situation) : null),
            ("submit.permission", declaration.Permission),
            ("submit.round", declaration.Round?.ToString(CultureInfo.InvariantCulture)),
            ("submit.logo", declaration.Logo ? visit.T("submit.logo.shown") : null),
        ];
        return lines.Where(line => line.Value is not null).Select(line => (line.Key, line.Value!));
    }
}
