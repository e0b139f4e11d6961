using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PublicationGate.Publishing.Certificates;

/// <summary>A certificate that holds no longer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">Since when.</param>
public sealed record RevokedCertificate(string Id, DateTimeOffset At);

/// <summary>All certificates that were revoked before their end, as the gate had it at one moment.</summary>
/// <param name="At">That moment, to the second.</param>
/// <param name="Revoked">Those that were revoked, by id.</param>
/// <param name="Jws">The signature, as a <see cref="Certificate"/> has it.</param>
public sealed record RevocationList(DateTimeOffset At, IReadOnlyList<RevokedCertificate> Revoked, string Jws)
{
    private const string Type = "publication-revocations";

    /// <summary>The list, signed.</summary>
    public RevocationList SignBy(ECDsa key) => this with { Jws = DetachedJws.Sign(Type, Payload(), key) };

    /// <summary>Whether the holder of one of the keys signed exactly this.</summary>
    public bool IsSignedBy(IEnumerable<PublicJwk> keys) => DetachedJws.IsSignedBy(Jws, Type, Payload(), keys);

    /// <summary>When a certificate was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt(string id) => Revoked.FirstOrDefault(revoked => revoked.Id == id)?.At;

    /// <summary>The list as a document.</summary>
    public string Write() => CanonicalJson.Text(Fields()) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static RevocationList? Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!;
            var read = new RevocationList(
                CanonicalJson.ReadInstant(json["at"]),
                [.. json["revoked"]!.AsArray().Select(revoked => new RevokedCertificate((string)revoked!["id"]!, CanonicalJson.ReadInstant(revoked["at"])))],
                (string)json["jws"]!);
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
        ["at"] = CanonicalJson.Write(At), ["jws"] = Jws,
        ["revoked"] = new JsonArray([.. Revoked.Select(revoked => new JsonObject { ["at"] = CanonicalJson.Write(revoked.At), ["id"] = revoked.Id })]),
    };
}
