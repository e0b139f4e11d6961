using System.Security.Cryptography;

namespace PublicationGate.Publishing.Certificates;

/// <summary>How a file and its certificate stand.</summary>
public enum CertificateState
{
    /// <summary>The certificate is genuine, it is about this very file, and it holds.</summary>
    Valid,

    /// <summary>It was revoked: the picture must be taken down.</summary>
    Revoked,

    /// <summary>Its time is over, or has not begun.</summary>
    Expired,

    /// <summary>It is about other bytes, another channel or another caption.</summary>
    DoesNotFit,

    /// <summary>It was changed, or nobody signed it whose key is known.</summary>
    NotGenuine,

    /// <summary>The list of revoked ones cannot be believed: it was changed, nobody known signed it, or it is older than the certificate.</summary>
    ListNotGenuine,
}

/// <summary>Checks a certificate with nothing but files: no network, no database.</summary>
/// <param name="keys">The gate's public keys.</param>
/// <param name="time">Clock.</param>
public sealed class CertificateCheck(IReadOnlyCollection<PublicJwk> keys, TimeProvider time)
{
    // The clocks of two machines differ by less.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>How a file stands.</summary>
    /// <param name="copy">The file as it was found.</param>
    /// <param name="certificate">The text of its certificate.</param>
    /// <param name="revoked">The list of revoked ones; null where it is not looked at.</param>
    /// <param name="channel">Where it was found; null where that is not asked.</param>
    /// <param name="caption">The caption that it was found with; null where that is not asked.</param>
    public CertificateState StateOf(ReadOnlySpan<byte> copy, string certificate, string? revoked, string? channel = null, string? caption = null)
    {
        if (Certificate.Read(certificate) is not { } read || !read.IsSignedBy(keys))
        {
            return CertificateState.NotGenuine;
        }

        if (read.CopySha256 != Convert.ToHexStringLower(SHA256.HashData(copy)) || (channel is not null && read.Channel != channel) || (caption is not null && read.CaptionSha256 != Certificate.HashOfCaption(caption)))
        {
            return CertificateState.DoesNotFit;
        }

        if (revoked is not null && (RevocationList.Read(revoked) is not { } list || !list.IsSignedBy(keys) || list.At < read.IssuedAt - ClocksDiffer))
        {
            return CertificateState.ListNotGenuine;
        }

        return revoked is not null && RevocationList.Read(revoked)!.RevokedAt(read.Id) is not null ? CertificateState.Revoked
            : time.GetUtcNow() >= read.ExpiresAt || time.GetUtcNow() < read.IssuedAt - ClocksDiffer ? CertificateState.Expired
            : CertificateState.Valid;
    }
}
