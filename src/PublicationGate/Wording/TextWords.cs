using System.Buffers;
using System.Globalization;
using PublicationGate.Consent;

namespace PublicationGate.Wording;

/// <summary>What stands between a word and the one before it.</summary>
internal enum Gap
{
    /// <summary>Nothing but a change to capitals.</summary>
    None,

    /// <summary>Space, hyphen, apostrophe, underscore, digit, or the dot of an abbreviation: the words may be one name.</summary>
    Close,

    /// <summary>Comma or ampersand.</summary>
    Comma,

    /// <summary>End of a sentence or line, colon, bracket, quotation mark, emoji; also the start of the text.</summary>
    Break,
}

/// <summary>One word of a text.</summary>
/// <param name="Start">Where it starts, in characters from 0.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Folded">The word without case and diacritics.</param>
/// <param name="IsCapitalised">It begins with a capital.</param>
/// <param name="IsAllCapitals">It has two letters or more, all capitals.</param>
/// <param name="Before">What stands before it.</param>
/// <param name="Sentence">Number of its sentence.</param>
/// <param name="IsTagged">It belongs to a hashtag or an account name.</param>
internal readonly record struct TextWord(int Start, int Length, string Folded, bool IsCapitalised, bool IsAllCapitals, Gap Before, int Sentence, bool IsTagged)
{
    public int End => Start + Length;
}

/// <summary>Cuts a text into words: runs of letters. Hyphens, apostrophes, digits and underscores separate.</summary>
internal static class TextWords
{
    private static readonly HashSet<string> Abbreviations = ["dhr", "mw", "mevr", "mej", "mr", "mrs", "ms", "dr", "drs", "ir", "ing", "prof", "st", "fam", "vd", "geb", "tel", "mob", "bijv", "bv", "nr", "jr", "sr"];

    private static readonly SearchValues<char> Breaks = SearchValues.Create("!?;:…•·|()[]{}<>\"“”„«»—=\n\r\u2028\u2029");

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("!?…\n\r\u2028\u2029•");

    /// <summary>The words of <paramref name="text"/>; with <paramref name="splitCapitals"/>, and always in a hashtag, "SanneBakker" is two.</summary>
    public static List<TextWord> Of(string text, bool splitCapitals)
    {
        var words = new List<TextWord>();
        var (start, end, sentence, isTagged) = (-1, 0, 0, false);
        for (var at = 0; at <= text.Length; at++)
        {
            var isLetter = at < text.Length && (char.IsLetter(text[at]) || (start >= 0 && BelongsToTheLetterBefore(text[at])));
            var begins = isLetter && start >= 0 && (splitCapitals || isTagged) && char.IsUpper(text[at]) && !char.IsUpper(text[at - 1]);
            if (start >= 0 && (!isLetter || begins))
            {
                var gap = GapBetween(text, words, end, start);
                sentence += EndsSentence(text, words, end, start) ? 1 : 0;
                words.Add(Word(text, start, at, gap, sentence, isTagged));
                (start, end) = (-1, at);
            }

            if (isLetter && start < 0)
            {
                start = at;
            }

            if (at < text.Length && !isLetter)
            {
                isTagged = text[at] is '#' or '@' || (isTagged && !char.IsWhiteSpace(text[at]));
            }
        }

        return words;
    }

    // Combining marks, as file names of a Mac have them; soft hyphens and zero-width characters, which nobody sees.
    private static bool BelongsToTheLetterBefore(char character) => char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static TextWord Word(string text, int start, int end, Gap before, int sentence, bool isTagged)
    {
        var word = text.AsSpan(start, end - start);
        var hasUnseen = word.ContainsAnyInRange('\u00AD', '\u00AD') || word.ContainsAnyInRange('\u200B', '\u200F') || word.ContainsAnyInRange('\u2060', '\u2064');
        var folded = NameFolding.Fold(hasUnseen ? string.Concat(text[start..end].Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)) : text[start..end]);
        var isAllCapitals = end - start > 1;
        foreach (var character in word)
        {
            isAllCapitals &= !char.IsLower(character);
        }

        return new TextWord(start, end - start, folded, char.IsUpper(text[start]), isAllCapitals, before, sentence, isTagged);
    }

    private static Gap GapBetween(string text, List<TextWord> words, int end, int start)
    {
        if (words.Count == 0)
        {
            return Gap.Break;
        }

        var gap = text.AsSpan(end, start - end);
        return gap.Length == 0 ? Gap.None
            : gap.ContainsAny(Breaks) || HasEmoji(gap) || EndsSentence(text, words, end, start) || gap.Contains(" - ", StringComparison.Ordinal) || gap.Contains(" – ", StringComparison.Ordinal) ? Gap.Break
            : gap.ContainsAny(',', '&', '+') ? Gap.Comma
            : Gap.Close;
    }

    private static bool HasEmoji(ReadOnlySpan<char> gap)
    {
        foreach (var character in gap)
        {
            if (char.IsSurrogate(character) || char.GetUnicodeCategory(character) == UnicodeCategory.OtherSymbol)
            {
                return true;
            }
        }

        return false;
    }

    // A dot ends a sentence when white space follows and what it ends is no initial or abbreviation.
    private static bool EndsSentence(string text, List<TextWord> words, int end, int start)
    {
        var gap = text.AsSpan(end, start - end);
        if (gap.ContainsAny(SentenceEnds))
        {
            return true;
        }

        var dot = gap.LastIndexOf('.');
        return dot >= 0 && dot + 1 < gap.Length && char.IsWhiteSpace(gap[dot + 1]) && words.Count > 0
            && (dot > 0 || (words[^1].Length > 1 && !Abbreviations.Contains(words[^1].Folded)));
    }
}
