using PublicationGate.Consent;

namespace PublicationGate.Wording;

/// <summary>A surname of the register in one of its spellings, with everyone who bears it.</summary>
/// <param name="Prefix">Words of the prefix; none for most.</param>
/// <param name="Words">Words of the surname itself, one at least.</param>
internal sealed record Surname(string[] Prefix, string[] Words)
{
    /// <summary>First names of its bearers, run together ("keesjan"), and their first parts ("kees").</summary>
    public HashSet<string> FirstNames { get; } = [];

    /// <summary>First letters of those names.</summary>
    public HashSet<char> Initials { get; } = [];

    /// <summary>It is a common word, or a first name.</summary>
    public bool IsOrdinary { get; set; }
}

/// <summary>The names of the register, made ready for searching: each step of a search is one look into a table, however large the register.</summary>
internal sealed class RegisterIndex
{
    private readonly Dictionary<string, List<Surname>> bySurname = [];
    private readonly HashSet<string> runTogether = [];

    public RegisterIndex(IEnumerable<RegisteredName> names)
    {
        var spellings = new Dictionary<string, Surname>();
        foreach (var name in names)
        {
            Add(name, spellings);
        }

        foreach (var surname in spellings.Values)
        {
            surname.IsOrdinary = surname.Words is [var word] && (NameWords.Ordinary.Contains(word) || IsFirstName(word));
        }
    }

    /// <summary>First names of all pupils, run together, and their first parts.</summary>
    public HashSet<string> FirstNames { get; } = [];

    /// <summary>Surnames whose first word is this one, or this one with a genitive s.</summary>
    public IEnumerable<Surname> StartingWith(string word)
    {
        IEnumerable<Surname> same = bySurname.TryGetValue(word, out var surnames) ? surnames : [];
        return word.EndsWith('s') && bySurname.TryGetValue(word[..^1], out var genitive) ? same.Concat(genitive) : same;
    }

    /// <summary>Whether a word is a full name run together, such as "fennahoekstra".</summary>
    public bool IsRunTogether(ReadOnlySpan<char> word) => runTogether.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether a word is, as it stands, a surname and nothing else.</summary>
    public bool IsPlainSurname(ReadOnlySpan<char> word) =>
        bySurname.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var surnames) && surnames.Exists(surname => surname is { Words.Length: 1, IsOrdinary: false });

    /// <summary>Whether a word is a first name, of a pupil or a common one.</summary>
    public bool IsFirstName(string word) => FirstNames.Contains(word) || NameWords.FirstNames.Contains(word);

    private void Add(RegisteredName name, Dictionary<string, Surname> spellings)
    {
        var first = Folded(name.FirstName);
        string[] firstNames = first.Length > 1 ? [string.Concat(first), .. first[0].Length > 2 ? [first[0]] : Array.Empty<string>()] : first;
        FirstNames.UnionWith(firstNames);
        foreach (var (prefix, words) in Spellings(name))
        {
            var key = $"{string.Join(' ', prefix)}|{string.Join(' ', words)}";
            if (!spellings.TryGetValue(key, out var surname))
            {
                surname = spellings[key] = new Surname(prefix, words);
                (bySurname.TryGetValue(words[0], out var sameStart) ? sameStart : bySurname[words[0]] = []).Add(surname);
            }

            surname.FirstNames.UnionWith(firstNames);
            surname.Initials.UnionWith(first.Take(1).Select(word => word[0]));
            foreach (var given in firstNames)
            {
                runTogether.Add(given + string.Concat(words));
                runTogether.Add(given + string.Concat(prefix) + string.Concat(words));
            }
        }
    }

    // A double surname is also used by halves (not "Al" of "Al-Hassan", which is a word), a prefix also written onto the name
    // ("Vandermeulen"); a name such as McDonald is two words where a file name is cut at capitals.
    private static IEnumerable<(string[] Prefix, string[] Words)> Spellings(RegisteredName name)
    {
        var halves = name.Surname.Split('-', ' ').Where(half => half.Length > 2 && char.IsUpper(half[0]) && !NameWords.Prefixes.Contains(NameFolding.Fold(half)));
        var inHyphens = name.Surname.Split('-').Where(half => half.Length > 2);
        foreach (var (i, surname) in halves.Concat(inHyphens).Prepend(name.Surname).Distinct().Index())
        {
            // The prefix belongs to the whole and to its first half.
            string[] prefix = i < 2 ? Folded(name.Prefix) : [];
            IReadOnlyList<TextWord>[] cuts = [TextWords.Of(surname, splitCapitals: false), TextWords.Of(surname, splitCapitals: true)];
            foreach (var words in cuts.Where(words => words.Count > 0).DistinctBy(words => words.Count))
            {
                // "de Wit", as the second half or where the register keeps prefixes with surnames.
                var small = words.TakeWhile((word, at) => at < words.Count - 1 && (!word.IsCapitalised || NameWords.Prefixes.Contains(word.Folded))).Count();
                string[] allPrefix = [.. prefix, .. words.Take(small).Select(word => word.Folded)];
                string[] rest = [.. words.Skip(small).Select(word => word.Folded)];
                yield return (allPrefix, rest);
                if (allPrefix.Length > 0 && rest.Length == 1)
                {
                    yield return ([], [string.Concat(allPrefix) + rest[0]]);
                }
            }
        }
    }

    private static string[] Folded(string name) => [.. TextWords.Of(name, splitCapitals: false).Select(word => word.Folded)];
}
