using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PublicationGate.Rules;

/// <summary>Reads the text of a protocol file into keys, lists and texts with their places.</summary>
/// <remarks>
/// Works on parser events: a key that stands twice is a mistake among others and does not end reading, a reference is followed without
/// being copied, and depth is bounded, since nested brackets could otherwise use up the stack.
/// </remarks>
internal sealed class ProtocolSyntax(string text, ProtocolMistakes mistakes)
{
    // Channels, a channel, its agreement: nothing in a protocol file lies deeper than four.
    private const int DeepestNesting = 8;

    private readonly Parser parser = new(new StringReader(text));
    private readonly Dictionary<string, ProtocolNode> named = [];
    private int lastLine = 1;
    private bool isTooDeep;

    /// <summary>The file's one mapping, up to the first place where the text cannot be read.</summary>
    public ProtocolNode Read()
    {
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                mistakes.Add(1, 1, null, "protocol.not-a-mapping");
                return Nothing;
            }

            var root = ReadNode(0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                mistakes.Add((int)second.Start.Line, (int)second.Start.Column, null, "protocol.second-document");
            }

            return root with { Line = 1, Position = 1 };
        }
        catch (YamlException cause)
        {
            mistakes.Add((int)cause.Start.Line, (int)cause.Start.Column, null, isTooDeep ? "protocol.too-deep" : "protocol.syntax", ("detail", cause.Message));
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            // YamlDotNet trips over some broken texts, such as a list that is not closed, with whatever exception comes of it.
            mistakes.Add(lastLine, 1, null, "protocol.broken");
        }

        IsBroken = true;
        return Nothing;
    }

    /// <summary>True when the text could not be read to its end: what stands in it then says nothing of what it lacks.</summary>
    public bool IsBroken { get; private set; }

    private static ProtocolNode Nothing => new(1, 1) { Keys = [] };

    private ProtocolNode ReadNode(int depth)
    {
        var (line, position) = Here();
        if (depth > DeepestNesting)
        {
            isTooDeep = true;
            throw new SyntaxErrorException(parser.Current!.Start, parser.Current.End, "nested too deep");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return named.TryGetValue(alias.Value.Value, out var meant) ? meant : throw new AnchorNotFoundException(alias.Start, alias.End, $"*{alias.Value.Value}?");
        }

        var anchor = parser.Accept<NodeEvent>(out var start) && !start.Anchor.IsEmpty ? start.Anchor.Value : null;
        var node = new ProtocolNode(line, position);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            node = node with { Text = scalar.Value };
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            node = node with { Items = ReadItems(depth) };
        }
        else
        {
            parser.Consume<MappingStart>();
            node = node with { Keys = ReadKeys(depth) };
        }

        if (anchor is not null)
        {
            named[anchor] = node;
        }

        return node;
    }

    private List<ProtocolNode> ReadItems(int depth)
    {
        var items = new List<ProtocolNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return items;
    }

    private List<ProtocolKey> ReadKeys(int depth)
    {
        var keys = new Dictionary<string, ProtocolKey>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (name.Text is null)
            {
                mistakes.Add(name.Line, name.Position, null, "protocol.not-a-mapping");
            }
            else if (!keys.TryAdd(name.Text, new ProtocolKey(name.Text, name.Line, name.Position, value)))
            {
                mistakes.Add(name.Line, name.Position, name.Text, "protocol.duplicate-key", ("first", keys[name.Text].Line));
            }
        }

        return [.. keys.Values];
    }

    // The parser places a mapping that is left out of its braces, as in "[a: b]", on line 1.
    private (int Line, int Position) Here()
    {
        parser.Accept<ParsingEvent>(out var here);
        var isBehind = here!.Start.Line < lastLine;
        lastLine = Math.Max(lastLine, (int)here.Start.Line);
        return (lastLine, isBehind ? 1 : (int)here.Start.Column);
    }
}
