using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Screening;

/// <summary>A verdict as JSON, the form in which its evidence is kept and hashed.</summary>
public static class Evidence
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The verdict as UTF-8 JSON; the same verdict gives the same bytes.</summary>
    public static byte[] Write(Verdict verdict) => JsonSerializer.SerializeToUtf8Bytes(verdict, Options);

    /// <summary>The verdict as JSON, with its explanation as one more member: for programs to read, not to keep.</summary>
    public static string Write(Verdict verdict, Explanation explanation)
    {
        var evidence = JsonSerializer.SerializeToNode(verdict, Options)!.AsObject();
        evidence["explanation"] = JsonSerializer.SerializeToNode(explanation, Options);
        return evidence.ToJsonString(Options);
    }

    /// <summary>What was seen, as UTF-8 JSON.</summary>
    public static byte[] Write(PhotoLook look) => JsonSerializer.SerializeToUtf8Bytes(look, Options);

    /// <summary>Reads what <see cref="Write(PhotoLook)"/> wrote.</summary>
    /// <exception cref="JsonException">It is not what this version of the gate wrote.</exception>
    public static PhotoLook ReadLook(string json) => JsonSerializer.Deserialize<PhotoLook>(json, Options)!;

    /// <summary>Reads what <see cref="Write(Verdict)"/> wrote.</summary>
    /// <exception cref="JsonException">It is not a verdict of this version of the gate.</exception>
    public static Verdict Read(string json) => JsonSerializer.Deserialize<Verdict>(json, Options)!;
}
