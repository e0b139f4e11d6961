namespace PublicationGate.Wording;

/// <summary>Words of a text that fit a pattern of a list.</summary>
/// <param name="Section">Section of the list.</param>
/// <param name="From">First word.</param>
/// <param name="To">Word after the last.</param>
internal readonly record struct PhraseHit(string Section, int From, int To);

/// <summary>Patterns of words, by section, in the syntax that <c>Words/offences.txt</c> explains. Finding takes time by the number of words, not of patterns.</summary>
internal sealed class PhraseList
{
    private const int LongestGap = 3;

    // Prefix patterns are found by their first letters; they must have as many.
    private const int StartLength = 3;

    private static readonly string[] Endings = ["", "s", "e", "en", "t", "te", "tje", "tjes", "je", "jes", "er", "ers", "ing", "ed", "es", "y"];

    private readonly Dictionary<string, List<Phrase>> byWord = [];
    private readonly Dictionary<string, List<Phrase>> byStart = [];
    private readonly Dictionary<string, string> repeated = [];
    private readonly Dictionary<string, string> alone = [];

    public PhraseList(ILookup<string, string> list)
    {
        foreach (var section in list)
        {
            foreach (var pattern in section)
            {
                Add(section.Key, pattern);
            }
        }
    }

    /// <summary>Whole words that are a pattern by themselves, with their sections.</summary>
    public IReadOnlyDictionary<string, string> Alone => alone;

    /// <summary>The longest pattern at each place, left to right, none overlapping.</summary>
    public IEnumerable<PhraseHit> Find(List<TextWord> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            Phrase? best = null;
            var end = at;
            foreach (var phrase in StartingWith(words[at].Folded))
            {
                if (EndOf(phrase, words, at) is { } to && (to > end || (to == end && phrase.IsException)))
                {
                    (best, end) = (phrase, to);
                }
            }

            if (best is { IsException: false })
            {
                yield return new PhraseHit(best.Section, at, end);
            }

            at = best is null ? at : end - 1;
        }
    }

    /// <summary>The section of a word whose letters may be repeated; null for none.</summary>
    public string? SectionOfRepeated(string word) => repeated.GetValueOrDefault(Once(word));

    private static string Once(string word) => string.Concat(word.Where((letter, i) => i == 0 || letter != word[i - 1]));

    private IEnumerable<Phrase> StartingWith(string word)
    {
        IEnumerable<Phrase> found = byWord.TryGetValue(word, out var exact) ? exact : [];
        return word.Length >= StartLength && byStart.TryGetValue(word[..StartLength], out var starts) ? found.Concat(starts) : found;
    }

    private void Add(string section, string pattern)
    {
        var isException = pattern.StartsWith('!');
        var mayRepeat = pattern.StartsWith('+');
        var elements = new List<Element>();
        var gap = 0;
        foreach (var part in pattern.TrimStart('!', '+').Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                gap = LongestGap;
                continue;
            }

            var alternatives = part.Split('/');
            elements.Add(new Element(
                [.. alternatives.Where(word => !word.EndsWith('*')).SelectMany(word => word.EndsWith('~') ? Endings.Select(ending => word[..^1] + ending) : [word])],
                [.. alternatives.Where(word => word.EndsWith('*')).Select(word => word[..^1])], gap));
            gap = 0;
        }

        var phrase = new Phrase([.. elements], section, isException);
        foreach (var word in elements[0].Words)
        {
            (byWord.TryGetValue(word, out var same) ? same : byWord[word] = []).Add(phrase);
            if (elements.Count == 1 && !isException)
            {
                alone.TryAdd(word, section);
                if (mayRepeat)
                {
                    repeated.TryAdd(Once(word), section);
                }
            }
        }

        foreach (var start in elements[0].Starts)
        {
            (byStart.TryGetValue(start[..StartLength], out var same) ? same : byStart[start[..StartLength]] = []).Add(phrase);
        }
    }

    private static int? EndOf(Phrase phrase, List<TextWord> words, int at)
    {
        var next = at;
        for (var i = 0; i < phrase.Elements.Length; i++)
        {
            var element = phrase.Elements[i];
            var latest = i == 0 ? next : Math.Min(next + element.GapBefore, words.Count - 1);
            while (next <= latest && (next >= words.Count || !element.Fits(words[next].Folded)))
            {
                next++;
            }

            if (next > latest || next >= words.Count || words[next].Sentence != words[at].Sentence)
            {
                return null;
            }

            next++;
        }

        return next;
    }

    private sealed record Phrase(Element[] Elements, string Section, bool IsException);

    private sealed record Element(HashSet<string> Words, string[] Starts, int GapBefore)
    {
        public bool Fits(string word) => Words.Contains(word) || Array.Exists(Starts, start => word.StartsWith(start, StringComparison.Ordinal));
    }
}
