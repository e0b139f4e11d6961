namespace PublicationGate.Wording;

/// <summary>
/// Finds a first name of the register that is followed by what looks like a surname which the register does not have: a misspelling, a
/// pupil who has left, a brother. Not behind a title (staff are no pupils), and not what is followed by the words that often are.
/// </summary>
internal sealed class PossibleNames(RegisterIndex index)
{
    /// <summary>The possible full names, in reading order.</summary>
    public IEnumerable<TextFinding> Find(SearchedText text)
    {
        var words = text.Words;
        if (text.IsName || IsMostlyCapitalised(words))
        {
            yield break;
        }

        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (IsGivenName(words, at) && !IsHyphenated(text, at) && SurnameAfter(words, at + 1) is { } last)
            {
                yield return text.Found(TextFindingKind.PossibleFullName, at, last + 1, isSure: false);
                at = last;
            }
        }
    }

    private bool IsGivenName(List<TextWord> words, int at) =>
        words[at] is { IsCapitalised: true, IsTagged: false } word && index.FirstNames.Contains(word.Folded)
        && !(word.Before == Gap.Break && NameWords.Ordinary.Contains(word.Folded))
        && !(at > 0 && word.Before < Gap.Break && NameWords.IsTitle(words[at - 1].Folded));

    // "Anne-Fleur" is one name.
    private static bool IsHyphenated(SearchedText text, int at) => text.Words[at].End is var end && end < text.Text.Length && text.Text[end] is '-' or '\u2010' or '\u2011';

    private int? SurnameAfter(List<TextWord> words, int from)
    {
        var at = from;
        while (at < words.Count && at - from < 3 && words[at] is { IsCapitalised: false, Before: Gap.Close } && NameWords.Prefixes.Contains(words[at].Folded) && words[at].Folded is not ("in" or "op" or "tot"))
        {
            at++;
        }

        if (at >= words.Count || words[at] is not { IsCapitalised: true, IsAllCapitals: false, Before: Gap.Close, Length: > 2, IsTagged: false } surname)
        {
            return null;
        }

        return NameWords.NotSurnames.Contains(surname.Folded) || index.IsFirstName(surname.Folded) || NameWords.Famous.Contains($"{words[from - 1].Folded} {surname.Folded}") ? null : at;
    }

    // In a headline such as "Sportdag Met Noor En Tim" capitals say nothing.
    private static bool IsMostlyCapitalised(List<TextWord> words) => words.Count >= 4 && !words.Exists(word => word is { IsCapitalised: false, Length: > 3 });
}
