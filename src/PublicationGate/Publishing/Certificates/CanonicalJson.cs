using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicationGate.Publishing.Certificates;

/// <summary>JSON that is written in one way only (RFC 8785): keys sorted, nothing between them. What is written so here holds ASCII alone.</summary>
internal static class CanonicalJson
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The object, its keys in order; without the one named.</summary>
    public static byte[] Bytes(JsonObject json, string? without = null) => Encoding.UTF8.GetBytes(Text(json, without));

    /// <inheritdoc cref="Bytes"/>
    public static string Text(JsonObject json, string? without = null) => new JsonObject(
        json.Where(pair => pair.Key != without).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))).ToJsonString();

    /// <summary>An instant, to the second.</summary>
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static DateTimeOffset ReadInstant(JsonNode? text) =>
        new(DateTime.ParseExact((string)text!, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal), TimeSpan.Zero);

    /// <summary>The instant without what <see cref="Write"/> leaves out.</summary>
    public static DateTimeOffset ToSecond(this DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    /// <summary>Failures of reading what is not what it should be.</summary>
    public static bool IsMistake(Exception e) => e is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException;
}
