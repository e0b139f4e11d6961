using PublicationGate.Consent;

namespace PublicationGate.Wording;

/// <summary>Searches texts for everything that <see cref="TextFindingKind"/> names, against one state of the register.</summary>
internal sealed class TextSearch
{
    /// <summary>Longest text that is searched, in characters. Posts have 2,000 at most on most platforms; what is longer here is no text that a person reads before posting.</summary>
    public const int LongestText = 100_000;

    private readonly NameFinder names;
    private readonly RunTogetherNames runTogether;
    private readonly PossibleNames possibleNames;
    private readonly FirstNameFinder firstNames;
    private readonly BirthsAndAges births;
    private readonly ConfidentialFacts confidential;
    private readonly Quotes quotes;

    /// <summary>Prepares the names of the register for searching.</summary>
    public TextSearch(IEnumerable<RegisteredName> register)
    {
        var index = new RegisterIndex(register);
        (names, runTogether, possibleNames, firstNames) = (new(index), new(index), new(index), new(index));
        (births, confidential, quotes) = (new(index), new(index), new(index));
    }

    /// <summary>Everything found in one text, in reading order.</summary>
    /// <param name="field">As in <see cref="TextFinding.Field"/>.</param>
    /// <param name="content">The text; null or empty holds nothing.</param>
    /// <param name="declared">Pupils who are declared, for their first names.</param>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">The text takes too long to search.</exception>
    public IReadOnlyList<TextFinding> Search(string field, string? content, IReadOnlyList<PupilConsent> declared)
    {
        if (string.IsNullOrWhiteSpace(content))
        {
            return [];
        }

        var found = FindIn(new SearchedText(field, content), declared).ToList();
        foreach (var reading in Respelling.Of(content))
        {
            foreach (var read in FindIn(new SearchedText(field, reading.Text), declared))
            {
                var (start, end) = reading.Written(read.Start, read.Span.Length);
                if (!found.Exists(known => known.Kind == read.Kind && known.Pupil == read.Pupil && known.Start < end && start < known.Start + known.Span.Length))
                {
                    found.Add(read with { Start = start, Span = content[start..end] });
                }
            }
        }

        return [.. found.Distinct().OrderBy(finding => finding.Start).ThenBy(finding => finding.Kind).ThenBy(finding => finding.Span.Length).ThenBy(finding => finding.Pupil, StringComparer.Ordinal)];
    }

    private IEnumerable<TextFinding> FindIn(SearchedText text, IReadOnlyList<PupilConsent> declared)
    {
        var numbers = WithoutOverlaps(text,
            PersonalNumbers.Ibans(text),
            OnlineContacts.Emails(text),
            text.IsName ? [] : Places.Coordinates(text),
            PhoneNumbers.Find(text),
            PersonalNumbers.Bsns(text),
            OnlineContacts.Handles(text),
            births.BirthDates(text),
            births.Ages(text),
            text.IsName ? [] : Places.Addresses(text));
        var called = WithoutOverlaps(text, names.Find(text), runTogether.Find(text), possibleNames.Find(text), firstNames.Find(text, FirstNameFinder.ByName(declared)));
        var said = Offences.Find(text).Concat(confidential.Find(text)).Concat(quotes.Find(text));
        return numbers.Concat(called).Concat(said);
    }

    // What is a bank account is no telephone number too: where findings of several detectors overlap, the earlier detector's count.
    private static List<TextFinding> WithoutOverlaps(SearchedText text, params IEnumerable<TextFinding>[] detectors)
    {
        var kept = new List<TextFinding>();
        var taken = new bool[text.Text.Length];
        foreach (var detector in detectors)
        {
            var before = kept.Count;
            kept.AddRange(detector.Where(finding => !taken.AsSpan(finding.Start, finding.Span.Length).Contains(true)).DistinctBy(finding => (finding.Kind, finding.Start, finding.Span.Length, finding.Pupil)));
            foreach (var finding in kept.Skip(before))
            {
                taken.AsSpan(finding.Start, finding.Span.Length).Fill(true);
            }
        }

        return kept;
    }
}
