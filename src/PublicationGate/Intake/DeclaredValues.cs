using System.Globalization;

namespace PublicationGate.Intake;

/// <summary>The checked keys of one declaration file, or of several laid over each other.</summary>
internal sealed class DeclaredValues(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    public static DeclaredValues Nothing { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>
    /// What the name of a folder declares. A group there means the whole group: each of its pupils needs consent, until a file says who is in the photos.
    /// </summary>
    public static DeclaredValues Of(FolderName name)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        if (name.Group is { } group)
        {
            values["group"] = [group];
        }

        if (name.Activity is { } activity)
        {
            values["activity"] = [activity];
        }

        return new(values);
    }

    private bool NobodyRecognisable => values.TryGetValue("people", out var people) && people is [DeclarationKeys.Nobody];

    /// <summary>These values, with those of <paramref name="outer"/> where they say nothing.</summary>
    /// <remarks>
    /// Who is in the photo is one statement spread over people, group and absent. What an inner file says of it does not mix with what
    /// the outer file said of other photos; only the group stays, as context for the names, unless nobody is recognisable.
    /// </remarks>
    public DeclaredValues Over(DeclaredValues outer)
    {
        var merged = new Dictionary<string, IReadOnlyList<string>>(values);
        foreach (var (key, value) in outer.Pairs.Where(pair => !Replaces(pair.Key)))
        {
            merged.TryAdd(key, value);
        }

        return new(merged);
    }

    public Declaration ToDeclaration()
    {
        var isCount = int.TryParse(One("adults"), NumberStyles.None, CultureInfo.InvariantCulture, out var adults);
        return new()
        {
            Channel = One("channel") ?? Channels.Default,
            Activity = One("activity"),
            Situation = One("situation"),
            Title = One("title"),
            Caption = One("caption"),
            Alt = One("alt"),
            Group = One("group"),
            People = NobodyRecognisable ? [] : values.GetValueOrDefault("people"),
            NobodyRecognisable = NobodyRecognisable,
            Absent = values.GetValueOrDefault("absent") ?? [],
            AdultCount = adults,
            AdultNames = isCount ? [] : values.GetValueOrDefault("adults") ?? [],
            Origin = One("origin"),
            Permission = One("permission"),
            Account = One("account"),
            Round = long.TryParse(One("round"), NumberStyles.None, CultureInfo.InvariantCulture, out var round) ? round : null,
            Logo = One("logo") == "true",
            Confirms = values.GetValueOrDefault("confirms"),
        };
    }

    private IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Pairs => values;

    private bool Replaces(string outerKey) => outerKey switch
    {
        "group" => NobodyRecognisable,
        "people" => values.ContainsKey("group"),
        "absent" => values.ContainsKey("people") || values.ContainsKey("group"),
        _ => false,
    };

    private string? One(string key) => values.GetValueOrDefault(key) is [var only, ..] ? only : null;
}
