using System.Globalization;
using System.Text;

namespace PublicationGate.Publishing;

/// <summary>Names of files and folders that every system takes and that hide nothing: what came in kept as far as that goes.</summary>
internal static class SafeName
{
    // A name has 255 bytes at most; the rest is for a number and the endings of what stands beside it.
    private const int MostBytes = 200;
    private const string Forbidden = "<>:\"/\\|?*";

    // Devices of Windows, with any ending: a file of that name cannot be opened there.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. "123456789¹²³".SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name without control, direction and other invisible characters, and without what a system forbids.</summary>
    public static string Of(string name)
    {
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                continue;
            }

            kept.Append(rune.IsAscii && Forbidden.Contains((char)rune.Value) ? "_" : rune.ToString());
        }

        // A dot in front hides it; one at the end, or a space, is dropped by Windows.
        var safe = kept.ToString().Trim().TrimEnd('.', ' ').TrimStart('.', ' ');
        safe = safe.Length == 0 ? "foto" : safe;
        return Shorten(Devices.Contains(safe.Split('.')[0].TrimEnd()) ? "_" + safe : safe);
    }

    /// <summary>The path with each of its folders made safe; nothing in it leads upwards.</summary>
    public static string OfPath(string path) => Path.Combine([.. path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("." or "..")).Select(Of)]);

    /// <summary>The name with a number for the second and further of the same: <c>foto (2).jpg</c>.</summary>
    public static string Numbered(string name, int number) =>
        number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}");

    private static string Shorten(string name)
    {
        var ending = Path.GetExtension(name) is { Length: <= 16 } short16 ? short16 : "";
        var stem = name[..^ending.Length];
        while (Encoding.UTF8.GetByteCount(stem + ending) > MostBytes)
        {
            stem = stem[..^(char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
        }

        return stem.TrimEnd() + ending;
    }
}
