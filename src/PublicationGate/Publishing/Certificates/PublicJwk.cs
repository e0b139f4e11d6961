using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicationGate.Publishing.Certificates;

/// <summary>A public key over P-256 as a JSON Web Key (RFC 7517).</summary>
/// <param name="X">First coordinate, 32 bytes in base 64 for addresses.</param>
/// <param name="Y">Second coordinate, likewise.</param>
public sealed record PublicJwk(string X, string Y)
{
    private const int CoordinateBytes = 32;

    /// <summary>The thumbprint of the key by SHA-256 (RFC 7638), which names it.</summary>
    public string KeyId => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>The public half of a key.</summary>
    public static PublicJwk Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    /// <summary>The key; the caller disposes it.</summary>
    /// <exception cref="CryptographicException">It is no point of the curve.</exception>
    public ECDsa Open() =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) } });

    /// <summary>A set of keys as a document.</summary>
    public static string WriteSet(IEnumerable<PublicJwk> keys) => new JsonObject
    {
        ["keys"] = new JsonArray([.. keys.Select(key => new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["x"] = key.X, ["y"] = key.Y, ["kid"] = key.KeyId, ["use"] = "sig", ["alg"] = "ES256",
        })]),
    }.ToJsonString() + "\n";

    /// <summary>The keys of a document that certificates can be signed with; keys of other kinds are left out. Null when it is no set of keys.</summary>
    public static IReadOnlyList<PublicJwk>? ReadSet(string text)
    {
        try
        {
            return [.. JsonNode.Parse(text)!["keys"]!.AsArray().Select(key => Read(key!)).OfType<PublicJwk>()];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    // One whose name is not its thumbprint is not what its file says it is.
    private static PublicJwk? Read(JsonNode key) =>
        (string?)key["kty"] == "EC" && (string?)key["crv"] == "P-256" && new PublicJwk((string)key["x"]!, (string)key["y"]!) is { } jwk && IsCoordinate(jwk.X) && IsCoordinate(jwk.Y)
        && (string?)key["kid"] == jwk.KeyId && jwk.IsOnCurve ? jwk : null;

    private static bool IsCoordinate(string text) => Base64Url.IsValid(text, out var length) && length == CoordinateBytes;

    private bool IsOnCurve
    {
        get
        {
            try
            {
                using var key = Open();
                return true;
            }
            catch (CryptographicException)
            {
                return false;
            }
        }
    }
}
