using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.App.Output;

/// <summary>The JSON that commands write for programs: one object a line, names as JavaScript has them, letters as they are.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions WithoutNulls = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The same without members that are null.</summary>
    public static string WithoutNullsOf<T>(T value) => JsonSerializer.Serialize(value, WithoutNulls);
}
