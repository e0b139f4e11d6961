using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PublicationGate.Accounts;

/// <summary>A key with which a program comes in for a person: it may do what its scopes say, and never more than the person.</summary>
public sealed class ApiKey
{
    /// <summary>What every key begins with, so that people and secret scanners know one when they see it.</summary>
    public const string Start = "pgate_";

    // Enough to tell one's keys apart, and no help to who guesses: the rest is 238 bits.
    private const int ShownLength = 9;

    /// <summary>Number of the key.</summary>
    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its beginning, to tell keys apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, lower-case hexadecimal. The secret has 256 bits, so that no slower hash is needed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it may do.</summary>
    public required ApiScopes Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was revoked; null while it holds.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Makes a key.</summary>
    /// <returns>The row, and the key itself, which nobody can read again.</returns>
    public static (ApiKey Row, string Key) Make(string accountId, string name, ApiScopes scopes, DateTimeOffset now)
    {
        var key = Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new ApiKey { AccountId = accountId, Name = name, Prefix = key[..ShownLength], Sha256 = HashOf(key), Scopes = scopes, CreatedAt = now }, key);
    }

    /// <summary>What is kept of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>What an API key may do, as a set.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Submit photos and ask what became of them.</summary>
    Submit = 1,

    /// <summary>Read verdicts, channels and the protocol.</summary>
    Read = 2,

    /// <summary>Review what is held.</summary>
    Review = 4,

    /// <summary>Read the register of pupils.</summary>
    RegisterRead = 8,

    /// <summary>Change the register of pupils.</summary>
    RegisterWrite = 16,
}
