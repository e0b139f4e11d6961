using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Screening;
using PublicationGate.Wording;

namespace PublicationGate.Publishing;

/// <summary>Names of copies that name nobody: activity, day of release and a number, in letters that every system and address takes.</summary>
/// <param name="texts">Knows the names of the register.</param>
internal sealed class CopyNames(TextInspection texts)
{
    private const int LongestActivity = 40;
    private const string WithoutActivity = "foto";

    /// <summary>The first name that is free, such as <c>sportdag-2026-03-31-1.jpg</c>.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>, so that no name is given twice.</param>
    /// <param name="stem">What <see cref="StemAsync"/> gave.</param>
    /// <param name="released">When it was released.</param>
    /// <param name="extension">Ending, with the dot.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<string> FirstFreeAsync(GateDb db, string stem, DateTimeOffset released, string extension, CancellationToken cancellationToken)
    {
        var (start, end) = (string.Create(CultureInfo.InvariantCulture, $"{stem}-{released.Day():yyyy-MM-dd}-"), string.Create(CultureInfo.InvariantCulture, $"{stem}-{released.Day():yyyy-MM-dd}."));
        // '.' comes right after '-'; an index finds them so on both databases.
        var taken = await db.Releases.Where(release => string.Compare(release.CopyName, start) > 0 && string.Compare(release.CopyName, end) < 0).Select(release => release.CopyName!).ToListAsync(cancellationToken);
        var highest = taken.Select(name => int.TryParse(Path.GetFileNameWithoutExtension(name).AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty(0).Max();
        return string.Create(CultureInfo.InvariantCulture, $"{start}{highest + 1}{extension}");
    }

    /// <summary>How the name begins: the activity in plain letters, or <c>foto</c> where there is none, or where it may name somebody.</summary>
    public async Task<string> StemAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        var activity = verdict.Facts.Declaration.Activity;
        var stem = Plain(activity ?? "");
        if (stem.Length == 0 || NameFolding.Fold(activity!).Split(' ', '-').Any(NameWords.IsTitle))
        {
            return WithoutActivity;
        }

        // Searched as a file's name: there even 'roos' in small letters is taken for a girl.
        var said = await texts.InspectAsync(new PhotoTexts(new Declaration(), activity + ".jpg", null, new MetadataFacts()), verdict.Facts.Consent.Pupils, cancellationToken);
        return said is { Known: true, Findings.Count: 0 } ? stem : WithoutActivity;
    }

    private static string Plain(string activity)
    {
        var plain = new StringBuilder();
        foreach (var letter in NameFolding.Fold(activity))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
            else if (plain.Length > 0 && plain[^1] != '-' && letter is ' ' or '-' or '_' or '/' or '.')
            {
                plain.Append('-');
            }
        }

        return plain.ToString(0, Math.Min(plain.Length, LongestActivity)).Trim('-');
    }
}
