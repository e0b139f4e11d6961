using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Imaging;

namespace PublicationGate.Removal.Requests;

/// <summary>What standing releases look like, in memory: anybody may ask, so that asking must cost little. Safe for concurrent use.</summary>
/// <param name="database">Where they are.</param>
internal sealed class ReleasedLikenesses(GateDatabase database)
{
    private Known known = new((null, 0), [], new PictureHashIndex([]));

    /// <summary>Releases of pictures that this may be a copy of, and whether it is one for sure.</summary>
    public async Task<IReadOnlyList<(string ReleaseId, bool IsSure)>> FindAsync(PictureHash hash, CancellationToken cancellationToken)
    {
        var pictures = await PicturesAsync(cancellationToken);
        return [.. pictures.Index.Find(hash).Select(found => (pictures.Releases[found.Picture], found.Likeness.IsSame))];
    }

    // Ids of releases grow, so that the newest and how many there are tell which they are.
    private async Task<Known> PicturesAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var state = (await db.ReleasedPictures.MaxAsync(row => row.ReleaseId, cancellationToken), await db.ReleasedPictures.CountAsync(cancellationToken));
        var kept = known;
        if (kept.State == state)
        {
            return kept;
        }

        var rows = await db.ReleasedPictures.AsNoTracking().ToListAsync(cancellationToken);
        return known = new Known(state, [.. rows.Select(row => row.ReleaseId)], new PictureHashIndex([.. rows.Select(row => row.PictureHash)]));
    }

    private sealed record Known((string? Newest, int Count) State, IReadOnlyList<string> Releases, PictureHashIndex Index);
}
