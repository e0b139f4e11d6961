using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicationGate.Publishing.Certificates;

namespace PublicationGate.Duties.Destruction;

/// <summary>How a recording came to its end.</summary>
public enum DestructionHow
{
    /// <summary>The gate deleted its file, and it was gone then.</summary>
    Deleted,

    /// <summary>The gate overwrote its file, then deleted it, and it was gone then.</summary>
    Overwritten,

    /// <summary>A person destroyed it and says so; the gate saw nothing of that.</summary>
    ByHand,
}

/// <summary>
/// Says that a recording was destroyed, signed as the certificates of releases are. It names the recording by its number and hash, and nobody who can be seen in it.
/// </summary>
/// <param name="RecordingId">Number of the recording.</param>
/// <param name="Purpose">What it was made for: the channel's id.</param>
/// <param name="ContentSha256">SHA-256 of its bytes; empty when nobody gave the file.</param>
/// <param name="RegisteredAt">Since when the gate knew of it, to the second.</param>
/// <param name="DestroyedAt">When it was gone, to the second.</param>
/// <param name="By">Id of the account of who destroyed it, or where.</param>
/// <param name="How">How.</param>
/// <param name="Said">SHA-256 of what that person said of it, in UTF-8: the words themselves may name somebody. Empty when nothing was said.</param>
/// <param name="Jws">The signature: <see cref="DetachedJws"/> over the canonical JSON of the rest.</param>
public sealed record DestructionCertificate(
    long RecordingId, string Purpose, string ContentSha256, DateTimeOffset RegisteredAt, DateTimeOffset DestroyedAt, string By, DestructionHow How, string Said, string Jws)
{
    /// <summary>What a file is called that holds one, behind the recording's number.</summary>
    public const string Ending = ".destruction.json";

    /// <summary>The kind of document that is signed.</summary>
    internal const string Type = "destruction-certificate";

    /// <summary>Name of its file.</summary>
    public string FileName => $"recording-{RecordingId}{Ending}";

    /// <summary>The hash of what somebody said.</summary>
    public static string HashOf(string said) => said.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)));

    /// <summary>Whether the holder of one of the keys signed exactly this.</summary>
    public bool IsSignedBy(IEnumerable<PublicJwk> keys) => DetachedJws.IsSignedBy(Jws, Type, Payload(), keys);

    /// <summary>The certificate as the text of its file: canonical JSON and a line end.</summary>
    public string Write() => CanonicalJson.Text(Fields()) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else, down to the last bit.</summary>
    public static DestructionCertificate? Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!;
            var read = new DestructionCertificate(
                (long)json["recording"]!, (string)json["purpose"]!, (string)json["content"]!, CanonicalJson.ReadInstant(json["registered"]), CanonicalJson.ReadInstant(json["destroyed"]),
                (string)json["by"]!, Enum.Parse<DestructionHow>((string)json["how"]!), (string)json["said"]!, (string)json["jws"]!);
            return read.Write() == text ? read : null;
        }
        catch (Exception e) when (CanonicalJson.IsMistake(e))
        {
            return null;
        }
    }

    /// <summary>What is signed.</summary>
    internal byte[] Payload() => CanonicalJson.Bytes(Fields(), without: "jws");

    private JsonObject Fields() => new()
    {
        ["by"] = By, ["content"] = ContentSha256, ["destroyed"] = CanonicalJson.Write(DestroyedAt), ["how"] = How.ToString(), ["jws"] = Jws, ["purpose"] = Purpose,
        ["recording"] = RecordingId, ["registered"] = CanonicalJson.Write(RegisteredAt), ["said"] = Said,
    };
}
