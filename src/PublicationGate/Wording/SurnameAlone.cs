namespace PublicationGate.Wording;

/// <summary>Tells whether a word that equals a surname is one.</summary>
internal static class SurnameAlone
{
    // A rarer word than this is hardly written small by accident.
    private const int LongEnoughInSmall = 5;

    /// <param name="text">The text.</param>
    /// <param name="start">Word at which the registered prefix begins; <paramref name="at"/> when it does not stand there.</param>
    /// <param name="at">Word at which the surname begins.</param>
    /// <param name="surname">The surname.</param>
    /// <param name="index">All names.</param>
    public static bool Counts(SearchedText text, int start, int at, Surname surname, RegisterIndex index)
    {
        var words = text.Words;
        var word = words[at];
        var hasPrefix = start < at;
        TextWord? before = start > 0 && words[start].Before < Gap.Break ? words[start - 1] : null;
        if (before is { } announcing && words[start].Before < Gap.Comma && NameWords.Announces(announcing.Folded) && (word.IsCapitalised || !surname.IsOrdinary))
        {
            return true;
        }

        if (text.IsName)
        {
            return !surname.IsOrdinary || (words.Count <= 3 && !words.Exists(other => NameWords.FunctionWords.Contains(other.Folded)));
        }

        if (!surname.IsOrdinary)
        {
            return word.IsCapitalised || hasPrefix || word.Length >= LongEnoughInSmall;
        }

        if (!word.IsCapitalised || IsAmongCapitals(words, at) || (before is { } article && NameWords.Articles.Contains(article.Folded)))
        {
            return false;
        }

        if (before is { IsCapitalised: true } given && words[start].Before < Gap.Comma && (given.Length == 1 || index.FirstNames.Contains(given.Folded)))
        {
            return true;
        }

        return hasPrefix || (surname.Prefix.Length == 0 && word.Before != Gap.Break && before is not { Folded: "de" } && !index.IsFirstName(word.Folded));
    }

    private static bool IsAmongCapitals(List<TextWord> words, int at) =>
        words[at].IsAllCapitals && ((at > 0 && words[at - 1].IsAllCapitals) || (at + 1 < words.Count && words[at + 1].IsAllCapitals));
}
