using System.Globalization;
using PublicationGate.Intake;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PublicationGate.Rules;

/// <summary>
/// A mapping in a protocol file. Reading never stops at a mistake: it is noted with its line, and a stand-in is returned, so that one
/// look at the file finds them all.
/// </summary>
internal sealed class ProtocolSection
{
    private readonly string file;
    private readonly int line;
    private readonly Dictionary<string, (int Line, YamlNode Value)> entries;

    private ProtocolSection(string file, int line, YamlNode? node, List<InputError> errors)
    {
        (this.file, this.line, Errors) = (file, line, errors);
        if (node is not YamlMappingNode mapping)
        {
            Note(line, null, "protocol.not-a-mapping");
            entries = [];
            return;
        }

        // A scalar key that stands twice is no YAML; keys of another kind may read alike, and none of them is known.
        entries = mapping.Children.DistinctBy(pair => pair.Key.ToString()).ToDictionary(pair => pair.Key.ToString(), pair => ((int)pair.Key.Start.Line, pair.Value));
    }

    /// <summary>The mistakes found so far, of all sections of the file.</summary>
    public List<InputError> Errors { get; }

    /// <summary>The keys as written, in order.</summary>
    public IEnumerable<string> Keys => entries.Keys;

    /// <summary>The outermost section of a file's text.</summary>
    /// <exception cref="InputErrorsException">The text is no YAML at all.</exception>
    public static ProtocolSection Of(string yaml, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return new ProtocolSection(file, 1, stream.Documents.Count == 1 ? stream.Documents[0].RootNode : null, []);
        }
        catch (YamlException cause)
        {
            throw new InputErrorsException([new InputError(file, (int)cause.Start.Line, null, PublicationGate.Texts.Get("protocol.syntax", ("detail", cause.Message)))]);
        }
    }

    /// <summary>Notes keys that are not among <paramref name="allowed"/>.</summary>
    public void Allow(IReadOnlyList<string> allowed)
    {
        foreach (var (key, entry) in entries.Where(entry => !allowed.Contains(entry.Key)))
        {
            Note(entry.Line, key, "protocol.unknown-key", ("allowed", string.Join(", ", allowed)));
        }
    }

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>Notes keys that are not among <paramref name="expected"/> or <paramref name="optional"/>, and those expected that are missing.</summary>
    public void Expect(IReadOnlyList<string> expected, params IReadOnlyList<string> optional)
    {
        Allow([.. expected, .. optional]);
        foreach (var key in expected.Where(key => !entries.ContainsKey(key)))
        {
            Note(line, key, "protocol.missing-key");
        }
    }

    /// <summary>The section under a key.</summary>
    public ProtocolSection Section(string key) =>
        entries.TryGetValue(key, out var entry) ? new(file, entry.Line, entry.Value, Errors) : new(file, line, new YamlMappingNode(), []);

    /// <summary>The text under a key.</summary>
    public string Text(string key)
    {
        var text = Scalar(key);
        if (text?.Length == 0)
        {
            Note(entries[key].Line, key, "protocol.text");
        }

        return text ?? "";
    }

    /// <summary>The texts of the list under a key; none when it is not there.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            return [];
        }

        if (entry.Value is YamlSequenceNode list && list.All(item => item is YamlScalarNode { Value.Length: > 0 }))
        {
            return [.. list.Select(item => ((YamlScalarNode)item).Value!)];
        }

        Note(entry.Line, key, "protocol.list");
        return [];
    }

    /// <summary>Notes a mistake in what stands under a key.</summary>
    public void Refuse(string key, string text, params (string Name, object Value)[] values) => Note(entries[key].Line, key, text, values);

    /// <summary>The whole number under a key, within bounds that are part of the range.</summary>
    public int WholeNumber(string key, int from, int to) => (int)Number(key, from, to, NumberStyles.None);

    /// <summary>The number under a key, within bounds that are part of the range.</summary>
    public double Number(string key, double from, double to, NumberStyles style = NumberStyles.Float)
    {
        if (Scalar(key) is not { } text)
        {
            return from;
        }

        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
        {
            return number;
        }

        Note(entries[key].Line, key, "protocol.number", ("from", from), ("to", to));
        return from;
    }

    /// <summary>The word under a key, one of <paramref name="allowed"/>.</summary>
    public string Choice(string key, IReadOnlyList<string> allowed)
    {
        var text = Scalar(key);
        if (text is not null && !allowed.Contains(text))
        {
            Note(entries[key].Line, key, "protocol.choice", ("allowed", string.Join(", ", allowed)));
        }

        return text ?? allowed[0];
    }

    private string? Scalar(string key)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        if (entry.Value is YamlScalarNode scalar)
        {
            return scalar.Value ?? "";
        }

        Note(entry.Line, key, "protocol.text");
        return null;
    }

    private void Note(int at, string? key, string reason, params (string Name, object Value)[] values) =>
        Errors.Add(new InputError(file, at, key, PublicationGate.Texts.Get(reason, values)));
}
