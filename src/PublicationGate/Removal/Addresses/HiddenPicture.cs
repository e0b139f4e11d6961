using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Screening;

namespace PublicationGate.Removal.Addresses;

/// <summary>What is still known of a picture that was hidden.</summary>
/// <param name="CopySha256">SHA-256 of the copy that left; null when that is not known any more.</param>
/// <param name="Hash">What its original looks like; null when that is not known, or too plain.</param>
/// <param name="Header">Size of its original; null when that is not known.</param>
/// <param name="ContentSha256">SHA-256 of its original; null when that is not known.</param>
/// <param name="IsChanged">People were made unrecognisable in the copy, so that it need not look like the original.</param>
internal sealed record HiddenPicture(string? CopySha256, PictureHash? Hash, ImageHeader? Header, string? ContentSha256, bool IsChanged)
{
    /// <summary>What the gate knows of the picture of a take-down: nothing, once it was erased.</summary>
    public static async Task<HiddenPicture> OfAsync(GateDb db, long takeDownId, TimeProvider time, CancellationToken cancellationToken)
    {
        var nothing = new HiddenPicture(null, null, null, null, true);
        var release = await db.Releases.AsNoTracking().SingleOrDefaultAsync(release => db.TakeDowns.Any(takeDown => takeDown.Id == takeDownId && takeDown.ReleaseId == release.Id), cancellationToken);
        if (release is null)
        {
            return nothing;
        }

        var certificate = await db.Certificates.AsNoTracking().Where(one => one.ReleaseId == release.Id && one.Text != null).OrderByDescending(one => one.IssuedAt).Select(one => one.Text).FirstOrDefaultAsync(cancellationToken);
        var copy = certificate is null ? null : Certificate.Read(certificate)?.CopySha256;
        try
        {
            return await new VerdictStore(db, time).FindAsync(release.VerdictId, cancellationToken) is { IsIntact: true, Verdict.Facts: var facts }
                ? new(copy, facts.PictureHash, facts.Image, facts.ContentSha256, facts.Review?.Concealed.Count > 0) : nothing with { CopySha256 = copy };
        }
        catch (UnreadableVerdictException)
        {
            return nothing with { CopySha256 = copy };
        }
    }
}
