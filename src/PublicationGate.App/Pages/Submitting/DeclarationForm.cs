using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>What somebody filled in about photos, as it stands in the form: nothing of it is checked yet, and nothing of it is lost when it comes back.</summary>
internal sealed record DeclarationForm
{
    /// <summary>A group is in the photo, less those who are ticked off, with others who are named.</summary>
    public const string OfGroup = "group";

    /// <summary>Pupils are in the photo who are named.</summary>
    public const string OfPupils = "pupils";

    /// <summary>Nobody can be recognised.</summary>
    public const string OfNobody = "nobody";

    public string? Channel { get; init; }

    public string? Activity { get; init; }

    public string? Situation { get; init; }

    public string? Title { get; init; }

    public string? Caption { get; init; }

    public string? Alt { get; init; }

    /// <summary>How it says who is in the photo: <see cref="OfGroup"/>, <see cref="OfPupils"/> or <see cref="OfNobody"/>; null when nothing was chosen.</summary>
    public string? Who { get; init; }

    public string? Group { get; init; }

    /// <summary>Register keys of those of the group who are not in the photo.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>Register keys of pupils who were found by name.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Name that is looked for.</summary>
    public string? Find { get; init; }

    /// <summary>Number of adults who are not named.</summary>
    public string? Adults { get; init; }

    /// <summary>Register keys of members of staff.</summary>
    public IReadOnlyList<string> Staff { get; init; } = [];

    public string? Origin { get; init; }

    public string? Permission { get; init; }

    /// <summary>Number of the round in which the parents were asked.</summary>
    public string? Round { get; init; }

    /// <summary>The school's logo is shown.</summary>
    public bool Logo { get; init; }

    /// <summary>Clauses that are confirmed.</summary>
    public IReadOnlyList<string> Confirms { get; init; } = [];

    /// <summary>Tells the fields of this form from those of another one in the same page; empty for the first.</summary>
    public string Copy { get; init; } = "";

    /// <summary>The group, where the form is about one.</summary>
    public string? ChosenGroup => Who == OfGroup ? Group : null;

    /// <summary>The pupils who were found by name, where the form is about any.</summary>
    public IReadOnlyList<string> ChosenPeople => Who is OfGroup or OfPupils ? People : [];

    /// <summary>Reads what was sent.</summary>
    public static DeclarationForm Of(IFormCollection form)
    {
        string? One(string name) => form[name].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } value ? value : null;
        string[] Many(string name) => [.. form[name].OfType<string>().Where(value => value.Length > 0).Distinct()];
        return new()
        {
            Channel = One("channel"), Activity = One("activity"), Situation = One("situation"), Title = One("title"), Caption = One("caption"), Alt = One("alt"), Who = One("who"), Group = One("group"),
            Absent = Many("absent"), People = Many("people"), Find = One("find"), Adults = One("adults"), Staff = Many("staff"), Origin = One("origin"), Permission = One("permission"), Round = One("round"),
            Logo = One("logo") == "true", Confirms = [.. Many("confirms").Intersect(DeclarationKeys.Confirmable)],
            Copy = One("copy") is { } copy && copy.All(char.IsAsciiDigit) ? copy : "",
        };
    }

    /// <summary>The form that says what is declared already.</summary>
    /// <param name="declaration">What is declared.</param>
    /// <param name="known">Its people, as the register knows them.</param>
    /// <param name="absent">Register keys of <see cref="Declaration.Absent"/>.</param>
    public static DeclarationForm Of(Declaration declaration, ConsentFacts known, IEnumerable<string> absent)
    {
        var isGroup = declaration is { Group: not null, People: null or { Count: 0 }, NobodyRecognisable: false };
        return new()
        {
            Channel = declaration.Channel, Activity = declaration.Activity, Situation = declaration.Situation, Title = declaration.Title, Caption = declaration.Caption, Alt = declaration.Alt,
            Who = declaration.NobodyRecognisable ? OfNobody : isGroup ? OfGroup : declaration.People is { Count: > 0 } ? OfPupils : null,
            Group = isGroup ? known.Pupils is [var first, ..] ? first.Group : declaration.Group : null,
            Absent = [.. absent], People = isGroup ? [] : [.. known.Pupils.Select(pupil => pupil.Key)],
            Adults = declaration.AdultCount > 0 ? declaration.AdultCount.ToString(CultureInfo.InvariantCulture) : null,
            Staff = [.. known.Adults.Select(adult => adult.Key)], Origin = declaration.Origin, Permission = declaration.Permission, Round = declaration.Round?.ToString(CultureInfo.InvariantCulture),
            Logo = declaration.Logo, Confirms = declaration.Confirms ?? [],
        };
    }

    /// <summary>What the form declares. Who is in the photo must have been looked up, since the whole group counts and nobody is left out by mistake.</summary>
    /// <param name="who">Who is in the register.</param>
    public Declaration ToDeclaration(PeopleChoice who)
    {
        // With somebody of another group, each is named; the group stays, so that names in the texts are understood.
        var named = Who == OfPupils || who.Chosen.Count > 0;
        return new()
        {
            Channel = Channel ?? Channels.Default, Activity = Activity, Situation = Situation, Title = Title, Caption = Caption, Alt = Alt,
            Group = ChosenGroup, NobodyRecognisable = Who == OfNobody,
            People = Who == OfNobody ? [] : named ? [.. who.Present.Select(pupil => pupil.Key)] : null,
            Absent = named || Who != OfGroup ? [] : [.. who.Group.Where(pupil => pupil.IsTicked).Select(pupil => pupil.Key)],
            AdultCount = int.TryParse(Adults, NumberStyles.None, CultureInfo.InvariantCulture, out var adults) ? adults : 0,
            AdultNames = Staff, Origin = Origin, Permission = Permission, Round = long.TryParse(Round, NumberStyles.None, CultureInfo.InvariantCulture, out var round) ? round : null,
            // What stands under a logo that is not there is no confirmation.
            Logo = Logo, Confirms = Confirms.Where(clause => Logo || clause != DeclarationKeys.LogoAsDesigned).ToList() is { Count: > 0 } confirms ? confirms : null,
        };
    }
}
