using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Publishing.Certificates;

/// <summary>Issues certificates and the list of revoked ones. The private key stays in the data folder; public keys are in the database, where all machines of the gate find them.</summary>
/// <param name="keyFile">The private key; made at first use.</param>
/// <param name="options">How long certificates hold.</param>
/// <param name="audit">What is told of.</param>
/// <param name="time">Clock.</param>
public sealed class CertificateSigner(string keyFile, CertificateOptions options, AuditTrail audit, TimeProvider time)
{
    /// <summary>When a release that gets a certificate now is seen to again.</summary>
    public DateTimeOffset NextAt => time.GetUtcNow() + options.RenewedAfter;

    /// <summary>The signer of a data folder.</summary>
    public static CertificateSigner In(string data, CertificateOptions options, AuditTrail audit, TimeProvider time) => new(Path.Combine(data, DataFolder.CertificateKey), options, audit, time);

    /// <summary>Adds the certificate of a release that has its copy to the unit of work.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>.</param>
    /// <param name="release">The release, with its copy.</param>
    /// <param name="verdict">The verdict that approved it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CryptographicException">The key file is no key.</exception>
    public async Task<IssuedCertificate> IssueAsync(GateDb db, Release release, Verdict verdict, CancellationToken cancellationToken)
    {
        using var key = SigningKeyFile.OpenOrMake(keyFile);
        await MakeKnownAsync(db, PublicJwk.Of(key), cancellationToken);
        var now = time.GetUtcNow().ToSecond();
        var certificate = new Certificate(
            Submission.NewId(now), release.Id, release.CopySha256!, release.Channel, Certificate.HashOfCaption(verdict.Facts.Declaration.Caption), verdict.Id, verdict.ProtocolVersion, now, now + options.Lifetime, "").SignBy(key);
        var issued = new IssuedCertificate { Id = certificate.Id, ReleaseId = release.Id, IssuedAt = certificate.IssuedAt, ExpiresAt = certificate.ExpiresAt, Text = certificate.Write() };
        db.Certificates.Add(issued);
        await audit.AppendAsync(db, AuditKinds.CertificateIssued, issued.Id, new Dictionary<string, string> { ["release"] = release.Id, ["content"] = release.CopySha256! }, cancellationToken);
        return issued;
    }

    /// <summary>The public keys of all certificates, oldest first.</summary>
    public static async Task<IReadOnlyList<PublicJwk>> KeysAsync(GateDb db, CancellationToken cancellationToken) =>
        await db.CertificateKeys.AsNoTracking().OrderBy(key => key.Since).ThenBy(key => key.Id).Select(key => new PublicJwk(key.X, key.Y)).ToListAsync(cancellationToken);

    /// <summary>
    /// The certificates that were revoked and have not come to their end: those whose release was withdrawn, or is there no longer. Looked up at each call, so that whatever
    /// withdraws a release revokes them in the same moment.
    /// </summary>
    /// <param name="db">A context of its own.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<RevocationList> RevokedAsync(GateDb db, CancellationToken cancellationToken)
    {
        using var key = SigningKeyFile.OpenOrMake(keyFile);
        await MakeKnownAloneAsync(db, PublicJwk.Of(key), cancellationToken);
        // The moment before the look: what is withdrawn during it is not vouched for.
        var now = time.GetUtcNow();
        var revoked = await (
            from certificate in db.Certificates.AsNoTracking()
            where certificate.ExpiresAt > now
            join release in db.Releases on certificate.ReleaseId equals release.Id into releases
            from release in releases.DefaultIfEmpty()
            where certificate.RevokedAt != null || release == null || release.WithdrawnAt != null
            orderby certificate.Id
            select new { certificate.Id, At = certificate.RevokedAt ?? release.WithdrawnAt ?? certificate.IssuedAt }).ToListAsync(cancellationToken);
        return new RevocationList(now.ToSecond(), [.. revoked.Select(one => new RevokedCertificate(one.Id, one.At.ToSecond()))], "").SignBy(key);
    }

    /// <summary>Signs another document of the gate, in the unit of work; its key is among the public ones then.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="type">What is signed, so that a signature of one kind of document is none of another.</param>
    /// <param name="payload">The document without its signature.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The signature, as <see cref="DetachedJws"/> has it.</returns>
    /// <exception cref="CryptographicException">The key file is no key.</exception>
    internal async Task<string> SignAsync(GateDb db, string type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var key = SigningKeyFile.OpenOrMake(keyFile);
        await MakeKnownAsync(db, PublicJwk.Of(key), cancellationToken);
        return DetachedJws.Sign(type, payload.Span, key);
    }

    /// <summary>Puts a new key in the place of the private key; certificates of earlier ones stay good. The earlier private key is gone.</summary>
    /// <param name="db">A context of its own.</param>
    /// <param name="cancellationToken">Ends it before the key is changed.</param>
    /// <returns>The id of the new key.</returns>
    public async Task<string> RotateAsync(GateDb db, CancellationToken cancellationToken)
    {
        var next = keyFile + ".next";
        File.Delete(next);
        using var key = SigningKeyFile.OpenOrMake(next);
        var known = PublicJwk.Of(key);
        await MakeKnownAloneAsync(db, known, cancellationToken);
        File.Move(next, keyFile, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(keyFile)!);
        return known.KeyId;
    }

    private async Task MakeKnownAloneAsync(GateDb db, PublicJwk key, CancellationToken cancellationToken)
    {
        var id = key.KeyId;
        if (!await db.CertificateKeys.AnyAsync(known => known.Id == id, cancellationToken))
        {
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            await MakeKnownAsync(db, key, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task MakeKnownAsync(GateDb db, PublicJwk key, CancellationToken cancellationToken)
    {
        var id = key.KeyId;
        if (!await db.CertificateKeys.AnyAsync(known => known.Id == id, cancellationToken))
        {
            db.CertificateKeys.Add(new CertificateKey { Id = id, X = key.X, Y = key.Y, Since = time.GetUtcNow() });
            await audit.AppendAsync(db, AuditKinds.CertificateKeyMade, id, null, cancellationToken);
        }
    }
}
