using System.Collections.Frozen;
using System.Globalization;

namespace PublicationGate.Wording;

/// <summary>Characters that a reader takes for a plain letter, digit or mark: letters of other alphabets, ornamental ones of Unicode, wide ones.</summary>
internal static class Lookalikes
{
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Letters = Capitals + "abcdefghijklmnopqrstuvwxyz";

    // Lines of lookalikes and, under each, what it is read as.
    private static readonly (string Seen, string Read)[] Pairs =
    [
        ("абвгезийкмнорстухьѕіїјԁһԛԝӏ", "a6brezuukmhopctyxbsiijdhqwl"), // Cyrillic
        ("АВЕЅІЇЈКМНОРСТУХԚԜЗЬ", "ABESIIJKMHOPCTYXQW3b"),
        ("αβεηικνορτυχγωσΑΒΕΖΗΙΚΜΝΟΡΤΥΧµμ", "abenikvoptuxywoABEZHIKMNOPTYXuu"), // Greek
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"), // small capitals
        ("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz"),
        ("ɑƀɓƈɖɗƑƒɠɡɦɨɩƙƛɫɱɲɳŋɵƥɍɾʂʈƫʉʋⱳƴɏƶȥⱠⱧⱨⱩⱪⱫⱬꞪ", "abbcddFfgghiikllmnnnoprrsttuvwyyzzLHhKkZzH"),
        ("ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤℓ", "hBEFHILMRegoCHIRZCHNPQRZl"), // letterlike symbols
        ("❝❞‟＂〝〞「」『』❛❜", "\"\"\"\"\"\"\"\"\"\"''"),
        ("。｡․‧∙⋅", "......"),
        ("‐‑‒―−﹣⁃", "-------"),
    ];

    private static readonly FrozenDictionary<int, string> Known = Pairs
        .SelectMany(pair => pair.Seen.Zip(pair.Read, (seen, read) => KeyValuePair.Create((int)seen, read.ToString())))
        .Concat([new('ﬀ', "ff"), new('ﬁ', "fi"), new('ﬂ', "fl"), new('ﬃ', "ffi"), new('ﬄ', "ffl"), new('ﬅ', "st"), new('ﬆ', "st"), new('⓪', "0"), new('⓿', "0")])
        .DistinctBy(pair => pair.Key)
        .ToFrozenDictionary();

    // Blocks of Unicode in which an alphabet or the digits follow one another.
    private static readonly (int First, string Read)[] Runs =
    [
        (0x2460, "123456789"), (0x2474, "123456789"), (0x2488, "123456789"), (0x2776, "123456789"), (0x2780, "123456789"), (0x278A, "123456789"), (0x24F5, "123456789"), (0x2080, "0123456789"),
        (0x2074, "456789"), (0x249C, Letters[26..]), (0x24B6, Letters), (0x1F110, Capitals), (0x1F130, Capitals), (0x1F150, Capitals), (0x1F170, Capitals), (0x1F1E6, Capitals),
    ];

    /// <summary>What <paramref name="rune"/> is read as: null for itself, empty for nothing that can be seen.</summary>
    public static string? Read(System.Text.Rune rune) => rune.Value switch
    {
        < 0xAD => null,
        0xAD or 0x34F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF) => "",
        0xB2 => "2",
        0xB3 => "3",
        0xB9 => "1",
        0x2070 => "0",
        0x3000 or 0x205F or (>= 0x2000 and <= 0x200A) or 0x202F => " ",
        >= 0xFF01 and <= 0xFF5E and var wide => ((char)(wide - 0xFEE0)).ToString(),
        >= 0x1D400 and <= 0x1D6A3 and var ornamental => Letters[(ornamental - 0x1D400) % 52].ToString(),
        >= 0x1D7CE and <= 0x1D7FF and var digit => ((char)('0' + ((digit - 0x1D7CE) % 10))).ToString(),
        var other when Known.TryGetValue(other, out var known) => known,
        var other when OfRun(other) is { } letter => letter,
        _ => System.Text.Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Format or UnicodeCategory.EnclosingMark => "",
            UnicodeCategory.NonSpacingMark when rune.Value is < 0x300 or > 0x36F => "",
            UnicodeCategory.DecimalDigitNumber => ((char)('0' + (int)System.Text.Rune.GetNumericValue(rune))).ToString(),
            _ => null,
        },
    };

    private static string? OfRun(int value)
    {
        foreach (var (first, read) in Runs)
        {
            if (value >= first && value < first + read.Length)
            {
                return read[value - first].ToString();
            }
        }

        return null;
    }
}
