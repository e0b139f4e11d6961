using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>Finds numbers that belong to one person: bank accounts and citizen service numbers.</summary>
internal static partial class PersonalNumbers
{
    // ISO 13616: the length of an IBAN by country, of the countries whose accounts schools meet.
    private static readonly Dictionary<string, int> Lengths = new()
    {
        ["NL"] = 18, ["BE"] = 16, ["DE"] = 22, ["FR"] = 27, ["ES"] = 24, ["IT"] = 27, ["GB"] = 22, ["IE"] = 22, ["LU"] = 20, ["AT"] = 20, ["CH"] = 21, ["PL"] = 28, ["PT"] = 25,
        ["SE"] = 24, ["NO"] = 15, ["DK"] = 18, ["FI"] = 18, ["TR"] = 26, ["RO"] = 24, ["BG"] = 22, ["GR"] = 27, ["CZ"] = 24, ["HU"] = 28, ["LT"] = 20, ["MA"] = 28,
    };

    /// <summary>Bank accounts.</summary>
    public static IEnumerable<TextFinding> Ibans(SearchedText text)
    {
        foreach (Match match in IbanShape().Matches(text.Text))
        {
            var country = text.Text.Substring(match.Index, 2).ToUpperInvariant();
            if (Lengths.TryGetValue(country, out var length) && EndOf(text.Text, match.Index, length) is { } end)
            {
                var isSure = HasRightCheckDigits(text.Text.AsSpan(match.Index, end - match.Index));
                // Without right check digits only the Dutch shape, with its bank of four letters, says anything.
                if (isSure || (country == "NL" && char.IsLetter(Signs(text.Text.AsSpan(match.Index, end - match.Index))[4])))
                {
                    yield return text.FoundAt(TextFindingKind.Iban, match.Index, end, isSure);
                }
            }
        }
    }

    /// <summary>Citizen service numbers: nine digits that pass the eleven test, or whatever is called one.</summary>
    public static IEnumerable<TextFinding> Bsns(SearchedText text)
    {
        foreach (Match match in Called().Matches(text.Text))
        {
            var number = match.Groups["number"];
            yield return text.FoundAt(TextFindingKind.Bsn, number.Index, number.Index + number.Length, PassesElevenTest(number.Value));
        }

        if (text.IsName)
        {
            yield break;
        }

        foreach (Match match in NineDigits().Matches(text.Text))
        {
            if (PassesElevenTest(match.Value) && !IsAmount(text.Text, match.Index, match.Index + match.Length))
            {
                yield return text.FoundAt(TextFindingKind.Bsn, match.Index, match.Index + match.Length);
            }
        }
    }

    /// <summary>The test of the tax office: 9a+8b+…+2h-i is a multiple of eleven, and not all digits are nought.</summary>
    internal static bool PassesElevenTest(string number)
    {
        var digits = number.Where(char.IsAsciiDigit).Select(digit => digit - '0').ToList();
        return digits.Count == 9 && digits.Any(digit => digit > 0) && digits.Select((digit, i) => digit * (i < 8 ? 9 - i : -1)).Sum() % 11 == 0;
    }

    /// <summary>ISO 7064, mod 97-10: with country and check digits behind, letters as numbers from 10, the rest on division by 97 is 1.</summary>
    internal static bool HasRightCheckDigits(ReadOnlySpan<char> iban)
    {
        var signs = Signs(iban);
        var rest = 0;
        foreach (var sign in signs[4..] + signs[..4])
        {
            var value = char.IsAsciiDigit(sign) ? sign - '0' : sign - 'A' + 10;
            rest = (value > 9 ? (rest * 100) + value : (rest * 10) + value) % 97;
        }

        return rest == 1;
    }

    private static string Signs(ReadOnlySpan<char> iban)
    {
        var signs = new System.Text.StringBuilder(iban.Length);
        foreach (var character in iban)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                signs.Append(char.ToUpperInvariant(character));
            }
        }

        return signs.ToString();
    }

    // Where so many letters and digits end, with at most one separator between two of them.
    private static int? EndOf(string text, int start, int length)
    {
        var at = start;
        for (var isGap = false; at < text.Length && length > 0; at++)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
            {
                (length, isGap) = (length - 1, false);
            }
            else if (isGap || text[at] is not (' ' or '.' or '-' or '\u00A0'))
            {
                return null;
            }
            else
            {
                isGap = true;
            }
        }

        return length == 0 && (at == text.Length || !char.IsAsciiLetterOrDigit(text[at])) ? at : null;
    }

    private static bool IsAmount(string text, int start, int end) =>
        text.AsSpan(Math.Max(0, start - 2), Math.Min(start, 2)).ContainsAny('€', '$', '£') || text.AsSpan(end).TrimStart().StartsWith("euro", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]{2}[ \u00A0]?\d{2}(?=[ \u00A0.-]?[A-Za-z0-9]{2})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IbanShape();

    [GeneratedRegex(@"(?<![\d.,+-])(?:\d{9}|\d{3}([ .\u00A0-])\d{3}\1\d{3}|\d{4}([ .\u00A0-])\d{2}\2\d{3}|\d{2}([ .])\d{2}\3\d{2}\3\d{3})(?![.,-]?\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NineDigits();

    [GeneratedRegex(@"\b(?:bsn|burgerservicenummer|sofi-?nummer|persoonsgebonden nummer|citizen service number)\b[^\d\n]{0,20}(?<number>\d(?:[ .-]?\d){6,9})(?!\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Called();
}
