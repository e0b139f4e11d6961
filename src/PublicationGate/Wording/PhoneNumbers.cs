using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>Finds telephone numbers in the spellings people use; not dates, times, scores or amounts.</summary>
internal static partial class PhoneNumbers
{
    // Of a drawn number, of which O and l may stand for some.
    private const int FewestDigits = 5;

    /// <summary>The numbers, in no particular order.</summary>
    public static IEnumerable<TextFinding> Find(SearchedText text)
    {
        foreach (Match match in Candidate().Matches(text.Text))
        {
            if (Trimmed(match.Value) is { } number && IsNumber(number) && !IsCamerasNumber(text, match.Index, number))
            {
                yield return text.FoundAt(TextFindingKind.Phone, match.Index, match.Index + number.Length);
            }
        }

        var mayBeDrawn = !text.IsName && text.Text.Count(char.IsAsciiDigit) >= FewestDigits;
        foreach (Match match in mayBeDrawn ? Drawn().Matches(text.Text) : Enumerable.Empty<Match>())
        {
            if (!LooksLikeDateOrTimes().IsMatch(match.Value) && !LooksLikeDays().IsMatch(match.Value))
            {
                yield return text.FoundAt(TextFindingKind.Phone, match.Index, match.Index + match.Length, isSure: false);
            }
        }

        foreach (Match match in Service().Matches(text.Text))
        {
            yield return text.FoundAt(TextFindingKind.Phone, match.Index, match.Index + match.Length, isSure: false);
        }

        foreach (Match match in Announced().Matches(text.Text).Concat(InWords().Matches(text.Text)))
        {
            var number = match.Groups["number"];
            yield return text.FoundAt(TextFindingKind.Phone, number.Index, number.Index + number.Length, isSure: false);
        }
    }

    // A candidate may have run on into what follows: the longest beginning that is a number, by whole groups.
    private static string? Trimmed(string candidate)
    {
        for (var length = candidate.Length; length > 8; length--)
        {
            if (IsDigit(candidate[length - 1]) && (length == candidate.Length || !IsDigit(candidate[length])) && IsNumber(candidate[..length]))
            {
                return candidate[..length];
            }
        }

        return null;
    }

    private static bool IsNumber(string number)
    {
        var digits = string.Concat(number.Where(IsDigit).Select(digit => digit is 'o' or 'O' ? '0' : (char)('0' + (int)char.GetNumericValue(digit))));
        if (LooksLikeDateOrTimes().IsMatch(number))
        {
            return false;
        }

        return number[0] == '+' || digits.StartsWith("00", StringComparison.Ordinal) ? IsInternational(number[0] == '+' ? digits : digits[2..])
            : digits[0] == '0' && digits[1] != '0' && (digits.Length is 10 or 11 || (digits.Length == 9 && number.Length > 10));
    }

    private static bool IsInternational(string digits) => digits switch
    {
        ['3', '1', '0', .. var rest] => rest.Length == 9, // +31 (0)6…
        ['3', '1', .. var rest] => rest.Length == 9,
        ['0', ..] or "" => false,
        _ => digits.Length is >= 9 and <= 14,
    };

    // 20261120_0612345678: in a file name a number beside another is a camera's.
    private static bool IsCamerasNumber(SearchedText text, int start, string number) =>
        text.IsName && ((start > 0 && text.Text[start - 1] is '_' or '-' && start > 1 && char.IsAsciiDigit(text.Text[start - 2])) || number.Contains('_'));

    private static bool IsDigit(char character) => char.IsDigit(character) || character is 'o' or 'O';

    [GeneratedRegex(@"(?<![\d\w€$£])(?<!\d[.,:/-])(?:\+[ ]?\d|\([ ]?[0+]|0|[oO](?=6))(?:[ \u00A0.()\-–/\uFE0F\u20E3_]{0,3}[\doO](?![a-zA-Z])){7,15}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Candidate();

    // A mobile number with whatever between its digits: 06🎉12🎉34🎉56🎉78, 06*12345678, 06 on one line and the rest on the next.
    [GeneratedRegex(@"(?<![\d\w€])(?:\+31|0031)?(?:(?<=1)[^\p{L}\p{N}€%:]{0,4}0?[^\p{L}\p{N}€%:]{0,3}|[0oO]:?[^\p{L}\p{N}€%:]{0,6})6:?(?:[^\p{L}\p{N}€%:]{0,6}[\doOlI|]){8}(?![^\p{L}\p{N}€%:]{0,3}\d|\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Drawn();

    // 06-11, 13-11, 20; 06-10 10.00 - 12.30: days of a month one after the other, a day and its hours.
    [GeneratedRegex(@"^\d\d?[-/.]\d\d?\s*[,;\n]|^\d\d?,\s|^\d\d?[-/.]\d\d?\s+\d\d?[.:]\d\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LooksLikeDays();

    // 06-10 10.00 - 12.30, 06-12-2026 10, 01.02.26 - 03.02.26, 09.00 - 12.00 - 13: the day, month and year, or the hours, that phone numbers do not begin with.
    [GeneratedRegex(@"^\(?\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d(?!\d)|^\d{1,2}([./-])\d{1,2}\1\d{2}\s*[-–/]\s*\d{1,2}\1\d{1,2}|^\d{1,2}\.\d{2}(?:\s+|\s*[-–]\s*)\d{1,2}\.\d{2}|^\d{1,2}\s*[-–]\s*\d{1,2}\s+\d{1,2}\s*[-–]\s*\d{1,2}|^\d{1,2}[-/.](?:0?\d|1[0-2])\s+[012]?\d[.:][0-5]\d\s*[-–]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LooksLikeDateOrTimes();

    [GeneratedRegex(@"(?<![\d\w-])0(?:800|900|906|909|88)[ -]?(?:\d{4}(?!\d)|\d{2}[ -]?\d{2}(?!\d)|\d{7}(?!\d))(?![ -]?\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Service();

    [GeneratedRegex(@"\b(?:tel(?:efoon)?(?:nummer|nr)?|bel(?:len)?(?: (?:naar|met|ons|ons op))?|mob(?:iel)?|06-?nummer|phone|call|gsm|whats-?app|app(?:en)?(?: naar)?)\b[ .:]{1,3}(?:op |nr\.? |on )?(?<number>(?:\(\d{2,4}\) ?)?\d(?:[ .-]?\d){5,10})(?![\d.,/]*\d)(?! ?(?:euro|uur|jaar|kinderen))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Announced();

    private const string DigitWord = "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|zero|oh|one|two|three|four|five|six|seven|eight|nine";

    private const string NumberWord = DigitWord + "|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)";

    // nul zes een twee drie vier vijf zes zeven acht, nul zes 12 34 56 78, 06 twaalf vierendertig zesenvijftig achtenzeventig
    [GeneratedRegex(@"\b(?<number>(?:nul|zero|oh)(?:(?:[ ,-]{1,2}(?:" + DigitWord + @")){7,12}|[ -](?:zes|six)(?:[ ,-]{1,2}(?:" + NumberWord + @"|\d{1,4})){4,8})|06(?:[ ,-]{1,2}(?:" + NumberWord + @")){4,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InWords();
}
