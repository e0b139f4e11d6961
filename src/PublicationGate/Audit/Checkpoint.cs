using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicationGate.Audit;

/// <summary>A signed note, outside the database, of how far the audit trail had come: with it a cut tail is found, and a trail that was written anew.</summary>
/// <param name="Entry">Number of an entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When the note was made; kept to the millisecond.</param>
/// <param name="After">Number of the entry that the note before is of; null for the first.</param>
/// <param name="Signature">ECDSA over P-256 and SHA-256 of the canonical JSON of the other fields, in base 64 (IEEE P1363).</param>
public sealed record Checkpoint(long Entry, string Hash, DateTimeOffset At, long? After, string Signature)
{
    /// <summary>A note of an entry, signed.</summary>
    public static Checkpoint Of(AuditEntry entry, DateTimeOffset at, long? after, ECDsa key)
    {
        var unsigned = new Checkpoint(entry.Id, entry.Hash, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), after, "");
        return unsigned with { Signature = Convert.ToBase64String(key.SignData(unsigned.Signed(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>The note as the text of its file.</summary>
    public string Write()
    {
        var json = Fields();
        json["signature"] = Signature;
        return json.ToJsonString() + "\n";
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null when it is something else.</summary>
    public static Checkpoint? Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!;
            return new Checkpoint(
                (long)json["entry"]!, (string)json["hash"]!, DateTimeOffset.FromUnixTimeMilliseconds((long)json["at"]!), (long?)json["after"], (string)json["signature"]!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether it was signed by who has the private half of this key, and is unchanged since.</summary>
    public bool IsSignedBy(ECDsa key)
    {
        var signature = new byte[Signature.Length];
        return Convert.TryFromBase64String(Signature, signature, out var length) && key.VerifyData(Signed(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    private byte[] Signed() => Encoding.UTF8.GetBytes(Fields().ToJsonString());

    private JsonObject Fields() => new() { ["after"] = After, ["at"] = At.ToUnixTimeMilliseconds(), ["entry"] = Entry, ["hash"] = Hash };
}
