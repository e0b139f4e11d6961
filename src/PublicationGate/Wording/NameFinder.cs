namespace PublicationGate.Wording;

/// <summary>
/// Finds names of the register in a text. Words are compared folded (case, diacritics), at word boundaries, with the surname's prefix
/// (whole, cut short as in "v.d.", or another), with a genitive s, with initials or a second given name, and with either half of a
/// double surname.
/// </summary>
/// <remarks>
/// Many surnames are words too ("bos", "bakker"), or first names. Such a surname alone counts only where something says that it is one:
/// a title, family or firm before it, a first name or initial before it, its prefix, or a capital within a sentence.
/// </remarks>
internal sealed class NameFinder(RegisterIndex index)
{
    /// <summary>Full names and surnames, in reading order; a full name counts once, not again as a surname.</summary>
    public IEnumerable<TextFinding> Find(SearchedText text)
    {
        var words = text.Words;
        for (var at = 0; at < words.Count; at++)
        {
            if (Best(text, words, at) is not { } best)
            {
                continue;
            }

            yield return text.Found(best.IsFullName ? TextFindingKind.FullName : TextFindingKind.Surname, best.From, best.To, best.IsFullName);
            at = best.To - 1;
        }
    }

    private Hit? Best(SearchedText text, List<TextWord> words, int at)
    {
        Hit? best = null;
        foreach (var surname in index.StartingWith(words[at].Folded))
        {
            if (Match(text, words, at, surname) is { } hit && (best is null || (hit.IsFullName, hit.To - hit.From).CompareTo((best.IsFullName, best.To - best.From)) > 0))
            {
                best = hit;
            }
        }

        return best;
    }

    private Hit? Match(SearchedText text, List<TextWord> words, int at, Surname surname)
    {
        if (!Stands(words, at, surname.Words))
        {
            return null;
        }

        var end = at + surname.Words.Length;
        var start = at - PrefixLengths(surname.Prefix).FirstOrDefault(length => StandsPrefix(words, at - length, length, surname.Prefix) && words[at].Before < Gap.Comma);
        var loose = start;
        while (loose > 0 && at - loose < 3 && words[loose].Before < Gap.Comma && NameWords.Prefixes.Contains(words[loose - 1].Folded))
        {
            loose--;
        }

        if ((GivenNames.Before(words, start, surname) ?? GivenNames.Before(words, loose, surname)) is { } first)
        {
            return new Hit(first, end, IsFullName: true);
        }

        var afterPrefix = end + PrefixLengths(surname.Prefix).FirstOrDefault(length => StandsPrefix(words, end, length, surname.Prefix));
        if ((GivenNames.After(words, end, surname) ?? GivenNames.After(words, afterPrefix, surname)) is { } last && !index.IsFirstName(words[at].Folded))
        {
            return new Hit(start, last, IsFullName: true);
        }

        return SurnameAlone.Counts(text, start, at, surname, index) ? new Hit(start, end, IsFullName: false) : null;
    }

    // "van der" and "v.d." are two words, "vd" is one.
    private static IEnumerable<int> PrefixLengths(string[] prefix) => prefix.Length > 1 ? [prefix.Length, 1] : prefix.Length == 1 ? [1] : [];

    private static bool StandsPrefix(List<TextWord> words, int start, int length, string[] prefix)
    {
        if (start < 0 || start + length > words.Count)
        {
            return false;
        }

        var whole = length == prefix.Length;
        for (var i = 0; whole && i < length; i++)
        {
            whole = words[start + i].Folded == prefix[i] || words[start + i].Folded == prefix[i][..1];
        }

        return whole || (length == 1 && prefix.Length > 1 && (words[start].Folded == string.Concat(prefix.Select(word => word[0])) || words[start].Folded == string.Concat(prefix)));
    }

    private static bool Stands(List<TextWord> words, int start, string[] name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (start + i >= words.Count || !IsWord(words[start + i].Folded, name[i]) || (i > 0 && words[start + i].Before >= Gap.Comma))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(string word, string name) => word == name || (word.Length == name.Length + 1 && word[^1] == 's' && word.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Words of a text that are a name: from one up to another, which is not part of it.</summary>
    private sealed record Hit(int From, int To, bool IsFullName);
}
