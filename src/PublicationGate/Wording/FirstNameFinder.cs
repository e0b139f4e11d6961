using PublicationGate.Consent;

namespace PublicationGate.Wording;

/// <summary>Finds first names of pupils, for the channels whose terms do not let every one pass.</summary>
internal sealed class FirstNameFinder(RegisterIndex index)
{
    private const int LongestInWords = 3;

    /// <summary>First names of declared pupils, each with its pupil, and those of others in the register; in reading order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="declared">The declared pupils; of namesakes each counts.</param>
    public IEnumerable<TextFinding> Find(SearchedText text, ILookup<string, PupilConsent> declared)
    {
        var words = text.Words;
        for (var at = 0; at < words.Count; at++)
        {
            var name = "";
            for (var length = 1; length <= LongestInWords && at + length <= words.Count && (length == 1 || words[at + length - 1].Before < Gap.Comma); length++)
            {
                name += words[at + length - 1].Folded;
                var spelling = declared.Contains(name) ? name : name.EndsWith('s') && declared.Contains(name[..^1]) ? name[..^1] : null;
                var isPupils = spelling is not null || (length == 1 && index.FirstNames.Contains(name));
                if (!isPupils || !IsName(text, at, name))
                {
                    continue;
                }

                foreach (var pupil in spelling is null ? [null] : declared[spelling].Cast<PupilConsent?>())
                {
                    yield return text.Found(TextFindingKind.FirstName, at, at + length, spelling is not null) with { Pupil = pupil?.Key };
                }
            }
        }
    }

    /// <summary>Declared pupils by first name, run together, and by its first part.</summary>
    public static ILookup<string, PupilConsent> ByName(IEnumerable<PupilConsent> pupils) =>
        pupils.SelectMany(pupil => Spellings(pupil.FirstName).Select(name => (name, pupil))).ToLookup(pair => pair.name, pair => pair.pupil);

    private static IEnumerable<string> Spellings(string firstName)
    {
        var words = TextWords.Of(firstName, splitCapitals: false).Select(word => word.Folded).ToList();
        return words is [var first, _, ..] && first.Length > 2 ? [string.Concat(words), first] : [string.Concat(words)];
    }

    // "roos" is a flower, "Roos" a girl; "Juf Roos" is neither flower nor pupil.
    private static bool IsName(SearchedText text, int at, string name) =>
        text.IsName || (!(at > 0 && text.Words[at].Before < Gap.Break && NameWords.IsTitle(text.Words[at - 1].Folded)) && (text.Words[at].IsCapitalised || !NameWords.Ordinary.Contains(name)));
}
