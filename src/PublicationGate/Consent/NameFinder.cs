namespace PublicationGate.Consent;

/// <summary>
/// Finds names of the register in texts. Words are compared folded (case, diacritics), at word boundaries, with the surname's prefix,
/// with a genitive s, and with an initial for the first name.
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
        bySurname = names.Select(name => new Name(Words(name.FirstName), Words(name.Prefix), Words(name.Surname)))
            .Where(name => name.Surname.Length > 0).ToLookup(name => name.Surname[0]);

    /// <summary>The names in one text, in reading order; a full name counts once, not again as a surname.</summary>
    /// <param name="field">Which text, as in <see cref="NameInText.Field"/>.</param>
    /// <param name="text">The text; null or empty has no names.</param>
    public IReadOnlyList<NameInText> Find(string field, string? text)
    {
        var words = TextWords.Of(text ?? "", splitCapitals: field == "file-name");
        var found = new List<NameInText>();
        for (var at = 0; at < words.Count; at++)
        {
            var best = Candidates(words[at].Folded).Select(name => Match(words, at, name, field)).OfType<NameInText>()
                .OrderByDescending(match => match.IsFullName).ThenByDescending(match => match.Span.Length).FirstOrDefault();
            if (best is not null)
            {
                found.Add(best with { Span = text!.Substring(best.Start, best.Span.Length) });
            }
        }

        return found;
    }

    private IEnumerable<Name> Candidates(string word) => word.EndsWith('s') ? bySurname[word].Concat(bySurname[word[..^1]]) : bySurname[word];

    private static NameInText? Match(IReadOnlyList<TextWord> words, int at, Name name, string field)
    {
        var end = at + name.Surname.Length;
        for (var i = 1; i < name.Surname.Length; i++)
        {
            if (at + i >= words.Count || !IsWord(words[at + i].Folded, name.Surname[i]))
            {
                return null;
            }
        }

        var hasPrefix = name.Prefix.Length > 0 && Stands(words, at - name.Prefix.Length, name.Prefix);
        var start = hasPrefix ? at - name.Prefix.Length : at;
        if (StandsFirstName(words, start, name) is { } first)
        {
            return Found(first, end, isFullName: true);
        }

        if (name.First.Length > 0 && Stands(words, end, name.First))
        {
            return Found(start, end + name.First.Length, isFullName: true);
        }

        return hasPrefix || words[at].IsCapitalised || field == "file-name" ? Found(start, end, isFullName: false) : null;

        NameInText Found(int from, int to, bool isFullName) =>
            new(field, words[from].Start, new string(' ', words[to - 1].Start + words[to - 1].Length - words[from].Start), isFullName);
    }

    // "Sanne Bakker" or "S. Bakker": where the first name begins.
    private static int? StandsFirstName(IReadOnlyList<TextWord> words, int end, Name name)
    {
        if (name.First.Length == 0)
        {
            return null;
        }

        if (Stands(words, end - name.First.Length, name.First))
        {
            return end - name.First.Length;
        }

        return end > 0 && words[end - 1].IsCapitalised && words[end - 1].Folded == name.First[0][..1] ? end - 1 : null;
    }

    private static bool Stands(IReadOnlyList<TextWord> words, int start, string[] name) =>
        start >= 0 && start + name.Length <= words.Count && !name.Where((word, i) => !IsWord(words[start + i].Folded, word)).Any();

    private static bool IsWord(string word, string name) => word == name || (word.Length == name.Length + 1 && word[^1] == 's' && word.StartsWith(name, StringComparison.Ordinal));

    private static string[] Words(string name) => [.. TextWords.Of(name, splitCapitals: false).Select(word => word.Folded)];

    private sealed record Name(string[] First, string[] Prefix, string[] Surname);
}
