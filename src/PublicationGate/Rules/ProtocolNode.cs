namespace PublicationGate.Rules;

/// <summary>One value of a protocol file as it stands there: a text, a list, or keys. Nothing is guessed to be a number, a date or a yes.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Position">Place in the line, in characters from 1.</param>
internal sealed record ProtocolNode(int Line, int Position)
{
    /// <summary>The text; null for a list or keys.</summary>
    public string? Text { get; init; }

    /// <summary>The values of a list; null for a text or keys.</summary>
    public IReadOnlyList<ProtocolNode>? Items { get; init; }

    /// <summary>The keys in the order of the file, none twice; null for a text or a list.</summary>
    public IReadOnlyList<ProtocolKey>? Keys { get; init; }
}

/// <summary>One key of a protocol file.</summary>
/// <param name="Name">As written.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Position">Place in the line, in characters from 1.</param>
/// <param name="Value">What stands under it.</param>
internal sealed record ProtocolKey(string Name, int Line, int Position, ProtocolNode Value);
