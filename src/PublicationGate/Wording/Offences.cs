namespace PublicationGate.Wording;

/// <summary>Finds swearing, insults, obscenity and discrimination, in plain words and simply disguised ones.</summary>
internal static class Offences
{
    private static readonly PhraseList List = new(WordList.Read("offences"));

    // What people write for a letter.
    private static readonly Dictionary<char, char> Lookalikes = new()
    {
        ['0'] = 'o', ['1'] = 'i', ['3'] = 'e', ['4'] = 'a', ['5'] = 's', ['6'] = 'g', ['7'] = 't', ['8'] = 'b', ['9'] = 'g', ['@'] = 'a', ['$'] = 's', ['!'] = 'i', ['€'] = 'e', ['|'] = 'l', ['+'] = 't',
    };

    private static readonly string[] Gestures = ["🖕"];

    /// <summary>The words, in no particular order.</summary>
    public static IEnumerable<TextFinding> Find(SearchedText text)
    {
        var words = text.Words;
        foreach (var hit in List.Find(words))
        {
            yield return Found(text, hit.Section, words[hit.From].Start, words[hit.To - 1].End);
        }

        foreach (var (section, start, end) in Repeated(words).Concat(Spaced(words)).Concat(Disguised(text.Text)))
        {
            yield return Found(text, section, start, end);
        }

        foreach (var gesture in Gestures)
        {
            if (text.Text.IndexOf(gesture, StringComparison.Ordinal) is >= 0 and var at)
            {
                yield return Found(text, "obscenity", at, at + gesture.Length);
            }
        }
    }

    private static TextFinding Found(SearchedText text, string section, int start, int end) => text.FoundAt(section switch
    {
        "swearing" => TextFindingKind.Swearing,
        "insult" => TextFindingKind.Insult,
        "obscenity" => TextFindingKind.Obscenity,
        _ => TextFindingKind.Discrimination,
    }, start, end, isSure: false);

    // "fuuuck", "shiiit", "sukkellll"
    private static IEnumerable<(string Section, int Start, int End)> Repeated(List<TextWord> words)
    {
        foreach (var word in words)
        {
            if (!List.Alone.ContainsKey(word.Folded) && HasRepeat(word.Folded)
                && (List.SectionOfRepeated(word.Folded) ?? SectionOf(WithRunsOf(word.Folded, 1)) ?? SectionOf(WithRunsOf(word.Folded, 2))) is { } section)
            {
                yield return (section, word.Start, word.End);
            }
        }
    }

    private static bool HasRepeat(string word) => word.Where((letter, i) => i > 0 && letter == word[i - 1]).Any();

    // Runs of three letters or more made shorter; null when there is none.
    private static string? WithRunsOf(string word, int length)
    {
        var made = new System.Text.StringBuilder();
        var changed = false;
        for (var at = 0; at < word.Length;)
        {
            var end = at;
            while (end < word.Length && word[end] == word[at])
            {
                end++;
            }

            made.Append(word[at], end - at >= 3 ? length : end - at);
            changed |= end - at >= 3;
            at = end;
        }

        return changed ? made.ToString() : null;
    }

    // "k u t", "f.u.c.k"
    private static IEnumerable<(string Section, int Start, int End)> Spaced(List<TextWord> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var end = at + 1;
            while (words[at].Length == 1 && end < words.Count && words[end].Length == 1 && words[end].Before < Gap.Comma)
            {
                end++;
            }

            if (end - at >= 3 && SectionOf(string.Concat(words.Skip(at).Take(end - at).Select(word => word.Folded))) is { } section)
            {
                yield return (section, words[at].Start, words[end - 1].End);
            }

            at = end - 1;
        }
    }

    // "sh1t", "k*t", "f***", "@sshole"
    private static IEnumerable<(string Section, int Start, int End)> Disguised(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or '"' or '(' or ')' or '.'))
            {
                end++;
            }

            if (end - start is >= 3 and <= 24 && SectionOfDisguised(text[start..end].TrimEnd('!', '?', ':', ';', '\'')) is { } section)
            {
                yield return (section, start, end);
            }

            start = end;
        }
    }

    private static string? SectionOfDisguised(string token)
    {
        var letters = token.Count(char.IsLetter);
        if (letters == 0 || letters == token.Length)
        {
            return null;
        }

        var star = token.AsSpan(1).IndexOfAny('*', '#');
        if (star >= 0 && char.IsLetter(token[0]))
        {
            return SectionOfCensored(Consent.NameFolding.Fold(token).Replace('#', '*'));
        }

        var read = string.Concat(token.Select(character => Lookalikes.GetValueOrDefault(character, character)));
        return read.All(char.IsLetter) ? SectionOf(Consent.NameFolding.Fold(read)) ?? (token.Contains('1') ? SectionOf(Consent.NameFolding.Fold(read.Replace('i', 'l'))) : null) : null;
    }

    // Each star stands for one letter, or a row of them between letters for some; stars at the end must be two.
    private static string? SectionOfCensored(string token)
    {
        var first = token.IndexOf('*');
        var last = token.LastIndexOf('*');
        if (token.Where((character, i) => character == '*' ? i < first || i > last : !char.IsLetter(character)).Any() || (last == token.Length - 1 && last == first))
        {
            return null;
        }

        var (start, end) = (token[..first], token[(last + 1)..]);
        return List.Alone.Where(pair => pair.Key.Length >= 3 && (pair.Key.Length == token.Length || (end.Length > 0 && pair.Key.Length > start.Length + end.Length))
            && pair.Key.StartsWith(start, StringComparison.Ordinal) && pair.Key.EndsWith(end, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).FirstOrDefault();
    }

    private static string? SectionOf(string? word) => word is not null && List.Alone.TryGetValue(word, out var section) ? section : null;
}
