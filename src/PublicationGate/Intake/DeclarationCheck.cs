using System.Globalization;
using System.Text.RegularExpressions;

namespace PublicationGate.Intake;

/// <summary>Holds the keys of one file against what a declaration may say.</summary>
internal sealed partial class DeclarationCheck(DeclarationMistakes mistakes)
{
    // More adults than fit in a photo is a slip of the pen.
    private const int MostAdults = 999;

    private static readonly string[] OtherWordsForNobody = ["geen", "niemand", "nobody", "no one", "no-one", "nee", "no"];

    /// <summary>The keys that are right, each once; each mistake is reported.</summary>
    public DeclaredValues Accept(IEnumerable<WrittenKey> keys)
    {
        var accepted = new Dictionary<string, IReadOnlyList<string>>();
        var seen = new Dictionary<string, int>();
        foreach (var key in keys)
        {
            if (!DeclarationKeys.All.Contains(key.Name))
            {
                mistakes.Add(key.Line, DeclarationMistakes.Quote(key.Name), "declaration.unknown-key",
                    ("suggestion", Suggest(key.Name, DeclarationKeys.All)), ("keys", string.Join(", ", DeclarationKeys.All)));
            }
            else if (!seen.TryAdd(key.Name, key.Line))
            {
                mistakes.Add(key.Line, key.Name, "declaration.duplicate-key", ("first", seen[key.Name]));
            }
            else if (Find(key) is (var line, var text, var values))
            {
                mistakes.Add(line, key.Name, text, values);
            }
            else
            {
                accepted.Add(key.Name, [.. key.Values.Select(value => value.Text)]);
            }
        }

        return new(accepted);
    }

    private static (int Line, string Text, (string, object)[] Values)? Find(WrittenKey key)
    {
        if (key.IsList && !DeclarationKeys.TakesAList(key.Name))
        {
            return (key.Line, "declaration.one-value", []);
        }

        if (key.Values.Count == 0)
        {
            return (key.Line, key.Name == "people" ? "declaration.empty-people" : "declaration.empty-list", []);
        }

        foreach (var value in key.Values)
        {
            if (Find(key, value) is (var text, var values))
            {
                return (value.Line, text, values);
            }
        }

        return key.Values.GroupBy(value => value.Text).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? (twice.Last().Line, "declaration.named-twice", [("name", DeclarationMistakes.Quote(twice.Key))])
            : null;
    }

    private static (string Text, (string, object)[] Values)? Find(WrittenKey key, WrittenValue value)
    {
        if (value.Text.Length == 0)
        {
            return ("declaration.empty", []);
        }

        if (value.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
        {
            return ("declaration.control-character", []);
        }

        if (DeclarationKeys.ValuesOf(key.Name) is { } allowed)
        {
            return allowed.Contains(value.Text) ? null : ("declaration.unknown-value",
                [("value", DeclarationMistakes.Quote(value.Text)), ("suggestion", Suggest(value.Text, allowed)), ("values", string.Join(", ", allowed))]);
        }

        return key.Name switch
        {
            "people" when !IsNoneAlone(key, value) => ("declaration.none", []),
            "round" when !long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0 => ("declaration.round", []),
            "absent" when MeansNobody(value) => ("declaration.none-elsewhere", []),
            "adults" when MeansNobody(value) || (NumberLike().IsMatch(value.Text) && !IsNumberOfAdults(key, value)) => ("declaration.adults", [("most", MostAdults)]),
            _ => null,
        };
    }

    private static bool MeansNobody(WrittenValue value) =>
        value.Text.Equals(DeclarationKeys.Nobody, StringComparison.OrdinalIgnoreCase)
        || OtherWordsForNobody.Contains(value.Text, StringComparer.OrdinalIgnoreCase);

    private static bool IsNoneAlone(WrittenKey key, WrittenValue value) =>
        !MeansNobody(value) || (value.Text == DeclarationKeys.Nobody && key.Values.Count == 1);

    private static bool IsNumberOfAdults(WrittenKey key, WrittenValue value) =>
        key.Values.Count == 1 && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostAdults;

    private static Text Suggest(string written, IEnumerable<string> known) =>
        NearMiss.Of(written, known) is { } meant ? Texts.Get("declaration.suggestion", ("word", meant)) : new("", "");

    [GeneratedRegex(@"^[+-]?[\d.,]+$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberLike();
}
