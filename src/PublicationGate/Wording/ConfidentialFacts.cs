using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>
/// Finds what is not for publication: about a person (health, care, behaviour, family, religion, money, staff matters), when a person is
/// named or meant in the same sentence, and about the school (policy, finance, passwords).
/// </summary>
internal sealed partial class ConfidentialFacts(RegisterIndex index)
{
    private static readonly PhraseList List = new(WordList.Read("confidential"));

    // A certain person; "kinderen", "ouders" and "je kind" are no one in particular.
    private static readonly HashSet<string> Persons =
    [
        "hij", "zij", "ze", "haar", "hem", "zijn", "he", "she", "his", "her", "leerling", "pupil", "student", "jongen", "jongetje", "meisje", "zoon", "zoontje", "dochter", "dochtertje",
        "broer", "broertje", "zus", "zusje", "kind", "kleuter", "boy", "girl", "son", "daughter", "brother", "sister", "child", "moeder", "vader", "mama", "papa", "mother", "father", "mum", "mom", "dad",
        "klasgenoot", "klasgenootje", "vriendje", "vriendinnetje", "familie", "gezin", "family", "juf", "juffrouw", "meester", "collega", "leerkracht", "directeur", "directrice", "teacher", "headteacher", "colleague",
    ];

    // "Hij" and "zijn" are any sentence's; they say something only beside what is said of people alone.
    private static readonly HashSet<string> AnyOnes = ["zijn", "ze", "haar", "her", "zij"];

    private static readonly HashSet<string> NoOneInParticular = ["je", "jouw", "uw", "elk", "elke", "ieder", "iedere", "your", "every", "each", "any", "per", "welk", "geen"];

    /// <summary>The facts, in no particular order.</summary>
    public IEnumerable<TextFinding> Find(SearchedText text)
    {
        var words = text.Words;
        foreach (var hit in List.Find(words))
        {
            var (kind, needs) = hit.Section.Split(' ') is [var topic, var need] ? (KindOf(topic), need) : default;
            if (needs == "always" || (!text.IsName && HasPerson(words, hit)))
            {
                yield return text.Found(kind, hit.From, hit.To, isSure: false);
            }
        }

        foreach (Match match in Password().Matches(text.Text).Concat(MoneyOfTheSchool().Matches(text.Text)))
        {
            yield return text.FoundAt(TextFindingKind.AboutTheSchool, match.Index, match.Index + match.Length, isSure: false);
        }
    }

    private static TextFindingKind KindOf(string topic) =>
        topic is "policy" or "finance" or "passwords" or "staff" ? TextFindingKind.AboutTheSchool : TextFindingKind.AboutAPerson;

    private bool HasPerson(List<TextWord> words, PhraseHit hit)
    {
        var sentence = words[hit.From].Sentence;
        for (var at = hit.From; at >= 0 && words[at].Sentence == sentence; at--)
        {
            if ((at < hit.From && IsPerson(words, at)) || (at == hit.From && SpansPerson(words, hit)))
            {
                return true;
            }
        }

        for (var at = hit.To; at < words.Count && words[at].Sentence == sentence; at++)
        {
            if (IsPerson(words, at))
            {
                return true;
            }
        }

        return false;
    }

    private bool SpansPerson(List<TextWord> words, PhraseHit hit) => words.Skip(hit.From).Take(hit.To - hit.From).Any(word =>
        (Persons.Contains(word.Folded) && !AnyOnes.Contains(word.Folded)) || (word.IsCapitalised && index.FirstNames.Contains(word.Folded)));

    private bool IsPerson(List<TextWord> words, int at)
    {
        var word = words[at];
        if (word.IsCapitalised && index.FirstNames.Contains(word.Folded))
        {
            return true;
        }

        return Persons.Contains(word.Folded) && !(at > 0 && NoOneInParticular.Contains(words[at - 1].Folded))
            && (!AnyOnes.Contains(word.Folded) || (at + 1 < words.Count && words[at + 1].Folded is "ouders" or "moeder" or "vader" or "familie" or "broer" or "zus" or "parents" or "mother" or "father" or "family" or "heeft" or "is" or "was" or "ligt"));
    }

    [GeneratedRegex(@"\b(?:wachtwoord|password|passwd|pass ?code|pin-?code|inlog-?code|inlog|login|toegangs-?code|deur-?code|wi-?fi(?:[- ](?:code|wachtwoord|password))?|gebruikersnaam|username|user)\b(?: (?:van|voor|for|of) [^.:!?\n]{1,40}?)? ?(?:[:=]| is(?= \S*\d)) ?\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Password();

    [GeneratedRegex(@"\b(?:begroting|budget|tekort|verlies|subsidie|salaris|salary|loon|schuld|reserves?|exploitatie|deficit|debt|grant|funding)\b[^.!?\n]{0,60}?(?:€ ?|eur ?|£ ?)\d[\d.,]{2,}|(?:€ ?|£ ?|\beur ?)\d[\d.,]{2,}(?: (?:euro|miljoen|ton))?[^.!?\n]{0,40}?\b(?:begroting|budget|tekort|verlies|subsidie|salaris|salary|loon|schulden|reserves|deficit|debt)\b|\b\d[\d.]{2,} euro[^.!?\n]{0,40}?\b(?:tekort|verlies|schulden|begroting|deficit)\b|\b(?:tekort|verlies|begroting|schuld|deficit)\b[^.!?\n]{0,40}?\b\d[\d.]{2,} (?:euro|miljoen|pounds)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MoneyOfTheSchool();
}
