using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Mailing;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Retention;

/// <summary>Removes what is kept longer than the protocol says, and records how much it was. One run at a time; see <see cref="GateDb.BeginWriteAsync"/>.</summary>
/// <param name="database">The gate's database.</param>
/// <param name="store">The originals; null where there is no store.</param>
/// <param name="audit">Where each run is recorded.</param>
/// <param name="time">The clock, which may be wrong.</param>
public sealed class RetentionRun(GateDatabase database, IContentStore? store, AuditTrail audit, TimeProvider time)
{
    /// <summary>
    /// A clock this far ahead of the last run is taken for wrong until a person confirms the day. The summer holidays, in which a gate may be
    /// switched off, last six or seven weeks.
    /// </summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(60);

    // Machines that share a database differ by less.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    // Long enough to see that a link ended; nothing else is needed of it.
    private static readonly TimeSpan EndedLinksStay = TimeSpan.FromDays(30);

    private const int Together = 500;

    /// <summary>What a run would remove now; nothing is changed.</summary>
    public async Task<RetentionPlan> PlanAsync(RetentionTerms terms, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        return await PlanAsync(db, terms, cancellationToken);
    }

    /// <summary>Removes what is over its period. Pupils who left are only told.</summary>
    /// <param name="terms">The periods.</param>
    /// <param name="confirmed">The day that a person says it is; null when nobody does.</param>
    /// <param name="cancellationToken">Ends it; what has no entry in the audit trail then was not removed, but for originals.</param>
    /// <returns>What was removed; with a <see cref="RetentionPlan.Doubt"/> nothing was.</returns>
    /// <exception cref="ContentStoreException">An original could not be removed; those before it were, and that is recorded.</exception>
    public async Task<RetentionPlan> RemoveAsync(RetentionTerms terms, DateOnly? confirmed, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.OverwriteDeletedAsync(cancellationToken);
        var plan = await PlanAsync(db, terms, cancellationToken);
        if (plan.Doubt is not null && confirmed != time.Today())
        {
            return plan;
        }

        var (removed, failure) = RemoveOriginals(plan.Originals);
        await RemoveCopiesAsync(db, removed, cancellationToken);
        // Evidence stays as long as the original that it speaks of.
        plan = plan with { Originals = removed, Verdicts = failure is null ? plan.Verdicts : [], Doubt = null };
        foreach (var ids in plan.Verdicts.Chunk(Together))
        {
            await db.Verdicts.Where(verdict => ids.Contains(verdict.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        foreach (var contents in plan.Looks.Chunk(Together))
        {
            await db.Looks.Where(look => contents.Contains(look.ContentSha256)).ExecuteDeleteAsync(cancellationToken);
        }

        if (terms.Letters.Start(plan.At) is { } from)
        {
            plan = plan with { Letters = await EndedLetters(db, from).ExecuteDeleteAsync(cancellationToken) };
        }

        var endedBefore = time.GetUtcNow() - EndedLinksStay;
        await db.AccessLinks.Where(link => link.EndsAt < endedBefore || link.RevokedAt < endedBefore).ExecuteDeleteAsync(cancellationToken);
        var counts = terms.All.ToDictionary(term => term.Key, term => plan.CountOf(term.Key).ToString(CultureInfo.InvariantCulture));
        await audit.AppendAsync(db, AuditKinds.RetentionDone, "retention", counts, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return failure is null ? plan : throw failure;
    }

    private (List<DueOriginal> Removed, ContentStoreException? Failure) RemoveOriginals(IReadOnlyList<DueOriginal> due)
    {
        var removed = new List<DueOriginal>();
        try
        {
            foreach (var original in due)
            {
                store!.Remove(original.Sha256);
                removed.Add(original);
            }

            return (removed, null);
        }
        catch (ContentStoreException failure)
        {
            return (removed, failure);
        }
    }

    // A copy shows the same people. What it was certified for stays certified until that runs out; nothing new is made of it.
    private async Task RemoveCopiesAsync(GateDb db, IReadOnlyList<DueOriginal> originals, CancellationToken cancellationToken)
    {
        foreach (var some in originals.Select(original => original.Sha256).Chunk(Together))
        {
            foreach (var release in await db.Releases.Where(release => some.Contains(release.ContentSha256) && release.CopySha256 != null).ToListAsync(cancellationToken))
            {
                var sha256 = release.CopySha256!;
                release.CopySha256 = null;
                if (!await db.Releases.AnyAsync(other => other.CopySha256 == sha256 && !some.Contains(other.ContentSha256), cancellationToken))
                {
                    store!.Remove(sha256);
                }
            }
        }
    }

    private async Task<RetentionPlan> PlanAsync(GateDb db, RetentionTerms terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var verdicts = await db.Verdicts.AsNoTracking().Select(verdict => new DatedVerdict(verdict.Id, verdict.ContentSha256, verdict.Outcome, verdict.DecidedAt)).ToListAsync(cancellationToken);
        var contents = verdicts.GroupBy(verdict => verdict.ContentSha256).ToDictionary(content => content.Key, content => content.ToList());
        var kept = contents.Keys.Where(sha256 => sha256.Length > 0 && store?.Contains(sha256) == true).ToHashSet();
        // What waits to be screened needs its original, however old an earlier verdict on it is.
        kept.ExceptWith(await db.QueueItems.Where(item => item.State != QueueState.Decided).Select(item => item.ContentSha256).ToListAsync(cancellationToken));
        // A photo that was submitted may be another's copy, which still stands.
        kept.ExceptWith(await db.Releases.Where(release => release.WithdrawnAt == null && release.CopySha256 != null && release.CopySha256 != release.ContentSha256).Select(release => release.CopySha256!).ToListAsync(cancellationToken));
        var originals = kept.Where(sha256 => contents[sha256].All(verdict => verdict.DecidedAt < terms.OriginalsOf(verdict.Outcome).Start(now)))
            .Select(sha256 => new DueOriginal(sha256, contents[sha256].MaxBy(verdict => verdict.DecidedAt)!.Outcome)).OrderBy(original => original.Sha256, StringComparer.Ordinal).ToList();
        kept.ExceptWith(originals.Select(original => original.Sha256));
        var looks = await db.Looks.Select(look => look.ContentSha256).Distinct().ToListAsync(cancellationToken);
        var looksFrom = terms.Looks.Start(now);
        return new RetentionPlan(
            originals,
            [.. looks.Where(sha256 => looksFrom is not null && !contents.GetValueOrDefault(sha256, []).Any(verdict => verdict.DecidedAt >= looksFrom)).Order(StringComparer.Ordinal)],
            [.. verdicts.Where(verdict => verdict.DecidedAt < terms.Verdicts.Start(now) && !kept.Contains(verdict.ContentSha256)).Select(verdict => verdict.Id).Order(StringComparer.Ordinal)],
            await LeftPupilsAsync(db, terms.LeftPupils.Start(now), cancellationToken),
            await DoubtAsync(db, now, cancellationToken))
        {
            At = now,
            Letters = terms.Letters.Start(now) is { } from ? await EndedLetters(db, from).CountAsync(cancellationToken) : 0,
        };
    }

    private static IQueryable<Letter> EndedLetters(GateDb db, DateTimeOffset from) => db.Letters.Where(letter => letter.EndedAt < from);

    private static async Task<List<DuePupil>> LeftPupilsAsync(GateDb db, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        if (from is null)
        {
            return [];
        }

        var day = from.Value.Day();
        return await db.Pupils.AsNoTracking().Where(pupil => pupil.LeftOn < day).OrderBy(pupil => pupil.LeftOn).ThenBy(pupil => pupil.Key)
            .Select(pupil => new DuePupil(pupil.Key, pupil.FirstName, pupil.LeftOn!.Value)).ToListAsync(cancellationToken);
    }

    private static async Task<Text?> DoubtAsync(GateDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newest = new[]
        {
            await db.Verdicts.MaxAsync(verdict => (DateTimeOffset?)verdict.DecidedAt, cancellationToken),
            await db.RegisterImports.MaxAsync(import => (DateTimeOffset?)import.ImportedAt, cancellationToken),
            await db.ProtocolsInForce.MaxAsync(act => (DateTimeOffset?)act.Since, cancellationToken),
            await db.AuditEntries.MaxAsync(entry => (DateTimeOffset?)entry.At, cancellationToken),
        }.Max();
        var lastRun = await db.AuditEntries.Where(entry => entry.Kind == AuditKinds.RetentionDone).MaxAsync(entry => (DateTimeOffset?)entry.At, cancellationToken);
        return newest is { } ahead && now < ahead - ClocksDiffer ? Texts.Get("retention.clock-behind", ("now", Day(now)), ("newest", Day(ahead)))
            : (lastRun ?? newest) is { } last && now > last + LongestPause ? Texts.Get("retention.clock-ahead", ("now", Day(now)), ("last", Day(last)))
            : null;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record DatedVerdict(string Id, string ContentSha256, Outcome Outcome, DateTimeOffset DecidedAt);
}
