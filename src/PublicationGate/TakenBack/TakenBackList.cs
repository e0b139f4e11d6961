using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Recordings;

namespace PublicationGate.TakenBack;

/// <summary>The pictures that were taken back, to be held against whatever comes in. Safe for concurrent use.</summary>
/// <param name="databases">Where the list is.</param>
public sealed class TakenBackList(IDbContextFactory<GateDb> databases)
{
    private KnownPictures known = new((null, 0), [], new PictureHashIndex([]));

    /// <summary>The pictures that a photo is, or may be a copy of; none that were lifted.</summary>
    /// <param name="sha256">SHA-256 of its bytes; null when they could not be read.</param>
    /// <param name="hash">What it looks like; null when that is not known.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="FormatException">The list holds a picture hash of another version.</exception>
    public async Task<TakenBackFacts> FindAsync(string? sha256, PictureHash? hash, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var pictures = await PicturesAsync(db, cancellationToken);
        if (pictures.State.Newest is null)
        {
            return new TakenBackFacts();
        }

        var alike = (hash is null ? [] : pictures.Index.Find(hash)).ToDictionary(found => pictures.Ids[found.Picture], found => found.Likeness);
        var ids = alike.Keys.ToList();
        var rows = await db.TakenBackPictures.AsNoTracking().Where(row => row.LiftedAt == null && (row.ContentSha256 == sha256 || ids.Contains(row.Id))).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return new TakenBackFacts { Matches = [.. rows.Select(row => Match(row, sha256, alike))] };
    }

    /// <summary>All pictures, those that must stay away first, then the newest first.</summary>
    public async Task<IReadOnlyList<TakenBackPicture>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.TakenBackPictures.AsNoTracking().OrderBy(row => row.LiftedAt != null).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
    }

    private static TakenBackMatch Match(TakenBackPicture row, string? sha256, Dictionary<long, PictureLikeness> alike)
    {
        var isContent = row.ContentSha256 == sha256;
        var by = isContent ? MatchedBy.Content : alike[row.Id].IsSame ? MatchedBy.Picture : MatchedBy.DoubtfulPicture;
        return new TakenBackMatch(row.Id, row.For, row.At.Day(), by, isContent ? null : alike[row.Id]);
    }

    // Pictures are added and lifted, never removed, and neither is undone: the newest number and how many are lifted tell which list it is.
    private async Task<KnownPictures> PicturesAsync(GateDb db, CancellationToken cancellationToken)
    {
        var state = (await db.TakenBackPictures.MaxAsync(row => (long?)row.Id, cancellationToken), await db.TakenBackPictures.CountAsync(row => row.LiftedAt != null, cancellationToken));
        var kept = known;
        if (kept.State == state)
        {
            return kept;
        }

        var rows = await db.TakenBackPictures.Where(row => row.LiftedAt == null && row.PictureHash != null).OrderBy(row => row.Id).Select(row => new { row.Id, row.PictureHash }).ToListAsync(cancellationToken);
        return known = new KnownPictures(state, [.. rows.Select(row => row.Id)], new PictureHashIndex([.. rows.Select(row => row.PictureHash!)]));
    }

    private sealed record KnownPictures((long? Newest, int Lifted) State, IReadOnlyList<long> Ids, PictureHashIndex Index);
}
