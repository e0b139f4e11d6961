using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PublicationGate.Intake;

/// <summary>Reads the one mapping of a YAML or JSON text (JSON is YAML) into keys with line numbers.</summary>
/// <remarks>
/// Works on parser events, not on a deserialiser: every scalar stays the text that was written, a reference is refused before it could
/// be expanded, and each mistake has its line.
/// </remarks>
internal sealed class DeclarationSyntax(string text, DeclarationMistakes mistakes)
{
    private readonly Parser parser = new(new StringReader(text));
    private readonly string[] lines = text.Split('\n');
    private int lastLine = 1;

    /// <summary>The keys up to the first place where the text cannot be read; each mistake is reported.</summary>
    public IReadOnlyList<WrittenKey> Read()
    {
        var keys = new List<WrittenKey>();
        if (FirstIndentingTab() is > 0 and var line)
        {
            mistakes.Add(line, null, "declaration.tab");
            return keys;
        }

        try
        {
            ReadDocument(keys);
        }
        catch (YamlException e)
        {
            mistakes.Add((int)e.Start.Line, null, "declaration.syntax");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // YamlDotNet trips over some broken texts, such as a list that is not closed, with whatever exception comes of it.
            mistakes.Add(lastLine, null, "declaration.syntax");
        }

        return keys;
    }

    // JSON may be indented with tabs; in YAML they look like spaces and are not.
    private int FirstIndentingTab() =>
        text.TrimStart().StartsWith('{') ? 0 : Array.FindIndex(lines, line => line.TrimStart(' ') is ['\t', ..] && line.Trim().Length > 0) + 1;

    private void ReadDocument(List<WrittenKey> keys)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            mistakes.Add(0, null, "declaration.nothing");
            return;
        }

        if (!parser.TryConsume<MappingStart>(out var start))
        {
            mistakes.Add(parser.LineHere(lastLine), null, "declaration.not-keys");
            return;
        }

        Refuse(start, null);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadKey() is { } key)
            {
                keys.Add(key);
            }
        }

        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            mistakes.Add((int)second.Start.Line, null, "declaration.second-document");
        }
    }

    private WrittenKey? ReadKey()
    {
        var line = lastLine = parser.LineHere(lastLine);
        if (!parser.TryConsume<Scalar>(out var name))
        {
            mistakes.Add(line, null, "declaration.not-keys");
            parser.Skip();
            parser.Skip();
            return null;
        }

        var values = new List<WrittenValue>();
        var isList = parser.TryConsume<SequenceStart>(out var list);
        var sound = Refuse(name, name.Value) & (list is null || Refuse(list, name.Value));
        if (isList)
        {
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                sound &= ReadValue(name.Value, values);
            }
        }
        else
        {
            sound &= ReadValue(name.Value, values);
        }

        return sound ? new(name.Value, line, values, isList) : null;
    }

    private bool ReadValue(string key, List<WrittenValue> values)
    {
        var line = parser.LineHere(lastLine);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            values.Add(new(Written(scalar), line));
            return Refuse(scalar, key) && HasNoLostHashtag(scalar, key);
        }

        mistakes.Add(line, key, parser.Accept<AnchorAlias>(out _) ? "declaration.reference" : "declaration.nested");
        parser.Skip();
        return false;
    }

    // "caption: null" and "caption: ~" say that there is nothing; in quotation marks they are text.
    private static string Written(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "null" or "Null" or "NULL" or "~" ? "" : scalar.Value.ReplaceLineEndings("\n").Trim();

    private bool Refuse(NodeEvent node, string? key)
    {
        if (node.Anchor.IsEmpty && node.Tag.IsEmpty)
        {
            return true;
        }

        mistakes.Add((int)node.Start.Line, key, "declaration.reference");
        return false;
    }

    // YAML takes " #zomer" for a comment: the caption would be screened without its hashtag and posted with it.
    private bool HasNoLostHashtag(Scalar scalar, string key)
    {
        var rest = lines[Math.Min((int)scalar.End.Line, lines.Length) - 1].AsSpan();
        rest = rest[Math.Min((int)scalar.End.Column - 1, rest.Length)..].Trim();
        if (scalar.Style != ScalarStyle.Plain || rest.Length < 2 || rest[0] != '#' || !char.IsLetterOrDigit(rest[1]))
        {
            return true;
        }

        mistakes.Add((int)scalar.End.Line, key, "declaration.hashtag");
        return false;
    }
}
