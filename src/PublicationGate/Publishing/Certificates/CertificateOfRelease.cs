using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Publishing.Certificates;

/// <summary>The newest certificate of a release, and how it stands in the gate's own books.</summary>
/// <param name="Release">The release.</param>
/// <param name="Issued">The certificate.</param>
public sealed record CertificateOfRelease(Release Release, IssuedCertificate Issued)
{
    /// <summary>The certificate as the text of its file; null when it was erased.</summary>
    public string? Text => Issued.Text;

    /// <summary>What its file is called.</summary>
    public string FileName => (Release.CopyName ?? Release.Id) + Certificate.Ending;

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt => Issued.RevokedAt ?? Release.WithdrawnAt;

    /// <summary>The certificate of a release; null when there is no such release, or it has none yet.</summary>
    /// <param name="db">A context.</param>
    /// <param name="releaseId">Id of the release.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<CertificateOfRelease?> FindAsync(GateDb db, string releaseId, CancellationToken cancellationToken)
    {
        var found = await (
            from release in db.Releases.AsNoTracking()
            where release.Id == releaseId
            join certificate in db.Certificates on release.Id equals certificate.ReleaseId
            orderby certificate.ExpiresAt descending, certificate.Id descending
            select new { release, certificate }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : new(found.release, found.certificate);
    }
}
