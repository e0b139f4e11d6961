namespace PublicationGate.Consent;

/// <summary>
/// Finds names of the register in texts. Words are compared folded (case, diacritics), at word boundaries, with the surname's prefix
/// (whole or cut short, as in "v.d."), with a genitive s, with initials for the first name, and with either half of a double surname.
/// </summary>
/// <remarks>
/// Many surnames are words too ("bos", "bakker"). A surname alone counts only when written with a capital, after its prefix, or in a
/// file name, where capitals say nothing.
/// </remarks>
public sealed class NameFinder
{
    private readonly ILookup<string, Name> bySurname;

    /// <summary>Prepares the names for searching.</summary>
    public NameFinder(IEnumerable<RegisteredName> names) =>
        bySurname = names.SelectMany(Spellings).Where(name => name.Surname.Length > 0).ToLookup(name => name.Surname[0]);

    /// <summary>The names in one text, in reading order; a full name counts once, not again as a surname.</summary>
    /// <param name="field">Which text, as in <see cref="NameInText.Field"/>.</param>
    /// <param name="text">The text; null or empty has no names.</param>
    public IReadOnlyList<NameInText> Find(string field, string? text)
    {
        var words = TextWords.Of(text ?? "", splitCapitals: field == "file-name");
        var found = new List<NameInText>();
        for (var at = 0; at < words.Count; at++)
        {
            var best = Candidates(words[at].Folded).Select(name => Match(words, at, name, capitalsSayNothing: field == "file-name")).OfType<Hit>()
                .OrderByDescending(hit => hit.IsFullName).ThenByDescending(hit => hit.To - hit.From).FirstOrDefault();
            if (best is not null)
            {
                var (start, last) = (words[best.From].Start, words[best.To - 1]);
                found.Add(new NameInText(field, start, text![start..(last.Start + last.Length)], best.IsFullName));
                at = best.To - 1;
            }
        }

        return found;
    }

    // A double surname is also used by halves (not "Al" of "Al-Hassan", which is a word); a name such as McDonald is two words where a file name is cut at capitals.
    private static IEnumerable<Name> Spellings(RegisteredName name)
    {
        var first = Words(name.FirstName);
        // The prefix belongs to the whole and to its first half.
        foreach (var (i, surname) in name.Surname.Split('-').Where(half => half.Length > 2).Prepend(name.Surname).Distinct().Index())
        {
            string[] prefix = i < 2 ? Words(name.Prefix) : [];
            IReadOnlyList<TextWord>[] cuts = [TextWords.Of(surname, splitCapitals: false), TextWords.Of(surname, splitCapitals: true)];
            foreach (var words in cuts.DistinctBy(words => words.Count))
            {
                // "de Wit", as the second half or where the register keeps prefixes with surnames.
                var small = words.TakeWhile((word, at) => !word.IsCapitalised && at < words.Count - 1).Count();
                yield return new Name(first, [.. prefix, .. words.Take(small).Select(word => word.Folded)], [.. words.Skip(small).Select(word => word.Folded)]);
            }
        }
    }

    private IEnumerable<Name> Candidates(string word) => word.EndsWith('s') ? bySurname[word].Concat(bySurname[word[..^1]]) : bySurname[word];

    private static Hit? Match(IReadOnlyList<TextWord> words, int at, Name name, bool capitalsSayNothing)
    {
        if (!Stands(words, at, name.Surname))
        {
            return null;
        }

        var end = at + name.Surname.Length;
        var start = at - PrefixLengths(name.Prefix).FirstOrDefault(length => StandsPrefix(words, at - length, length, name.Prefix));
        if (FirstNameBefore(words, start, name) is { } first)
        {
            return new Hit(first, end, IsFullName: true);
        }

        var afterPrefix = end + PrefixLengths(name.Prefix).FirstOrDefault(length => StandsPrefix(words, end, length, name.Prefix));
        if ((FirstNameAfter(words, end, name) ?? FirstNameAfter(words, afterPrefix, name)) is { } last)
        {
            return new Hit(start, last, IsFullName: true);
        }

        return start < at || words[at].IsCapitalised || capitalsSayNothing ? new Hit(start, end, IsFullName: false) : null;
    }

    // "Sanne Bakker", "S. Bakker" or "S.A. Bakker": where the first name begins.
    private static int? FirstNameBefore(IReadOnlyList<TextWord> words, int end, Name name)
    {
        if (name.First.Length == 0)
        {
            return null;
        }

        if (Stands(words, end - name.First.Length, name.First))
        {
            return end - name.First.Length;
        }

        int? begin = null;
        for (var at = end - 1; at >= 0 && IsInitial(words[at]); at--)
        {
            begin = words[at].Folded == name.First[0][..1] ? at : begin;
        }

        return begin;
    }

    // "Bakker, Sanne" or "Bakker, S.": where the first name ends.
    private static int? FirstNameAfter(IReadOnlyList<TextWord> words, int start, Name name) =>
        name.First.Length == 0 ? null
        : Stands(words, start, name.First) ? start + name.First.Length
        : start < words.Count && IsInitial(words[start]) && words[start].Folded == name.First[0][..1] ? start + 1
        : null;

    // "van der" and "v.d." are two words, "vd" is one.
    private static IEnumerable<int> PrefixLengths(string[] prefix) => prefix.Length > 1 ? [prefix.Length, 1] : prefix.Length == 1 ? [1] : [];

    private static bool StandsPrefix(IReadOnlyList<TextWord> words, int start, int length, string[] prefix) =>
        start >= 0 && start + length <= words.Count && (length == prefix.Length
            ? prefix.Select((word, i) => (word, words[start + i].Folded)).All(pair => pair.Folded == pair.word || (length > 1 && pair.Folded == pair.word[..1]))
            : words[start].Folded == string.Concat(prefix.Select(word => word[0])));

    private static bool IsInitial(TextWord word) => word is { IsCapitalised: true, Length: 1 };

    private static bool Stands(IReadOnlyList<TextWord> words, int start, string[] name) =>
        start >= 0 && start + name.Length <= words.Count && !name.Where((word, i) => !IsWord(words[start + i].Folded, word)).Any();

    private static bool IsWord(string word, string name) => word == name || (word.Length == name.Length + 1 && word[^1] == 's' && word.StartsWith(name, StringComparison.Ordinal));

    private static string[] Words(string name) => [.. TextWords.Of(name, splitCapitals: false).Select(word => word.Folded)];

    private sealed record Name(string[] First, string[] Prefix, string[] Surname);

    /// <summary>Words of a text that are a name: from one up to another, which is not part of it.</summary>
    private sealed record Hit(int From, int To, bool IsFullName);
}
