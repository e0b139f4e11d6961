using System.Globalization;

namespace PublicationGate.App.Uploads;

/// <summary>The name under which a photo is uploaded: shown to people and read by rules, never a path.</summary>
internal static class UploadedName
{
    /// <summary>Longest name in UTF-16 units, as file systems have it.</summary>
    public const int Longest = 255;

    /// <summary>The name of a photo that came without one.</summary>
    public const string Unnamed = "photo";

    /// <summary>Endings of names that photos have; a name without one will do as well. What a file is, its content says.</summary>
    public static IReadOnlyList<string> Endings { get; } =
        [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff", ".avif", ".avifs", ".heic", ".heif", ".bmp", ".jp2", ".jxl"];

    /// <summary>The name without folders and without signs that print nothing.</summary>
    /// <exception cref="UploadRefusedException">It is too long, or that of another kind of file.</exception>
    public static string Of(string? written)
    {
        var last = (written ?? "").Split('/', '\\')[^1];
        var name = string.Concat(last.Where(sign => !char.IsControl(sign) && char.GetUnicodeCategory(sign) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate) || char.IsSurrogate(sign))).Trim();
        if (name.Length > Longest)
        {
            throw UploadRefusedException.Field("photo", "upload.long-name", ("most", Longest));
        }

        var ending = Path.GetExtension(name);
        if (ending.Length > 1 && !Endings.Contains(ending, StringComparer.OrdinalIgnoreCase) && ending[1..].All(char.IsAsciiLetterOrDigit) && ending.Length <= 6)
        {
            throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "no-photo-name", ("endings", string.Join(' ', Endings)));
        }

        return name.Trim('.').Length == 0 ? Unnamed : name;
    }
}
