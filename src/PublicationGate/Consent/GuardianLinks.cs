using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;

namespace PublicationGate.Consent;

/// <summary>Gives guardians their links to a pupil's answers, by mail or on paper, and ends them.</summary>
/// <param name="databases">Where register, links and letters are.</param>
/// <param name="time">The clock.</param>
public sealed class GuardianLinks(IDbContextFactory<GateDb> databases, TimeProvider time)
{
    /// <summary>Guardians with their pupils and what links they have, by first name of the pupil.</summary>
    /// <param name="pupils">Register keys.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<LinkedGuardian>> OfAsync(IReadOnlyCollection<string> pupils, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var found = await (from guardian in db.Guardians.AsNoTracking()
                           where pupils.Contains(guardian.PupilKey)
                           join pupil in db.Pupils.AsNoTracking() on guardian.PupilKey equals pupil.Key
                           select new { guardian, pupil }).ToListAsync(cancellationToken);
        var links = (await db.AccessLinks.AsNoTracking().Where(link => link.Purpose == LinkPurpose.Answers && pupils.Contains(link.Subject)).ToListAsync(cancellationToken)).ToLookup(link => link.GuardianId);
        // What waits to be sent: the key begins with whom it is for.
        var waiting = (await db.Letters.AsNoTracking().Where(letter => letter.Kind == LetterKind && letter.State == LetterState.Waiting).Select(letter => letter.Key).ToListAsync(cancellationToken))
            .Select(key => key[..(key.LastIndexOf('/') + 1)]).ToHashSet();
        return
        [
            .. found.OrderBy(one => one.pupil.FoldedFirstName, StringComparer.Ordinal).ThenBy(one => one.pupil.Key, StringComparer.Ordinal).ThenBy(one => one.guardian.Id).Select(one => new LinkedGuardian(
                one.guardian, one.pupil, links[one.guardian.Id].Where(link => link.RevokedAt is null && link.EndsAt > now).Max(link => (DateTimeOffset?)link.EndsAt),
                links[one.guardian.Id].Max(link => link.LastUsedAt), waiting.Contains(KeyOf(one.guardian.Id)))),
        ];
    }

    /// <summary>Writes each guardian who has an address a letter with a link; at most one a day.</summary>
    /// <param name="guardians">Their numbers.</param>
    /// <param name="terms">What the link is like.</param>
    /// <param name="by">Id of the account.</param>
    /// <param name="cancellationToken">Ends it; none was written then.</param>
    /// <returns>How many letters were written.</returns>
    public async Task<int> SendAsync(IReadOnlyCollection<long> guardians, LinkTerms terms, string by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var sent = 0;
        foreach (var (guardian, pupil) in (await AtSchoolAsync(db, guardians, now, cancellationToken)).Where(one => one.Guardian.Email is not null))
        {
            var key = KeyOf(guardian.Id) + now.Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (await db.Letters.AnyAsync(letter => letter.Key == key && letter.State != LetterState.Dropped, cancellationToken))
            {
                continue;
            }

            // One that was dropped, since the address was wrong, must not stand in the way of the next.
            var again = await db.Letters.CountAsync(letter => letter.Key.StartsWith(key), cancellationToken);
            var draft = new LetterDraft(again == 0 ? key : $"{key}-{again + 1}", guardian.Email!, guardian.Language, LetterKind)
            {
                Values = new Dictionary<string, string> { ["guardian"] = guardian.Name, ["name"] = pupil.FirstName, ["school"] = terms.School, ["until"] = Day(terms.EndOf(now)), ["pupil"] = pupil.Key },
                Link = new LinkDraft(LinkPurpose.Answers, pupil.Key, guardian.Id, terms.EndOf(now)),
            };
            await Letters.WriteAsync(db, draft, now, cancellationToken);
            await RegisterAudit.RecordAsync(db, new AuditTrail(time), AuditKinds.GuardianLinkMade, pupil.Key, guardian.Id, by, "mail", cancellationToken);
            sent++;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return sent;
    }

    /// <summary>Makes links to be printed. Nobody can read their tokens again.</summary>
    /// <inheritdoc cref="SendAsync" path="/param"/>
    /// <returns>The links, in the order of <see cref="OfAsync"/>; of pupils who left there are none.</returns>
    public async Task<IReadOnlyList<PaperLink>> MakeAsync(IReadOnlyCollection<long> guardians, LinkTerms terms, string by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var made = new List<PaperLink>();
        foreach (var (guardian, pupil) in await AtSchoolAsync(db, guardians, now, cancellationToken))
        {
            var (row, token) = AccessLink.Make(new(LinkPurpose.Answers, pupil.Key, guardian.Id, terms.EndOf(now)), now);
            db.AccessLinks.Add(row);
            await RegisterAudit.RecordAsync(db, new AuditTrail(time), AuditKinds.GuardianLinkMade, pupil.Key, guardian.Id, by, "paper", cancellationToken);
            made.Add(new(guardian, pupil, AccessLink.PathOf(LinkPurpose.Answers, token), row.EndsAt));
        }

        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>Ends all links of a guardian of a pupil, also those of rounds, and those in letters that were not sent.</summary>
    /// <returns>False when the pupil has no such guardian.</returns>
    public async Task<bool> EndAsync(string pupilKey, long guardian, string by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (!await db.Guardians.AnyAsync(row => row.Id == guardian && row.PupilKey == pupilKey, cancellationToken))
        {
            return false;
        }

        await EndAsync(db, [guardian], time.GetUtcNow(), cancellationToken);
        await RegisterAudit.RecordAsync(db, new AuditTrail(time), AuditKinds.GuardianLinksEnded, pupilKey, guardian, by, way: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private const int AtOnce = 500;

    /// <summary>Kind of the letters.</summary>
    internal const string LetterKind = "my-child";

    /// <summary>Ends the links of guardians, those of rounds too, in the transaction of the context.</summary>
    internal static async Task EndAsync(GateDb db, IReadOnlyCollection<long> guardians, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.AccessLinks.Where(link => link.Purpose != LinkPurpose.Request && link.RevokedAt == null && link.GuardianId != null && guardians.Contains(link.GuardianId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, now), cancellationToken);
        // Also those that a worker has, or that were given up: tried again they would go to the old address, each with a link made anew.
        var open = await db.Letters.Where(letter => letter.Link != null && (letter.State == LetterState.Waiting || letter.State == LetterState.Leased || letter.State == LetterState.Dead))
            .Select(letter => new { letter.Id, letter.Link }).ToListAsync(cancellationToken);
        foreach (var some in open.Where(letter => LinkDraft.Read(letter.Link!).GuardianId is { } guardian && guardians.Contains(guardian)).Select(letter => letter.Id).Chunk(AtOnce))
        {
            await db.Letters.Where(letter => some.Contains(letter.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(letter => letter.State, LetterState.Dropped).SetProperty(letter => letter.DueAt, (DateTimeOffset?)null).SetProperty(letter => letter.EndedAt, now)
                    .SetProperty(letter => letter.LeaseOwner, (string?)null).SetProperty(letter => letter.To, "").SetProperty(letter => letter.Values, "").SetProperty(letter => letter.Link, (string?)null), cancellationToken);
        }
    }

    /// <summary>Ends what an import ends: links of guardians who go or have another address, and of pupils who left. In the transaction of the context, before the changes are made.</summary>
    internal static async Task EndAsync(GateDb db, RegisterChanges changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = changes.Guardians.Changed.ToDictionary(guardian => guardian.Id, guardian => guardian.Email);
        var before = changed.Count == 0 ? [] : await db.Guardians.AsNoTracking().Where(guardian => changed.Keys.Contains(guardian.Id)).ToListAsync(cancellationToken);
        var left = changes.Left.Select(pupil => pupil.Key).ToList();
        var ofLeft = left.Count == 0 ? [] : await db.Guardians.Where(guardian => left.Contains(guardian.PupilKey)).Select(guardian => guardian.Id).ToListAsync(cancellationToken);
        var ended = changes.Guardians.Removed.Select(guardian => guardian.Id).Concat(before.Where(guardian => guardian.Email != changed[guardian.Id]).Select(guardian => guardian.Id)).Concat(ofLeft).Distinct().ToList();
        if (ended.Count > 0)
        {
            await EndAsync(db, ended, now, cancellationToken);
        }
    }

    private static string KeyOf(long guardian) => $"{LetterKind}/{guardian.ToString(CultureInfo.InvariantCulture)}/";

    private static string Day(DateTimeOffset instant) => instant.Day().ToString("dd-MM-yyyy", CultureInfo.InvariantCulture);

    private static async Task<List<(Guardian Guardian, Pupil Pupil)>> AtSchoolAsync(GateDb db, IReadOnlyCollection<long> guardians, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await (from guardian in db.Guardians.AsNoTracking()
                           where guardians.Contains(guardian.Id)
                           join pupil in db.Pupils.AsNoTracking() on guardian.PupilKey equals pupil.Key
                           select new { guardian, pupil }).ToListAsync(cancellationToken);
        return [.. found.Where(one => one.pupil.IsAtSchool(now.Day())).OrderBy(one => one.pupil.FoldedFirstName, StringComparer.Ordinal).ThenBy(one => one.pupil.Key, StringComparer.Ordinal)
            .ThenBy(one => one.guardian.Id).Select(one => (one.guardian, one.pupil))];
    }
}

/// <summary>What links to a pupil's answers are like.</summary>
/// <param name="Days">How long they hold.</param>
/// <param name="School">Name of the school, for the letter.</param>
public sealed record LinkTerms(int Days, string School)
{
    /// <summary>Until when one holds that is made now.</summary>
    public DateTimeOffset EndOf(DateTimeOffset now) => now.AddDays(Days);
}

/// <summary>A guardian with what links they have.</summary>
/// <param name="Guardian">The guardian.</param>
/// <param name="Pupil">The pupil.</param>
/// <param name="HoldsUntil">Until when a link of theirs holds; null when none does.</param>
/// <param name="LastUsedAt">When a link was last used; null for never.</param>
/// <param name="IsWaiting">A letter with a link waits to be sent.</param>
public sealed record LinkedGuardian(Guardian Guardian, Pupil Pupil, DateTimeOffset? HoldsUntil, DateTimeOffset? LastUsedAt, bool IsWaiting);

/// <summary>A link to be printed.</summary>
/// <param name="Guardian">For whom.</param>
/// <param name="Pupil">About whom.</param>
/// <param name="Path">Its path, token included.</param>
/// <param name="EndsAt">Until when it holds.</param>
public sealed record PaperLink(Guardian Guardian, Pupil Pupil, string Path, DateTimeOffset EndsAt);
