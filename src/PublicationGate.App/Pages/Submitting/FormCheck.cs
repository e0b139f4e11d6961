using System.Globalization;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>What is wrong with a filled-in declaration, field by field. What the photo's verdict is about is not asked here.</summary>
internal static class FormCheck
{
    /// <summary>Longest texts that a form takes, in characters; platforms allow some 2,000.</summary>
    public const int LongestText = 4000;

    /// <summary>Longest one-line values.</summary>
    public const int LongestLine = 200;

    private const int MostAdults = 999;

    /// <summary>All mistakes: field, key of the sentence, and what it names.</summary>
    public static IEnumerable<(string Field, string Key, (string, object)[] Values)> Of(DeclarationForm form, PeopleChoice who, Protocol protocol, IReadOnlyList<string> staff) =>
    [
        .. OfChannel(form, protocol),
        .. OfPeople(form, who),
        .. OfValues(form, staff),
        .. form.Round is not null && !long.TryParse(form.Round, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? [("round", "submit.mistake.round", Array.Empty<(string, object)>())] : Array.Empty<(string, string, (string, object)[])>(),
        .. new[] { ("activity", form.Activity, LongestLine), ("title", form.Title, LongestLine), ("caption", form.Caption, LongestText), ("alt", form.Alt, LongestText), ("permission", form.Permission, LongestLine) }
            .SelectMany(field => OfText(field.Item1, field.Item2, field.Item3)),
    ];

    private static IEnumerable<(string, string, (string, object)[])> OfChannel(DeclarationForm form, Protocol protocol)
    {
        if (form.Channel is null || !Channels.All.Contains(form.Channel))
        {
            yield return ("channel", "submit.mistake.channel", []);
        }
        else if (ChannelChoice.Of(protocol).Single(channel => channel.Id == form.Channel) is { Why: { } why, Name: var name })
        {
            yield return ("channel", "submit.mistake.channel-shut", [("channel", name), ("why", why)]);
        }
    }

    private static IEnumerable<(string, string, (string, object)[])> OfPeople(DeclarationForm form, PeopleChoice who)
    {
        switch (form.Who)
        {
            case DeclarationForm.OfGroup when form.Group is null:
                yield return ("group", "submit.mistake.group", []);
                break;
            case DeclarationForm.OfGroup when who.Group.Count == 0:
                yield return ("group", "submit.mistake.group-gone", [("group", form.Group)]);
                break;
            case DeclarationForm.OfGroup or DeclarationForm.OfPupils when !who.Present.Any():
                yield return ("who", "submit.mistake.nobody-left", []);
                break;
            case DeclarationForm.OfGroup or DeclarationForm.OfPupils when form.ChosenPeople.Except(who.Chosen.Concat(who.Group).Select(pupil => pupil.Key)).Any():
                yield return ("who", "submit.mistake.pupil-gone", []);
                break;
            case not (DeclarationForm.OfGroup or DeclarationForm.OfPupils or DeclarationForm.OfNobody):
                yield return ("who", "submit.mistake.who", []);
                break;
        }
    }

    private static IEnumerable<(string, string, (string, object)[])> OfValues(DeclarationForm form, IReadOnlyList<string> staff)
    {
        if (form.Activity is null)
        {
            yield return ("activity", "submit.mistake.activity", []);
        }

        if (form.Adults is not null && !(int.TryParse(form.Adults, NumberStyles.None, CultureInfo.InvariantCulture, out var adults) && adults <= MostAdults))
        {
            yield return ("adults", "submit.mistake.adults", [("most", MostAdults)]);
        }

        if (form.Staff.Except(staff).Any())
        {
            yield return ("adults", "submit.mistake.staff-gone", []);
        }

        if (form.Origin is null || !DeclarationKeys.Origins.Contains(form.Origin))
        {
            yield return ("origin", "submit.mistake.origin", []);
        }

        if (form.Situation is not null && !DeclarationKeys.Situations.Contains(form.Situation))
        {
            yield return ("situation", "submit.mistake.situation", []);
        }
    }

    private static IEnumerable<(string, string, (string, object)[])> OfText(string field, string? text, int longest)
    {
        if (text?.Length > longest)
        {
            yield return (field, "submit.mistake.too-long", [("field", Texts.Get("field." + field)), ("most", longest), ("length", text.Length)]);
        }
        else if (text?.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\t')) == true)
        {
            yield return (field, "submit.mistake.control-character", [("field", Texts.Get("field." + field))]);
        }
    }
}
