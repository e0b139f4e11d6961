namespace PublicationGate.Publishing.Certificates;

/// <summary>
/// A certificate that was issued. Its row stays after an erasure, without the text, so that the list of revoked ones goes on naming it; the id leads to nobody.
/// </summary>
public sealed class IssuedCertificate
{
    /// <summary>Its id: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The release; the certificate holds only while that stands.</summary>
    public required string ReleaseId { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The certificate as <see cref="Certificate.Write"/> has it; null when it was erased.</summary>
    public string? Text { get; set; }

    /// <summary>When it was revoked by itself; null while its release says how it stands.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A public key that certificates were signed with, by any machine of the gate; all of them stay, so that older certificates can be checked.</summary>
public sealed class CertificateKey
{
    /// <summary>Thumbprint of the key.</summary>
    public required string Id { get; init; }

    /// <summary>First coordinate.</summary>
    public required string X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required string Y { get; init; }

    /// <summary>Since when it is used.</summary>
    public required DateTimeOffset Since { get; init; }
}
