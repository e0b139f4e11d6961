using System.Globalization;
using PublicationGate.Intake;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace PublicationGate.Rules;

/// <summary>Opens and shuts one channel in the text of a protocol file. Comments, and all that does not have to change, stay as they are, byte for byte.</summary>
public static class ChannelOpening
{
    /// <summary>The protocol with the channel open.</summary>
    /// <param name="protocol">The protocol to change.</param>
    /// <param name="channel">Channel id.</param>
    /// <param name="agreement">What the school agreed with the platform; null where none is needed, or where the one in the file is to stay.</param>
    /// <param name="isPublic">Whether anyone can see a channel that the file does not name yet.</param>
    /// <exception cref="InputErrorsException">What comes of it is no protocol file, or changes more than this channel: the file has to be edited by hand.</exception>
    public static Protocol Open(Protocol protocol, string channel, PlatformAgreement? agreement, bool isPublic = true) =>
        Checked(protocol, channel, isOpen: true, YamlEdit.Apply(protocol.Yaml, Edits(protocol.Yaml, channel, isOpen: true, agreement, isPublic)));

    /// <summary>The protocol with the channel shut. Its agreement stays, as a record of what was agreed.</summary>
    /// <inheritdoc cref="Open" path="/param"/>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static Protocol Shut(Protocol protocol, string channel) => protocol.TermsOf(channel).IsOpen
        ? Checked(protocol, channel, isOpen: false, YamlEdit.Apply(protocol.Yaml, Edits(protocol.Yaml, channel, isOpen: false, null, isPublic: true)))
        : protocol;

    // What one place says may hold for others, by a reference; then only a person can say what is meant.
    private static Protocol Checked(Protocol before, string channel, bool isOpen, string yaml)
    {
        var after = ProtocolReader.Parse(yaml, "protocol.yaml");
        var changes = ProtocolSettings.Changes(before, after).Select(change => change.Key).ToList();
        return after.TermsOf(channel).IsOpen == isOpen && changes.TrueForAll(key => key.StartsWith($"channels.{channel}.", StringComparison.Ordinal))
            ? after
            : throw new InputErrorsException([new InputError("protocol.yaml", 0, channel, Texts.Get("protocol.edit-by-hand"))]);
    }

    private static List<YamlEdit> Edits(string yaml, string channel, bool isOpen, PlatformAgreement? agreement, bool isPublic)
    {
        var channels = (YamlMappingNode)Root(yaml)["channels"];
        if (!channels.Children.TryGetValue(channel, out var found) || found is not YamlMappingNode terms)
        {
            var audience = isPublic ? "public" : "closed";
            return [YamlEdit.AfterLast(yaml, channels, $"{channel}: {{ audience: {audience}, open: yes{(agreement is null ? "" : ", " + Written(agreement))} }}")];
        }

        var open = terms["open"];
        var edits = new List<YamlEdit> { YamlEdit.Instead(yaml, open, isOpen ? "yes" : "no") };
        if (agreement is not null && terms.Children.TryGetValue("agreement", out var present))
        {
            // Value by value, so that comments between them stay.
            edits.AddRange(Values(agreement).Select(value => YamlEdit.Instead(yaml, present[value.Key], value.Text)));
        }
        else if (agreement is not null)
        {
            edits.Add(YamlEdit.After(yaml, terms, open, Written(agreement)));
        }

        return edits;
    }

    private static YamlMappingNode Root(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static string Written(PlatformAgreement agreement) => $"agreement: {{ {string.Join(", ", Values(agreement).Select(value => $"{value.Key}: {value.Text}"))} }}";

    private static IEnumerable<(string Key, string Text)> Values(PlatformAgreement agreement) =>
        [("by", Quoted(agreement.By)), ("on", agreement.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("text", Quoted(agreement.Text))];

    private static string Quoted(string text) =>
        $"\"{string.Concat(text.Select(letter => char.IsControl(letter) ? " " : letter is '"' or '\\' ? $"\\{letter}" : $"{letter}"))}\"";
}

/// <summary>One change of a text.</summary>
/// <param name="At">Where, in characters from 0.</param>
/// <param name="Length">How many characters go.</param>
/// <param name="Text">What comes instead.</param>
internal sealed record YamlEdit(int At, int Length, string Text)
{
    /// <summary>The text with all changes, none of which touch each other.</summary>
    public static string Apply(string yaml, IEnumerable<YamlEdit> edits) =>
        edits.OrderByDescending(edit => edit.At).Aggregate(yaml, (text, edit) => text.Remove(edit.At, edit.Length).Insert(edit.At, edit.Text));

    /// <summary>Another text in the place of a scalar.</summary>
    public static YamlEdit Instead(string yaml, YamlNode scalar, string text)
    {
        var (from, to) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        // A text of several lines ends with the line.
        return new(from, to - from, to > from && yaml[to - 1] == '\n' ? text + NewLine(yaml) : text);
    }

    /// <summary>An entry behind all others of a mapping.</summary>
    public static YamlEdit AfterLast(string yaml, YamlMappingNode mapping, string entry) => mapping.Children.Count == 0
        ? new((int)mapping.Start.Index + 1, 0, $" {entry} ")
        : After(yaml, mapping, mapping.Children[^1].Value, entry);

    /// <summary>An entry behind another one of a mapping.</summary>
    public static YamlEdit After(string yaml, YamlMappingNode mapping, YamlNode value, string entry)
    {
        var end = EndOf(yaml, value);
        if (mapping.Style == MappingStyle.Flow)
        {
            return new(end, 0, ", " + entry);
        }

        var line = new string(' ', (int)mapping.Children[0].Key.Start.Column - 1) + entry;
        var next = end > 0 && yaml[end - 1] == '\n' ? end : yaml.IndexOf('\n', end) + 1;
        return next == 0 ? new(yaml.Length, 0, NewLine(yaml) + line) : new(next, 0, line + NewLine(yaml));
    }

    // The parser keeps where a mapping or list begins, not where it ends.
    private static int EndOf(string yaml, YamlNode node)
    {
        var (last, isFlow) = node switch
        {
            YamlMappingNode mapping => (mapping.Children.Count > 0 ? mapping.Children[^1].Value : null, mapping.Style == MappingStyle.Flow),
            YamlSequenceNode sequence => (sequence.Children.Count > 0 ? sequence.Children[^1] : null, sequence.Style == SequenceStyle.Flow),
            _ => (null, false),
        };
        var end = last is not null ? EndOf(yaml, last) : isFlow ? (int)node.Start.Index + 1 : (int)node.End.Index;
        return isFlow ? BehindBracket(yaml, end) : end;
    }

    // Behind the last value come white space, commas and comments.
    private static int BehindBracket(string yaml, int at)
    {
        while (yaml[at] is not ('}' or ']'))
        {
            at = yaml[at] == '#' ? yaml.IndexOf('\n', at) + 1 : at + 1;
        }

        return at + 1;
    }

    private static string NewLine(string yaml) => yaml.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
}
