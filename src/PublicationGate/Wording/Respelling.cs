using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>
/// A text as a reader takes it, where it is not written in plain characters: "𝐇𝐨𝐞𝐤𝐬𝐭𝐫𝐚", "Ｈｏｅｋｓｔｒａ", "&amp;#72;oekstra", letters of other alphabets or
/// with unseen characters, "H o e k s t r a", "H0ekstra". It is searched besides the text itself, and what is found there is shown as it was written.
/// </summary>
internal sealed partial class Respelling
{
    private readonly StringBuilder read = new();
    private readonly List<(int Start, int End)> places = [];

    private string? text;

    private Respelling()
    {
    }

    /// <summary>The text as it is read.</summary>
    public string Text => text ??= read.ToString();

    /// <summary>The readings of <paramref name="text"/> that differ from it; none of most texts.</summary>
    public static IEnumerable<Respelling> Of(string text)
    {
        var plain = Plain(text);
        if (plain is not null)
        {
            yield return plain;
        }

        var before = plain?.Text ?? text;
        if (MayBeDrawn(before) && Drawn().IsMatch(before))
        {
            yield return Joined(before, plain);
        }
    }

    /// <summary>Where in the text as written something stands that was found in the reading.</summary>
    public (int Start, int End) Written(int start, int length) => (places[start].Start, places[start + length - 1].End);

    // Character by character: lookalikes, unseen characters, HTML and percent codes, tags, letters that run from right to left by order.
    private static Respelling? Plain(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny("&%<\n"))
        {
            return null;
        }

        var (plain, isChanged) = (new Respelling(), false);
        var codes = Coded().EnumerateMatches(text);
        var hasCode = codes.MoveNext();
        for (var at = 0; at < text.Length;)
        {
            if (hasCode && codes.Current.Index == at)
            {
                var length = codes.Current.Length;
                var decoded = Decoded(text.Substring(at, length));
                isChanged |= plain.Append(decoded ?? text.Substring(at, length), at, at + length, isWhole: decoded is not null);
                at += length;
                hasCode = codes.MoveNext();
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used);
            var read = Lookalikes.Read(rune);
            var isChange = read is not null && !(read.Length == 0 && at > 0 && (char.IsSurrogate(text[at - 1]) || char.IsSymbol(text[at - 1])));
            isChange |= at > 0 && char.IsDigit(text[at - 1]) && text[at] is >= '\u0300' and <= '\u036F'; // struck out
            plain.Append(isChange ? read ?? "" : text.Substring(at, used), at, at + used, isWhole: isChange);
            isChanged |= isChange;
            at += used;
        }

        return isChanged ? plain : null;
    }

    private bool Append(string characters, int start, int end, bool isWhole)
    {
        for (var i = 0; i < characters.Length; i++)
        {
            read.Append(characters[i]);
            places.Add(isWhole ? (start, end) : (start + i, start + i + 1));
        }

        return isWhole;
    }

    private static string? Decoded(string code) => code[0] switch
    {
        '&' => WebUtility.HtmlDecode(code) is var character && character != code ? character.Replace('\u00A0', ' ') : null,
        '%' => Uri.UnescapeDataString(code) is var character && character != code ? character : null,
        '<' => BreaksALine().IsMatch(code) ? "\n" : "",
        '\u202E' => string.Concat(code.Trim('\u202E', '\u202C').Reverse()),
        _ => "", // a word that is cut at the end of a line
    };

    // Three letters in a row that stand alone, or a sign between two letters: whatever the pattern finds has one of them, and few texts do.
    private static bool MayBeDrawn(string text)
    {
        var alone = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var isAfterLetter = at > 0 && char.IsLetter(text[at - 1]);
            if (char.IsLetter(text[at]) && !isAfterLetter)
            {
                alone = at + 1 == text.Length || !char.IsLetter(text[at + 1]) ? alone + 1 : 0;
                if (alone >= 3)
                {
                    return true;
                }
            }
            else if (isAfterLetter && (char.IsAsciiDigit(text[at]) || char.IsSurrogate(text[at]) || char.IsSymbol(text[at])))
            {
                return true;
            }
        }

        return false;
    }

    // "H o e k s t r a", "H.o.e.k", "H🎉o🎉e🎉k" without what stands between; "H0ekstra", "kl00tzak" with letters for digits.
    private static Respelling Joined(string text, Respelling? plain)
    {
        var joined = new Respelling();
        var last = 0;
        foreach (Match match in Drawn().Matches(text))
        {
            joined.Copy(text, plain, last, match.Index);
            last = match.Index + match.Length;
            var isSpelled = match.Groups["gap"].Success;
            for (var at = match.Index; at < last; at++)
            {
                if (!isSpelled && char.IsAsciiDigit(text[at]))
                {
                    joined.Add("oizeasgtbg"[text[at] - '0'], plain, at);
                }
                else if (!isSpelled || char.IsLetter(text[at]) || text[at] == '@')
                {
                    joined.Add(text[at], plain, at);
                }
            }
        }

        joined.Copy(text, plain, last, text.Length);
        return joined;
    }

    private void Copy(string text, Respelling? plain, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            Add(text[at], plain, at);
        }
    }

    private void Add(char character, Respelling? plain, int at)
    {
        read.Append(character);
        places.Add(plain is null ? (at, at + 1) : plain.places[at]);
    }

    [GeneratedRegex(@"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});|(?:%[\da-fA-F]{2})+|</?[a-zA-Z][^<>\n]{0,200}>|\u202E[^\u202C\n]{1,200}\u202C?|(?<=\p{L})-[ \t]*\r?\n[ \t]*(?=\p{Ll})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Coded();

    [GeneratedRegex(@"^</?(?:br|p|div|li|ul|ol|td|tr|h\d)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BreaksALine();

    // Four letters or more with the same sign between them, or digits within a word; emoji within a word.
    [GeneratedRegex(@"(?<!\p{L}\p{M}*)\p{L}\p{M}*(?<gap>[^\p{L}\p{M}\d\r\n]{1,4})\p{L}\p{M}*(?:\k<gap>\p{L}\p{M}*){2,}(?!\p{L})|(?<=\p{L})[0134578]{1,2}(?=\p{L})|(?<=\p{L})(?<gap>[\p{So}\p{Cs}\uFE0F]{1,8})(?=\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Drawn();
}
