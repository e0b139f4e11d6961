using System.Text.Encodings.Web;
using System.Text.Json;

namespace PublicationGate.Erasure;

/// <summary>What was removed of a person, or would be: numbers, and what a person must still do.</summary>
public sealed record ErasureReceipt
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The person's pseudonym, to which no key is left.</summary>
    public required string Subject { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How much went, by what it was.</summary>
    public required IReadOnlyDictionary<string, int> Removed { get; init; }

    /// <summary>What is left, and who must see to it.</summary>
    public required IReadOnlyList<Text> Left { get; init; }

    /// <summary>The database's files were rewritten: nothing of it is in them any more. False when somebody was using it.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>As the text of a file; it holds no name and no key.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>The text of a receipt, once the database's files were rewritten.</summary>
    internal static string Forgotten(string written) => written.Replace("\"isForgotten\": false", "\"isForgotten\": true", StringComparison.Ordinal);
}
