namespace PublicationGate.Intake;

/// <summary>The words of a declaration: its keys, and the values of those that have a fixed list.</summary>
public static class DeclarationKeys
{
    /// <summary>The value of <c>people</c> that says that nobody can be recognised.</summary>
    public const string Nobody = "none";

    /// <summary>All keys, in the order in which people see them.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["channel", "activity", "situation", "title", "caption", "alt", "group", "people", "absent", "adults", "origin", "permission", "account", "round", "logo", "confirms"];

    /// <summary>Values of <c>situation</c>.</summary>
    public static IReadOnlyList<string> Situations { get; } = ["general", "group", "individual"];

    /// <summary>Values of <c>origin</c>.</summary>
    public static IReadOnlyList<string> Origins { get; } = ["school-camera", "staff", "parent", "third-party", "repost"];

    /// <summary>Values of <c>logo</c>.</summary>
    public static IReadOnlyList<string> YesOrNo { get; } = ["true", "false"];

    /// <summary>What was told to whoever posts: what is online stays online.</summary>
    public const string StaysOnline = "M6";

    /// <summary>The school's logo stays as it was designed.</summary>
    public const string LogoAsDesigned = "M15";

    /// <summary>Values of <c>confirms</c>: the clauses that somebody confirms of a photo.</summary>
    public static IReadOnlyList<string> Confirmable { get; } = [StaysOnline, LogoAsDesigned];

    /// <summary>The values that <paramref name="key"/> may have; null when it takes any text.</summary>
    internal static IReadOnlyList<string>? ValuesOf(string key) => key switch
    {
        "channel" => Channels.All,
        "situation" => Situations,
        "origin" => Origins,
        "logo" => YesOrNo,
        "confirms" => Confirmable,
        _ => null,
    };

    internal static bool TakesAList(string key) => key is "people" or "absent" or "adults" or "confirms";
}
