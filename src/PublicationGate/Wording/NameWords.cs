namespace PublicationGate.Wording;

/// <summary>The words that tell names from ordinary words, from <c>Words/names.txt</c>; all folded.</summary>
internal static class NameWords
{
    private static readonly ILookup<string, string> List = WordList.Read("names");

    private static readonly HashSet<string> Titles = WordList.Words(List, "titles");

    private static readonly HashSet<string> Announce = WordList.Words(List, "titles", "families", "businesses");

    /// <summary>Surname prefixes and their short forms.</summary>
    public static HashSet<string> Prefixes { get; } = WordList.Words(List, "prefixes");

    /// <summary>Surnames that are ordinary words.</summary>
    public static HashSet<string> Ordinary { get; } = WordList.Words(List, "ordinary");

    /// <summary>Common first names.</summary>
    public static HashSet<string> FirstNames { get; } = WordList.Words(List, "first-names");

    /// <summary>Articles and possessives: what follows is no name.</summary>
    public static HashSet<string> Articles { get; } = WordList.Words(List, "articles");

    /// <summary>Words that make a file name a phrase rather than a name.</summary>
    public static HashSet<string> FunctionWords { get; } = WordList.Words(List, "function-words");

    /// <summary>Capitalised words that are no surname.</summary>
    public static HashSet<string> NotSurnames { get; } = WordList.Words(List, "not-surnames", "businesses", "titles");

    /// <summary>First name and surname of people that everybody knows.</summary>
    public static HashSet<string> Famous { get; } = [.. List["famous"].SelectMany(line => line.Split(';', StringSplitOptions.TrimEntries))];

    /// <summary>Second parts of street names, sponsors and the like.</summary>
    public static HashSet<string> Compounds { get; } = WordList.Words(List, "compounds");

    /// <summary>Whether the word before one says that it is a surname.</summary>
    public static bool Announces(string folded) => Announce.Contains(folded);

    /// <summary>Whether a word is the title of an adult, such as "juf".</summary>
    public static bool IsTitle(string folded) => Titles.Contains(folded);
}
