using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>Finds when somebody was born and how old a child is.</summary>
internal sealed partial class BirthsAndAges(RegisterIndex index)
{
    /// <summary>Dates of birth: a whole date beside a word of birth, or in brackets behind a name.</summary>
    public IEnumerable<TextFinding> BirthDates(SearchedText text)
    {
        foreach (Match match in Born().Matches(text.Text).Concat(BornAfter().Matches(text.Text)))
        {
            var date = match.Groups["date"];
            var hasYear = Year().IsMatch(date.Value);
            var hasName = HasChild(text, match.Index);
            if (hasName || (hasYear && !match.Groups["soft"].Success))
            {
                yield return text.FoundAt(TextFindingKind.BirthDate, date.Index, date.Index + date.Value.TrimEnd(' ', ',').Length, hasYear && hasName);
            }
        }

        foreach (Match match in Bracketed().Matches(text.Text))
        {
            if (index.IsFirstName(Consent.NameFolding.Fold(match.Groups["name"].Value)))
            {
                yield return text.FoundAt(TextFindingKind.BirthDate, match.Groups["date"].Index, match.Groups["date"].Index + match.Groups["date"].Length, isSure: false);
            }
        }
    }

    /// <summary>Ages beside a child's name.</summary>
    public IEnumerable<TextFinding> Ages(SearchedText text)
    {
        foreach (Match match in AgeAfterName().Matches(text.Text).Concat(AgeBeforeName().Matches(text.Text)))
        {
            var name = match.Groups["name"];
            if (index.FirstNames.Contains(Consent.NameFolding.Fold(name.Value).Replace("-", "", StringComparison.Ordinal)) && !IsTitled(text, name.Index))
            {
                yield return text.FoundAt(TextFindingKind.Age, match.Index, match.Index + match.Value.TrimEnd().Length, isSure: false);
            }
        }

        foreach (Match match in PlainAge().Matches(text.Text))
        {
            yield return text.FoundAt(TextFindingKind.Age, match.Index, match.Index + match.Length, isSure: false);
        }
    }

    private bool HasChild(SearchedText text, int at)
    {
        var sentence = text.Words.LastOrDefault(word => word.Start <= at).Sentence;
        return text.Words.Exists(word => Math.Abs(word.Sentence - sentence) <= 0 && ((word.IsCapitalised && index.FirstNames.Contains(word.Folded)) || word.Folded is "leerling" or "hij" or "zij" or "ze" or "zoon" or "dochter" or "pupil" or "he" or "she" or "son" or "daughter"));
    }

    private static bool IsTitled(SearchedText text, int at)
    {
        var word = text.Words.FindIndex(candidate => candidate.Start == at);
        return word > 0 && text.Words[word].Before < Gap.Break && NameWords.IsTitle(text.Words[word - 1].Folded);
    }

    private const string Date = @"(?<date>\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(?:\d{4}|'?\d{2})(?!\d)|\d{1,2}(?:st|nd|rd|th|e|ste)? (?:of )?(?:jan|feb|maa|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?,?(?: '?\d{2,4}(?!\d))?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?,?(?: \d{4})?|(?:19|20)\d\d-\d{2}-\d{2})";

    private const string Number = "(?:[3-9]|1[0-8]|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)";

    [GeneratedRegex(@"\b(?:geboren|geb\.|geb|geboortedatum|geboortedag|born|date of birth|birth ?date|d\.o\.b\.?|dob|(?<soft>is jarig|jarig|verjaart|verjaardag|birthday))\b\.?[^.!?\n\d]{0,25}?" + Date, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Born();

    [GeneratedRegex("(?<!\\d)" + Date + @"[^.!?\n\d]{0,20}\b(?:geboren|born|(?<soft>is \w+ jarig|jarig))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BornAfter();

    [GeneratedRegex(@"(?<!\d)(?:(?:19|20)\d\d|'\d\d|[-/.] ?\d\d)(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<name>\p{Lu}[\p{L}-]{1,30})[, ]{0,2}(?:\((?:[*°] ?)?|[*°] ?)(?<date>\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{2,4}|\d{1,2} [a-z]{3,9}\.? \d{4}|(?:19|20)\d\d-\d\d-\d\d)(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"(?<![\p{L}])(?<name>\p{Lu}[\p{L}]{1,20}(?:-\p{Lu}[\p{L}]{1,20})?)(?: ?\( ?" + Number + @" ?(?:jaar|jr\.?|j\.?|yrs?\.?|years?(?: old)?)? ?\)|,? (?:\(?van )?" + Number + @" (?:jaar|jr\.?|years? old|yrs? old|years of age)(?! (?:groep|lang|geleden|bij|op|in dienst|les|lid))|,? aged? " + Number + @"|,? (?:is |was )?(?:al )?(?:weer )?(?:is|was|became)(?: (?:al|nu|vandaag|morgen|gisteren|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|deze week|alweer|today|now|already|just)){0,2} " + Number + @"(?: (?:jaar|geworden|years)\b|(?=\s*(?:[.,!?;:)🎉🎂🥳🎈\n]|$|\s(?:en|and|jaar|worden|vandaag|today|now|nu)\b)))|(?:,? is (?:\p{Ll}+ )?jarig(?: en|,)?)?,? (?:is )?(?:wordt|werd|word|worden|turned|turns|turning|will be)(?: (?:al|nu|vandaag|morgen|gisteren|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|deze week|alweer|today|now|already|just)){0,2} " + Number + @"(?![-–:.,/]?\d|\p{L})(?! ?(?:e|de|ste|keer|uur|km|punten|x|meter|minuten|weken|maanden|dagen|times|points|kilometer|cm|kg|euro|%))|,? (?:heeft|viert|vierde|vierden|celebrated|celebrates|had)[^.!?\n]{0,25} " + Number + @"(?:e|de|ste|th|rd|st|nd) (?:verjaardag|birthday))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AgeAfterName();

    [GeneratedRegex(@"(?<!\w)" + Number + @"[- ]?(?:jarige?|year-old|years? old|jaar oude?)(?: (?:zoon|dochter|leerling|meisje|jongen))?,? (?<name>\p{Lu}[\p{L}]{1,20}(?:-\p{Lu}[\p{L}]{1,20})?)|(?<!\w)" + Number + @"(?:e|de|ste|th) (?:verjaardag|birthday) (?:van|of) (?<name>\p{Lu}[\p{L}]{1,20}(?:-\p{Lu}[\p{L}]{1,20})?)|(?<name>\p{Lu}[\p{L}]{1,20}(?:-\p{Lu}[\p{L}]{1,20})?)(?:'s|s|’s)? " + Number + @"(?:e|de|ste|th) (?:verjaardag|birthday)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AgeBeforeName();

    // "de 8-jarige Guusje": a name that the register does not have.
    [GeneratedRegex(@"(?<!\w)(?:[3-9]|1[0-8])-(?:jarige|year-old) \p{Lu}\p{L}{1,20}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainAge();
}
