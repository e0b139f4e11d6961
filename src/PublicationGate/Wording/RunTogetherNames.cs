namespace PublicationGate.Wording;

/// <summary>Finds names of the register that are written as one word with something else: "#teamfennahoekstra", "Hoekstralaan".</summary>
internal sealed class RunTogetherNames(RegisterIndex index)
{
    private const int ShortestName = 6;
    private const int ShortestSurname = 5;

    // A longer run of letters is no name, and trying each part of it takes time by the square of its length.
    private const int LongestTag = 48;

    /// <summary>The names, in reading order.</summary>
    public IEnumerable<TextFinding> Find(SearchedText text)
    {
        var words = text.Words;
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word.Folded.Length >= ShortestName && (index.IsRunTogether(word.Folded) || index.IsRunTogether(word.Folded.AsSpan()[..^(word.Folded[^1] == 's' ? 1 : 0)])))
            {
                yield return text.Found(TextFindingKind.FullName, at, at + 1);
            }
            else if ((word.IsTagged || text.IsName) && word.Folded.Length is > ShortestName and <= LongestTag)
            {
                if (HoldsFullName(word.Folded))
                {
                    yield return text.Found(TextFindingKind.FullName, at, at + 1);
                }
                else if (HoldsSurname(word.Folded))
                {
                    yield return text.Found(TextFindingKind.Surname, at, at + 1, isSure: false);
                }
            }
            else if (word.Folded.Length <= LongestTag && IsCompound(word.Folded))
            {
                yield return text.Found(TextFindingKind.Surname, at, at + 1, isSure: false);
            }
        }
    }

    private bool HoldsFullName(string word)
    {
        for (var start = 0; start + ShortestName <= word.Length; start++)
        {
            for (var end = start + ShortestName; end <= word.Length; end++)
            {
                if (index.IsRunTogether(word.AsSpan(start, end - start)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool HoldsSurname(string word)
    {
        for (var length = ShortestName; length < word.Length; length++)
        {
            if (index.IsPlainSurname(word.AsSpan(0, length)) || index.IsPlainSurname(word.AsSpan(word.Length - length)))
            {
                return true;
            }
        }

        return false;
    }

    // "Hoekstralaan", "Hoekstrabokaal": a street or a cup that bears a surname.
    private bool IsCompound(string word)
    {
        for (var stem = word.Length - 2; stem >= ShortestSurname; stem--)
        {
            if (NameWords.Compounds.Contains(word[stem..]) && (index.IsPlainSurname(word.AsSpan(0, stem)) || (word[stem - 1] == 's' && index.IsPlainSurname(word.AsSpan(0, stem - 1)))))
            {
                return true;
            }
        }

        return false;
    }
}
