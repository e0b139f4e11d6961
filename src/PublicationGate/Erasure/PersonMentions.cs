using System.Text.Json;
using PublicationGate.Consent;
using PublicationGate.Wording;

namespace PublicationGate.Erasure;

/// <summary>Tells whether a text is about one pupil: holds the register key, the full name, or a part of the name that nobody else in the register has.</summary>
/// <remarks>A first name or surname that others have too is theirs as well, and leads to nobody: where it stands alone it stays.</remarks>
internal sealed class PersonMentions
{
    // Words of the gate's own, which a key such as "P1" could equal.
    private static readonly HashSet<string> NotOfPeople = ["clause", "rule", "rules", "id", "contentSha256", "protocolVersion", "channel", "outcome", "tag"];
    private static readonly HashSet<string> OfNames = ["fileName", "folderName", "file", "name"];

    // A shorter key stands in texts by accident.
    private const int ShortestKeyInText = 4;

    private readonly Pupil pupil;
    private readonly NameFinder names;
    private readonly RunTogetherNames runTogether;
    private readonly FirstNameFinder firstNames;
    private readonly bool isFirstNameUnique;
    private readonly bool isSurnameUnique;
    private readonly string[] anyOf;

    /// <param name="pupil">The pupil.</param>
    /// <param name="others">First name and surname of everybody else in the register, pupils and staff.</param>
    public PersonMentions(Pupil pupil, IEnumerable<(string FirstName, string Surname)> others)
    {
        this.pupil = pupil;
        var index = new RegisterIndex([new RegisteredName(pupil.Key, pupil.FirstName, pupil.Prefix, pupil.Surname)]);
        (names, runTogether, firstNames) = (new(index), new(index), new(index));
        var (first, surname) = (FirstPart(pupil.FirstName), NameFolding.Fold(pupil.Surname));
        (isFirstNameUnique, isSurnameUnique) = (first.Length > 0, surname.Length > 0);
        foreach (var (otherFirst, otherSurname) in others)
        {
            isFirstNameUnique &= FirstPart(otherFirst) != first;
            isSurnameUnique &= NameFolding.Fold(otherSurname) != surname;
        }

        anyOf = [.. surname.Split(' ', '-', '\'').Append(first).Append(NameFolding.Fold(pupil.Key)).Where(part => part.Length > 1).Distinct()];
    }

    /// <summary>The pupil's register key.</summary>
    public string Key => pupil.Key;

    /// <summary>Whether a text is about the pupil.</summary>
    /// <param name="text">The text; null holds nothing.</param>
    /// <param name="isName">It is the name of a file or folder, where capitals say nothing.</param>
    public bool AreIn(string? text, bool isName = false)
    {
        if (string.IsNullOrWhiteSpace(text) || !MayBeIn(text))
        {
            return false;
        }

        var searched = new SearchedText(isName ? "file-name" : "caption", text);
        return text.Trim() == pupil.Key || HoldsKey(text)
            || names.Find(searched).Concat(runTogether.Find(searched)).Any(found => found.Kind == TextFindingKind.FullName || isSurnameUnique)
            || (isFirstNameUnique && firstNames.Find(searched, FirstNameFinder.ByName([])).Any());
    }

    /// <summary>Whether any text within JSON is about the pupil; what is no JSON is searched as it stands.</summary>
    public bool AreInJson(string json)
    {
        if (!MayBeIn(json))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return AreIn(document.RootElement, property: "");
        }
        catch (JsonException)
        {
            return AreIn(json);
        }
    }

    /// <summary>Whether the evidence of a verdict declares the pupil to be in the photo.</summary>
    public bool AreShownBy(string evidence)
    {
        try
        {
            using var document = JsonDocument.Parse(evidence);
            var facts = document.RootElement.GetProperty("facts");
            return facts.GetProperty("consent").GetProperty("pupils").EnumerateArray().Any(declared => declared.GetProperty("key").ValueEquals(pupil.Key))
                || (facts.GetProperty("declaration").GetProperty("people") is { ValueKind: JsonValueKind.Array } people && people.EnumerateArray().Any(name => AreIn(name.GetString(), isName: true)));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Of another version of the gate: what mentions the pupil may show the pupil.
            return true;
        }
    }

    private static string FirstPart(string firstName) => NameFolding.Fold(firstName).Split(' ', '-')[0];

    private bool MayBeIn(string text)
    {
        var folded = NameFolding.Fold(text);
        return Array.Exists(anyOf, part => folded.Contains(part, StringComparison.Ordinal));
    }

    private bool HoldsKey(string text)
    {
        if (pupil.Key.Length < ShortestKeyInText)
        {
            return false;
        }

        for (var at = text.IndexOf(pupil.Key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(pupil.Key, at + 1, StringComparison.Ordinal))
        {
            var end = at + pupil.Key.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private bool AreIn(JsonElement value, string property) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => !NotOfPeople.Contains(member.Name) && AreIn(member.Value, member.Name)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => AreIn(item, property)),
        JsonValueKind.String => AreIn(value.GetString(), OfNames.Contains(property)),
        _ => false,
    };
}
