using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PublicationGate.Links;

/// <summary>What a link lets its holder do.</summary>
public enum LinkPurpose
{
    /// <summary>See and change the answers of one pupil; the subject is the register key.</summary>
    Answers,

    /// <summary>Answer in one round for one pupil; the subject is the number of the invitation.</summary>
    Round,

    /// <summary>Follow one request for removal; the subject is its number.</summary>
    Request,
}

/// <summary>A link to be made.</summary>
/// <param name="Purpose">What it lets its holder do.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="GuardianId">To whom it is given; null for who has no row.</param>
/// <param name="EndsAt">Until when it holds.</param>
public sealed record LinkDraft(LinkPurpose Purpose, string Subject, long? GuardianId, DateTimeOffset EndsAt)
{
    /// <summary>The link in a letter, as its row keeps it.</summary>
    internal static LinkDraft Read(string json) => JsonSerializer.Deserialize<LinkDraft>(json, JsonSerializerOptions.Web)!;
}

/// <summary>A link for somebody without an account. Whoever holds it may do one thing about one subject. Of its token only a hash is kept.</summary>
public sealed class AccessLink
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>SHA-256 of the token, lower-case hexadecimal; unique. The token has 256 bits, so that no slower hash is needed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it lets its holder do.</summary>
    public required LinkPurpose Purpose { get; init; }

    /// <summary>What it is about; indexed with the purpose.</summary>
    public required string Subject { get; init; }

    /// <summary>To whom it was given; null for who has no row.</summary>
    public long? GuardianId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Until when it holds.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was revoked; null while it holds.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The path of its page, token included.</summary>
    public static string PathOf(LinkPurpose purpose, string token) => purpose switch
    {
        LinkPurpose.Answers => "/my-child/" + token,
        LinkPurpose.Round => "/round/" + token,
        _ => "/removal-request/" + token,
    };

    /// <summary>Makes a link.</summary>
    /// <returns>The row, and the token, which nobody can read again.</returns>
    public static (AccessLink Row, string Token) Make(LinkDraft draft, DateTimeOffset now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new AccessLink { Sha256 = HashOf(token), Purpose = draft.Purpose, Subject = draft.Subject, GuardianId = draft.GuardianId, MadeAt = now, EndsAt = draft.EndsAt }, token);
    }

    /// <summary>What is kept of a token.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
