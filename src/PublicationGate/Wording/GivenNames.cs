namespace PublicationGate.Wording;

/// <summary>Looks for the given name that makes a surname a full name.</summary>
internal static class GivenNames
{
    private const int LongestInWords = 3;

    /// <summary>"Sanne Bakker", "Sanne Maria Bakker", "S.A. Bakker", "Sanne en Tim Bakker": where the given name begins; null for none.</summary>
    public static int? Before(List<TextWord> words, int end, Surname surname)
    {
        if (end <= 0 || end >= words.Count || words[end].Before >= Gap.Comma)
        {
            return null;
        }

        if (Ending(words, end, surname) is { } direct)
        {
            return direct;
        }

        int? begin = null;
        var at = end - 1;
        for (; at >= 0 && IsInitial(words[at]) && words[at + 1].Before < Gap.Comma; at--)
        {
            begin = surname.Initials.Contains(words[at].Folded[0]) ? at : begin;
        }

        // Behind initials, a second given name, or a brother or sister the name itself may stand.
        return (at >= 0 && at < end - 1 && words[at + 1].Before < Gap.Comma ? Ending(words, at + 1, surname) : null)
            ?? begin
            ?? (words[end - 1].IsCapitalised && words[end - 1].Before < Gap.Comma ? Ending(words, end - 1, surname) : null)
            ?? (end >= 3 && words[end - 1].IsCapitalised && words[end - 2].Folded is "en" or "and" && words[end - 2].Before < Gap.Comma && words[end - 1].Before < Gap.Comma ? Ending(words, end - 2, surname) : null)
            ?? (end >= 2 && words[end - 1].IsCapitalised && words[end - 1].Before == Gap.Comma ? Ending(words, end - 1, surname) : null);
    }

    /// <summary>"Bakker, Sanne" or "Bakker, S.": where the given name ends; null for none.</summary>
    public static int? After(List<TextWord> words, int start, Surname surname)
    {
        if (start >= words.Count || words[start].Before > Gap.Comma)
        {
            return null;
        }

        for (var length = Math.Min(LongestInWords, words.Count - start); length > 0; length--)
        {
            if (surname.FirstNames.Contains(Joined(words, start, length)))
            {
                return start + length;
            }
        }

        return words[start].Before == Gap.Comma && IsInitial(words[start]) && surname.Initials.Contains(words[start].Folded[0]) ? start + 1 : null;
    }

    private static int? Ending(List<TextWord> words, int end, Surname surname)
    {
        for (var length = Math.Min(LongestInWords, end); length > 0; length--)
        {
            if (surname.FirstNames.Contains(Joined(words, end - length, length)))
            {
                return end - length;
            }
        }

        return null;
    }

    private static string Joined(List<TextWord> words, int start, int length)
    {
        if (length == 1)
        {
            return words[start].Folded;
        }

        var joined = words[start].Folded;
        for (var i = 1; i < length; i++)
        {
            if (words[start + i].Before >= Gap.Comma)
            {
                return "";
            }

            joined += words[start + i].Folded;
        }

        return joined;
    }

    private static bool IsInitial(TextWord word) => word is { IsCapitalised: true, Length: 1 };
}
