using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Screening;

namespace PublicationGate.Erasure;

/// <summary>The verdicts about a person: what they were made from goes; id, outcome, channel, protocol and time stay, so that the school can still account for them.</summary>
/// <param name="Ids">Ids of those that declare or mention the person.</param>
/// <param name="Contents">Hashes of the photos that show the person.</param>
internal sealed record ErasedVerdicts(IReadOnlySet<string> Ids, IReadOnlySet<string> Contents)
{
    private const int AtOnce = 500;

    /// <summary>Reads all verdicts, one after the other.</summary>
    public static async Task<ErasedVerdicts> FindAsync(GateDb db, PersonMentions person, CancellationToken cancellationToken)
    {
        var (ids, contents) = (new HashSet<string>(), new HashSet<string>());
        await foreach (var verdict in db.Verdicts.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (person.AreInJson(verdict.Evidence) || person.AreIn(verdict.FileName, isName: true))
            {
                ids.Add(verdict.Id);
                if (verdict.ContentSha256.Length > 0 && person.AreShownBy(verdict.Evidence))
                {
                    contents.Add(verdict.ContentSha256);
                }
            }
        }

        return new(ids, contents);
    }

    /// <summary>Takes their evidence away, in the transaction of the context.</summary>
    public async Task EraseAsync(GateDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var evidence = StoredVerdict.ErasedEvidence(now);
        foreach (var some in Ids.Chunk(AtOnce))
        {
            // The hash of a declaration can be found by trying names; that of the id stands in the row anyway.
            await db.Verdicts.Where(verdict => some.Contains(verdict.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(verdict => verdict.Evidence, evidence).SetProperty(verdict => verdict.FileName, "").SetProperty(verdict => verdict.DeclarationSha256, verdict => "erased-" + verdict.Id),
                cancellationToken);
        }
    }
}
