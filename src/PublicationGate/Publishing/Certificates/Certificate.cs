using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PublicationGate.Publishing.Certificates;

/// <summary>
/// Says that one copy was released for one channel with one caption, so that whoever has the file can prove it without asking the gate. It holds hashes and ids, no names.
/// </summary>
/// <param name="Id">32 hexadecimal digits; the list of revoked ones names it by this.</param>
/// <param name="ReleaseId">The release.</param>
/// <param name="CopySha256">SHA-256 of the copy's bytes.</param>
/// <param name="Channel">Channel id.</param>
/// <param name="CaptionSha256">SHA-256 of the caption in UTF-8; see <see cref="HashOfCaption"/>.</param>
/// <param name="VerdictId">The verdict that approved it.</param>
/// <param name="ProtocolVersion">SHA-256 of the protocol file that it was judged by.</param>
/// <param name="IssuedAt">From when on it holds, to the second.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Jws">The signature: <see cref="DetachedJws"/> over the canonical JSON of the rest.</param>
public sealed record Certificate(
    string Id, string ReleaseId, string CopySha256, string Channel, string CaptionSha256, string VerdictId, string ProtocolVersion, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string Jws)
{
    /// <summary>What a file is called that holds one: the name of the copy and this.</summary>
    public const string Ending = ".certificate.json";

    private const string Type = "publication-certificate";

    /// <summary>The certificate, signed.</summary>
    public Certificate SignBy(ECDsa key) => this with { Jws = DetachedJws.Sign(Type, Payload(), key) };

    /// <summary>Whether the holder of one of the keys signed exactly this.</summary>
    public bool IsSignedBy(IEnumerable<PublicJwk> keys) => DetachedJws.IsSignedBy(Jws, Type, Payload(), keys);

    /// <summary>The hash of a caption as certificates have it; no caption counts as an empty one.</summary>
    public static string HashOfCaption(string? caption) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caption ?? "")));

    /// <summary>The certificate as the text of its file: canonical JSON and a line end.</summary>
    public string Write() => CanonicalJson.Text(Fields()) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else, down to the last bit.</summary>
    public static Certificate? Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!;
            var read = new Certificate(
                (string)json["id"]!, (string)json["release"]!, (string)json["copy"]!, (string)json["channel"]!, (string)json["caption"]!, (string)json["decision"]!, (string)json["protocol"]!,
                CanonicalJson.ReadInstant(json["issued"]), CanonicalJson.ReadInstant(json["expires"]), (string)json["jws"]!);
            return read.Write() == text ? read : null;
        }
        catch (Exception e) when (CanonicalJson.IsMistake(e))
        {
            return null;
        }
    }

    private byte[] Payload() => CanonicalJson.Bytes(Fields(), without: "jws");

    private JsonObject Fields() => new()
    {
        ["caption"] = CaptionSha256, ["channel"] = Channel, ["copy"] = CopySha256, ["decision"] = VerdictId, ["expires"] = CanonicalJson.Write(ExpiresAt), ["id"] = Id,
        ["issued"] = CanonicalJson.Write(IssuedAt), ["jws"] = Jws, ["protocol"] = ProtocolVersion, ["release"] = ReleaseId,
    };
}
