using System.Collections.Frozen;
using System.Text;

namespace PublicationGate.Consent;

/// <summary>Writes names so that spellings of one name are equal: lower case, no diacritics, single spaces, plain quotes and hyphens.</summary>
public static class NameFolding
{
    // Lower-case Latin letters by the base letter of their decomposition (Unicode Character Database, U+00C0-U+024F and
    // U+1E00-U+1EFF), and letters with a stroke. A table because string.Normalize does nothing under InvariantGlobalization.
    private static readonly string[] Spellings =
    [
        "'’‘ʼ`´",
        "-‐‑‒–",
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
        "bḃḅḇ",
        "cçćĉċčḉ",
        "dďḋḍḏḑḓđð",
        "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        "fḟ",
        "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖħ",
        "iìíîïĩīĭįǐȉȋḭḯỉịı",
        "jĵǰ",
        "kķǩḱḳḵ",
        "lĺļľḷḹḻḽł",
        "mḿṁṃ",
        "nñńņňǹṅṇṉṋ",
        "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø",
        "pṕṗ",
        "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ",
        "tţťțṫṭṯṱẗŧ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        "vṽṿ",
        "wŵẁẃẅẇẉẘ",
        "xẋẍ",
        "yýÿŷȳẏẙỳỵỷỹ",
        "zźżžẑẓẕ",
    ];

    private static readonly FrozenDictionary<char, string> Plain = Spellings
        .SelectMany(letters => letters.Skip(1).Select(letter => KeyValuePair.Create(letter, letters[..1])))
        .Concat([new('ß', "ss"), new('æ', "ae"), new('œ', "oe"), new('þ', "th"), new('ĳ', "ij")])
        .ToFrozenDictionary();

    /// <summary>The folded spelling of <paramref name="name"/>; empty for one of white space only.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            var letter = char.ToLowerInvariant(character);
            if (char.IsWhiteSpace(letter))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else if (Plain.TryGetValue(letter, out var plain))
            {
                folded.Append(plain);
            }
            else if (letter is < '\u0300' or > '\u036F') // combining marks, as file names of a Mac have them
            {
                folded.Append(letter);
            }
        }

        return folded.ToString().TrimEnd(' ');
    }
}
