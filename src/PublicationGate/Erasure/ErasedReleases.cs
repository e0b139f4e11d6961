using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Erasure;

/// <summary>What was made for releases of photos that show or mention a person: copies in the store, and certificates.</summary>
/// <param name="Copies">Hashes of the copies of photos that show the person, and of nothing else.</param>
/// <param name="Certificates">Ids of the certificates that are about such photos, or about texts that mention the person.</param>
internal sealed record ErasedReleases(IReadOnlySet<string> Copies, IReadOnlyList<string> Certificates)
{
    private const int AtOnce = 500;

    /// <summary>Finds them; before the releases themselves are erased.</summary>
    public static async Task<ErasedReleases> FindAsync(GateDb db, ErasedVerdicts verdicts, CancellationToken cancellationToken)
    {
        var copies = await db.Releases.Where(release => release.CopySha256 != null).Select(release => new { release.ContentSha256, CopySha256 = release.CopySha256! }).ToListAsync(cancellationToken);
        var others = copies.Where(copy => !verdicts.Contents.Contains(copy.ContentSha256)).Select(copy => copy.CopySha256).ToHashSet();
        var certificates = await (
            from certificate in db.Certificates
            where certificate.Text != null
            join release in db.Releases on certificate.ReleaseId equals release.Id
            select new { certificate.Id, release.ContentSha256, release.VerdictId }).ToListAsync(cancellationToken);
        return new(
            copies.Where(copy => verdicts.Contents.Contains(copy.ContentSha256) && !others.Contains(copy.CopySha256)).Select(copy => copy.CopySha256).ToHashSet(),
            [.. certificates.Where(one => verdicts.Contents.Contains(one.ContentSha256) || verdicts.Ids.Contains(one.VerdictId)).Select(one => one.Id)]);
    }

    /// <summary>Revokes the certificates and takes their texts away, in the transaction of the context: they hold hashes of the photo and of its caption.</summary>
    public async Task EraseAsync(GateDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var some in Certificates.Chunk(AtOnce))
        {
            await db.Certificates.Where(certificate => some.Contains(certificate.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(certificate => certificate.Text, (string?)null).SetProperty(certificate => certificate.RevokedAt, certificate => certificate.RevokedAt ?? now), cancellationToken);
        }
    }
}
