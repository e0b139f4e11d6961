using System.Globalization;
using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>Finds where somebody lives or something is: street and number, postcodes, coordinates.</summary>
internal static partial class Places
{
    private static readonly ILookup<string, string> List = WordList.Read("places");

    // "op 2026 IN", "1500 km": two letters after four digits that are no postcode.
    private static readonly HashSet<string> TwoLetterWords = WordList.Words(List, "two-letter-words");

    private static readonly HashSet<string> Units = WordList.Words(List, "units");

    private static readonly HashSet<string> NoStreets = WordList.Words(List, "no-streets");

    /// <summary>Addresses and postcodes.</summary>
    public static IEnumerable<TextFinding> Addresses(SearchedText text)
    {
        foreach (Match match in Postcode().Matches(text.Text))
        {
            if (IsPostcode(match))
            {
                var hasNumber = match.Groups["before"].Success || match.Groups["after"].Success;
                yield return text.FoundAt(hasNumber ? TextFindingKind.Address : TextFindingKind.Postcode, match.Index, match.Index + match.Length, hasNumber);
            }
        }

        foreach (Match match in Street().Matches(text.Text))
        {
            var name = match.Groups["name"].Value;
            var isSmall = char.IsLower(name[0]);
            if (!NoStreets.Contains(name.ToLowerInvariant()) && !(isSmall && match.Groups["soft"].Success) && !Units.Contains(match.Groups["unit"].Value.ToLowerInvariant()))
            {
                yield return text.FoundAt(TextFindingKind.Address, match.Index, match.Groups["number"].Index + match.Groups["number"].Length, isSure: false);
            }
        }

        foreach (Match match in StreetOfWords().Matches(text.Text).Concat(EnglishStreet().Matches(text.Text)).Concat(LivesAt().Matches(text.Text)).Concat(LivesInStreet().Matches(text.Text)).Concat(BritishPostcode().Matches(text.Text)))
        {
            if (!Units.Contains(match.Groups["unit"].Value.ToLowerInvariant()))
            {
                var end = match.Groups["unit"].Success ? match.Groups["unit"].Index : match.Index + match.Length;
                yield return text.FoundAt(TextFindingKind.Address, match.Index, match.Index + text.Text[match.Index..end].TrimEnd().Length, isSure: false);
            }
        }
    }

    /// <summary>Coordinates in decimals, in degrees and minutes, in words, and links to a map.</summary>
    public static IEnumerable<TextFinding> Coordinates(SearchedText text)
    {
        foreach (Match match in Decimals().Matches(text.Text))
        {
            if (Number(match.Groups["latitude"]) is >= -90 and <= 90 && Number(match.Groups["longitude"]) is >= -180 and <= 180)
            {
                yield return text.FoundAt(TextFindingKind.Coordinates, match.Index, match.Index + match.Length, isSure: false);
            }
        }

        foreach (Match match in Degrees().Matches(text.Text).Concat(InWords().Matches(text.Text)).Concat(MapLink().Matches(text.Text)))
        {
            yield return text.FoundAt(TextFindingKind.Coordinates, match.Index, match.Index + match.Length, isSure: false);
        }
    }

    private static bool IsPostcode(Match match)
    {
        var letters = match.Groups["letters"].Value;
        var isCapital = char.IsUpper(letters[0]) && char.IsUpper(letters[1]);
        var isJoined = match.Groups["gap"].Length == 0;
        var isYear = match.Groups["digits"].Value[..2] is "19" or "20";
        var small = letters.ToLowerInvariant();
        // SA, SD and SS are never given out.
        return small is not ("sa" or "sd" or "ss") && !Units.Contains(small)
            && (isCapital ? isJoined || !isYear || !TwoLetterWords.Contains(small) : !TwoLetterWords.Contains(small) && (isJoined || !isYear) && char.IsLower(letters[0]) == char.IsLower(letters[1]));
    }

    private static double Number(Group group) => double.Parse(group.Value.Replace(',', '.').Replace('−', '-').Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\d.,€-])(?<before>(?<=\p{L} )\d{1,4} ?[a-zA-Z]?(?:[-/ ]\d{1,3})?[ ,\n]{1,3})?(?<![\d.,€])(?<digits>[1-9]\d{3})(?<gap>[ \u00A0]?)(?<letters>[A-Za-z]{2})(?![\p{L}\d])(?<after>[ ,]{1,2}(?:nr\.? ?|huisnummer )?\d{1,4}[a-zA-Z]?(?![\d:.,]|\s*(?:uur|km|kinderen)))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"(?<![\p{L}\d])(?<name>[\p{L}'’.-]{2,40}?(?:straat|str\.|laan|weg|kade|gracht|singel|steeg|plantsoen|(?<soft>dreef|dijk|plein|pad|hof|ring|markt|wal|haven|erf|oord|baan|akker|weide|brink|horst|veld|wijk|berg|kamp|park|burg|zoom|donk|meer|stein)))[ ,]{1,2}(?<number>(?:nr\.? ?|nummer )?\d{1,4}(?: ?[a-zA-Z](?![\p{L}\d]))?(?:-\d{1,3})?)(?![\d.:,]\d|\p{L})(?: ?(?<unit>[\p{L}%€]+))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Street();

    // Laan van Nieuw Oost 12, Op de Brink 3, Lange Voorhof 5, Plein 1944 nr 3
    [GeneratedRegex(@"(?<![\p{L}\d])(?:(?:Het|De|Den|'t|’t) (?:Erf|Brink|Hof|Dam|Werf|Akker|Wal|Poort|Haven|Steeg|Dreef|Horst|Meent|Gaard|Weide|Singel|Kade|Laan|Dijk|Plantage|Vliet|Gracht)|(?:Laan|Plein|Straat|Kade|Weg|Hof|Singel|Dijk|Burgemeester|Burg\.|Dokter|Dr\.|Prof\.|Professor|Pastoor|Prins|Prinses|Koningin|Graaf|Jan|Van der|Van de|Van den|Op de|Op den|Achter de|Aan de|Lange|Korte|Oude|Nieuwe|Grote|Kleine|Hoge|Lage|Eerste|Tweede)(?: (?:van|der|den|de|het|'t|la|voor|tot|en))* \p{Lu}[\p{L}'’-]{2,30}(?: \p{Lu}[\p{L}'’-]{2,30})?) \d{1,4}(?: ?[a-zA-Z](?![\p{L}\d]))?(?![\d.:,]\d|\p{L})(?: (?<unit>[\p{L}%]+))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StreetOfWords();

    [GeneratedRegex(@"(?<![\d.:,€$£-])\d{1,4}[a-zA-Z]?,? (?:\p{Lu}[\p{L}'’.]{1,20} ){1,3}(?:Street|St\.?|Road|Rd\.?|Lane|Ln\.?|Avenue|Ave\.?|Drive|Close|Court|Crescent|Terrace|Gardens|Grove|Boulevard|Mews|Way)(?![\p{L}\d])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishStreet();

    [GeneratedRegex(@"\b(?:(?:ik woon|woont|wonen|woonachtig|lives|living)(?: \w{2,10}){0,2} (?:op|aan|in|at|on) [^.!?\n]{2,40}? \d{1,4}[a-zA-Z]?|(?:adres|address|huisadres|woonadres)(?: is)? ?[:=]? ?(?:is )?[^.!?\n\d]{2,40} \d{1,4}[a-zA-Z]?)(?![\d.:,]\d|\p{L})(?: (?<unit>[\p{L}%]+))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LivesAt();

    // Where somebody lives, without a number: in a village that is enough to find the door.
    [GeneratedRegex(@"(?<![\p{L}\d])(?:[Ii]k woon|[Ww]oont|[Ww]onen|[Ww]oonachtig|[Ll]ives|[Ll]iving)(?: \w{2,10}){0,2} (?:op|aan|in|at|on) (?:(?:de|het|the) )?(?:\p{Lu}[\p{L}'’-]{1,30} ){0,2}(?:\p{Lu}[\p{L}'’-]{0,30}(?:straat|laan|weg|kade|gracht|singel|steeg|plantsoen|dreef|dijk|plein|hof)|Street|Road|Lane|Avenue|Drive|Close)(?![\p{L}\d])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LivesInStreet();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![\p{L}\d])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BritishPostcode();

    [GeneratedRegex(@"(?<![\d.,])(?<latitude>[-−]?\d{1,2}[.,]\d{3,9})\s?°?\s?[NSns]?\s?(?:[,;/]\s?|\s)(?<longitude>[-−]?\d{1,3}[.,]\d{3,9})(?![\d.,]\d)\s?°?\s?[EWOewo]?(?!\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Decimals();

    [GeneratedRegex(@"\d{1,3}\s?[°º]\s?\d{1,2}(?:[.,]\d+)?\s?['’′](?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:[""”″]|''))?\s?[NSEWO]?|\b[NSEWO] ?\d{1,3}[°º] ?\d{1,2}[.,]\d{2,}|(?<![\d.,])\d{1,3}[.,]\d{2,}\s?[°º]\s?[NSEWO]\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Degrees();

    [GeneratedRegex(@"\b\d{1,3} graden(?:,? (?:en )?\d{1,2}(?:[.,]\d+)? (?:boog)?minuten(?:,? (?:en )?\d{1,2}(?:[.,]\d+)? (?:boog)?seconden)?)(?: (?:noord|noorder|ooster|oost|wester|zuider)\w*)?|\b\d{1,3}(?:[.,]\d+)? (?:graden|degrees) (?:noorderbreedte|oosterlengte|westerlengte|zuiderbreedte|noord|oost|north|east|west|south)\b|\b\d{1,3} degrees(?:,? (?:and )?\d{1,2}(?:[.,]\d+)? minutes)|\b(?:noorderbreedte|oosterlengte|latitude|longitude|lengtegraad|breedtegraad|co[oö]rdinaten|coordinates|gps|lat|lon|lng|long)\.?(?: (?:is|zijn|are))? ?[:=]? ?[-−]?\d{1,3}[.,°]\d+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InWords();

    [GeneratedRegex(@"(?<![\p{L}\d-])(?:https?://)?(?:(?:www\.)?google\.[a-z]{2,3}/maps|maps\.google\.[a-z]{2,3}|goo\.gl/maps|maps\.app\.goo\.gl|maps\.apple\.com|w3w\.co|what3words\.com|(?:www\.)?openstreetmap\.org)[^\s]{0,200}|(?<!\S)///\p{L}+\.\p{L}+\.\p{L}+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MapLink();
}
