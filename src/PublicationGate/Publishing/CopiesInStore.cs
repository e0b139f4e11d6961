using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Publishing;

/// <summary>Copies lie in the store beside originals, named by their content like these; so the same file may be wanted for more than one reason.</summary>
internal static class CopiesInStore
{
    /// <summary>Removes the copy of a release, unless another release that stands has the same bytes, or somebody submitted them.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>, so that nobody begins to want it meanwhile.</param>
    /// <param name="store">The store.</param>
    /// <param name="releaseId">The release.</param>
    /// <param name="sha256">Hash of its copy.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="ContentStoreException">The store does not allow it.</exception>
    public static async Task RemoveUnusedAsync(GateDb db, IContentStore store, string releaseId, string sha256, CancellationToken cancellationToken)
    {
        var isWanted = await db.Releases.AnyAsync(other => other.CopySha256 == sha256 && other.WithdrawnAt == null && other.Id != releaseId, cancellationToken)
            || await db.QueueItems.AnyAsync(item => item.ContentSha256 == sha256, cancellationToken)
            || await db.Verdicts.AnyAsync(verdict => verdict.ContentSha256 == sha256, cancellationToken);
        if (!isWanted)
        {
            store.Remove(sha256);
        }
    }
}
