using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Retention;

/// <summary>Removes what lies in the store and belongs to nothing: photos of uploads that a crash cut off.</summary>
/// <param name="database">The gate's database.</param>
/// <param name="store">The store.</param>
/// <param name="audit">Where it is recorded.</param>
/// <param name="time">The clock.</param>
public sealed class UnclaimedContent(GateDatabase database, IContentStore store, AuditTrail audit, TimeProvider time)
{
    /// <summary>How long content may lie there before anything refers to it; the longest upload takes minutes.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Removes it. While this runs no upload may be under way in this process.</summary>
    /// <returns>How many files were removed; none where most of the store belongs to nothing, since then it is another gate's.</returns>
    /// <exception cref="ContentStoreException">The store cannot be read, or does not allow it.</exception>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Kept;
        await using var db = database.CreateDbContext();
        // Nobody begins to want it meanwhile.
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var claimed = await ClaimedAsync(db, cancellationToken);
        var (kept, unclaimed) = (0, new List<string>());
        foreach (var (sha256, at) in store.List())
        {
            if (claimed.Contains(sha256))
            {
                kept++;
            }
            else if (at < before)
            {
                unclaimed.Add(sha256);
            }
        }

        if (unclaimed.Count == 0 || unclaimed.Count > kept)
        {
            return 0;
        }

        unclaimed.ForEach(store.Remove);
        await audit.AppendAsync(db, AuditKinds.ContentCleared, "store", new Dictionary<string, string> { ["originals"] = unclaimed.Count.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return unclaimed.Count;
    }

    // Whatever names content: a table that does gets a line here.
    private static async Task<HashSet<string>> ClaimedAsync(GateDb db, CancellationToken cancellationToken)
    {
        var claimed = new HashSet<string>();
        foreach (var hashes in new[]
        {
            db.QueueItems.Select(row => row.ContentSha256), db.Submissions.Select(row => row.ContentSha256), db.TakenFiles.Select(row => row.ContentSha256), db.Verdicts.Select(row => row.ContentSha256),
            db.Releases.Select(row => row.ContentSha256), db.Releases.Where(row => row.CopySha256 != null).Select(row => row.CopySha256!), db.Recordings.Select(row => row.ContentSha256),
            db.TakenBackPictures.Select(row => row.ContentSha256), db.Looks.Select(row => row.ContentSha256),
        })
        {
            claimed.UnionWith(await hashes.Distinct().ToListAsync(cancellationToken));
        }

        return claimed;
    }
}
