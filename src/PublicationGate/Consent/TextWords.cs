namespace PublicationGate.Consent;

/// <summary>One word of a text.</summary>
/// <param name="Start">Where it starts, in characters from 0.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Folded">The word without case and diacritics.</param>
/// <param name="IsCapitalised">It begins with a capital.</param>
internal readonly record struct TextWord(int Start, int Length, string Folded, bool IsCapitalised);

/// <summary>Cuts a text into words: runs of letters. Hyphens, apostrophes, digits and underscores separate.</summary>
internal static class TextWords
{
    /// <summary>The words of <paramref name="text"/>; with <paramref name="splitCapitals"/> "SanneBakker" is two.</summary>
    public static IReadOnlyList<TextWord> Of(string text, bool splitCapitals)
    {
        var words = new List<TextWord>();
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isLetter = at < text.Length && (char.IsLetter(text[at]) || (start >= 0 && char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.NonSpacingMark));
            var begins = isLetter && start >= 0 && splitCapitals && char.IsUpper(text[at]) && !char.IsUpper(text[at - 1]);
            if (start >= 0 && (!isLetter || begins))
            {
                words.Add(new TextWord(start, at - start, NameFolding.Fold(text[start..at]), char.IsUpper(text[start])));
                start = -1;
            }

            if (isLetter && start < 0)
            {
                start = at;
            }
        }

        return words;
    }
}
