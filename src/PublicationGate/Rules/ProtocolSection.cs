using System.Globalization;

namespace PublicationGate.Rules;

/// <summary>
/// Some keys of a protocol file. Reading never stops at a mistake: it is noted with its place, and a stand-in is returned, so that one
/// look at the file finds them all.
/// </summary>
internal sealed class ProtocolSection
{
    private readonly ProtocolMistakes mistakes;
    private readonly int line;
    private readonly int position;
    private readonly Dictionary<string, ProtocolKey> entries;

    /// <summary>The keys of a node; a node that holds none is a mistake.</summary>
    /// <param name="node">The node.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    /// <param name="under">The key under which it stands, where missing keys are told; null for the file as a whole, or an item of a list.</param>
    public ProtocolSection(ProtocolNode node, ProtocolMistakes mistakes, ProtocolKey? under = null)
    {
        this.mistakes = mistakes;
        (line, position) = under is null ? (node.Line, node.Position) : (under.Line, under.Position);
        if (node.Keys is null)
        {
            Note(node, under?.Name, "protocol.not-a-mapping");
        }

        entries = (node.Keys ?? []).ToDictionary(key => key.Name);
        IsMapping = node.Keys is not null;
    }

    /// <summary>False when something else than keys stands here; that was noted, and asking for keys would only repeat it.</summary>
    public bool IsMapping { get; }

    /// <summary>The keys as written, in order.</summary>
    public IEnumerable<string> Keys => entries.Keys;

    /// <summary>True when the key is there.</summary>
    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>Notes keys that are not among <paramref name="allowed"/>.</summary>
    public void Allow(IReadOnlyCollection<string> allowed)
    {
        foreach (var key in entries.Values.Where(key => !allowed.Contains(key.Name)))
        {
            mistakes.Add(key.Line, key.Position, key.Name, "protocol.unknown-key", ("allowed", string.Join(", ", allowed)));
        }
    }

    /// <summary>Notes those of the keys <paramref name="required"/> that are missing, and keys that are neither required nor <paramref name="optional"/>.</summary>
    public void Expect(IReadOnlyList<string> required, params IReadOnlyList<string> optional)
    {
        Allow([.. required, .. optional]);
        foreach (var key in required.Where(key => IsMapping && !entries.ContainsKey(key)))
        {
            mistakes.Add(line, position, key, "protocol.missing-key");
        }
    }

    /// <summary>The section under a key; an empty one when the key is not there.</summary>
    public ProtocolSection Section(string key) => entries.TryGetValue(key, out var entry)
        ? new(entry.Value, mistakes, entry)
        : new(new ProtocolNode(line, position) { Keys = [] }, mistakes);

    /// <summary>The sections in the list under a key; none when the key is not there.</summary>
    public IReadOnlyList<ProtocolSection> Sections(string key) => [.. Items(key).Select(item => new ProtocolSection(item, mistakes))];

    /// <summary>The text under a key.</summary>
    public string Text(string key) => OptionalText(key) ?? "";

    /// <summary>The text under a key; null when the key is not there, or holds no text.</summary>
    public string? OptionalText(string key) => entries.TryGetValue(key, out var entry) ? TextOf(entry.Value, key) : null;

    /// <summary>The texts in the list under a key, each once; none when the key is not there. One text stands for a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, bool mayBeEmpty = false) => [.. Items(key, mayBeEmpty).Select(item => TextOf(item, key)).OfType<string>().Distinct()];

    /// <summary>The words in the list under a key, each one of <paramref name="allowed"/>.</summary>
    public IReadOnlyList<string> Choices(string key, IReadOnlyCollection<string> allowed)
    {
        var chosen = new List<string>();
        foreach (var item in Items(key))
        {
            if (TextOf(item, key) is { Length: > 0 } text && !allowed.Contains(text))
            {
                Note(item, key, "protocol.choice", ("allowed", string.Join(", ", allowed)));
            }
            else if (item.Text is { Length: > 0 })
            {
                chosen.Add(item.Text);
            }
        }

        return [.. chosen.Distinct()];
    }

    /// <summary>The whole number under a key, within bounds that are part of the range.</summary>
    public int WholeNumber(string key, int from, int to) => (int)Number(key, from, to, NumberStyles.None);

    /// <summary>The number under a key, within bounds that are part of the range.</summary>
    public double Number(string key, double from, double to, NumberStyles style = NumberStyles.Float)
    {
        if (!entries.TryGetValue(key, out var entry) || TextOf(entry.Value, key) is not { } text)
        {
            return from;
        }

        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
        {
            return number;
        }

        Note(entry.Value, key, "protocol.number", ("from", from), ("to", to));
        return from;
    }

    /// <summary>The word under a key, one of <paramref name="allowed"/>; the first of them when the key is not there.</summary>
    public string Choice(string key, IReadOnlyList<string> allowed)
    {
        var text = OptionalText(key);
        if (text is { Length: > 0 } && !allowed.Contains(text))
        {
            Note(entries[key].Value, key, "protocol.choice", ("allowed", string.Join(", ", allowed)));
        }

        return text ?? allowed[0];
    }

    /// <summary>The day under a key, written year-month-day.</summary>
    public DateOnly Date(string key)
    {
        if (OptionalText(key) is { Length: > 0 } text)
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            Note(entries[key].Value, key, "protocol.date");
        }

        return DateOnly.MinValue;
    }

    /// <summary>Notes a mistake at the value of a key that is there.</summary>
    public void Refuse(string key, string text, params (string Name, object Value)[] values) => Note(entries[key].Value, key, text, values);

    /// <summary>Notes a mistake at the start of this section.</summary>
    public void Refuse(string text, params (string Name, object Value)[] values) => mistakes.Add(line, position, null, text, values);

    private IReadOnlyList<ProtocolNode> Items(string key, bool mayBeEmpty = false)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            return [];
        }

        if (!mayBeEmpty && entry.Value.Items is { Count: 0 })
        {
            Note(entry.Value, key, "protocol.empty-list");
        }

        return entry.Value.Items ?? [entry.Value];
    }

    private string? TextOf(ProtocolNode node, string key)
    {
        if (node.Text is null || node.Text.Trim().Length == 0)
        {
            Note(node, key, "protocol.text");
        }

        return node.Text;
    }

    private void Note(ProtocolNode at, string? key, string text, params (string Name, object Value)[] values) =>
        mistakes.Add(at.Line, at.Position, key, text, values);
}
