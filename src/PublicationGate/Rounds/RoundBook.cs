using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;

namespace PublicationGate.Rounds;

/// <summary>Reads rounds in the gate's database. Safe for concurrent use.</summary>
/// <param name="databases">Where they are.</param>
/// <param name="time">The clock.</param>
public sealed class RoundBook(IDbContextFactory<GateDb> databases, TimeProvider time)
{
    /// <summary>What a round says of the pupils of a photo.</summary>
    /// <param name="id">Number of the round.</param>
    /// <param name="pupils">Register keys.</param>
    /// <param name="asOf">The instant of looking.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public async Task<RoundFacts> FindAsync(long id, IReadOnlyCollection<string> pupils, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(round => round.Id == id, cancellationToken) is not { } round)
        {
            return new RoundFacts();
        }

        var sought = pupils.ToHashSet();
        var (answers, former) = (await AnswersAsync(db, id, cancellationToken), await FormerAsync(db, id, cancellationToken));
        var asked = (await PupilsOf(db, id).ToListAsync(cancellationToken)).Where(pupil => sought.Contains(pupil.Key)).OrderBy(pupil => pupil.Key, StringComparer.Ordinal);
        return new RoundFacts
        {
            Round = new SeenRound(round.Id, round.Name, round.Channel, round.Kind, round.Scope, round.StateAt(asOf), round.Deadline),
            Pupils = [.. asked.Select(pupil => new PupilInRound(pupil.Key, AnswersInRound.Weigh(Counting(answers[pupil.Key], former), pupil.BirthDate, asOf)))],
        };
    }

    /// <summary>All rounds with how far they are: open ones first, then drafts, then closed ones; of each the newest first.</summary>
    public async Task<IReadOnlyList<RoundLine>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var pupils = (await db.RoundPupils.GroupBy(row => row.RoundId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken)).ToDictionary(group => group.Key, group => group.Count);
        var answered = (await db.RoundAnswers.Select(answer => new { answer.RoundId, answer.PupilKey }).Distinct().GroupBy(row => row.RoundId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken))
            .ToDictionary(group => group.Key, group => group.Count);
        var now = time.GetUtcNow();
        return [.. (await db.Rounds.AsNoTracking().ToListAsync(cancellationToken))
            .Select(round => new RoundLine(round, round.StateAt(now), pupils.GetValueOrDefault(round.Id), answered.GetValueOrDefault(round.Id)))
            .OrderBy(line => line.State switch { RoundState.Open => 0, RoundState.Draft => 1, _ => 2 }).ThenByDescending(line => line.Round.Id)];
    }

    /// <summary>A round with all whom it is about; null when there is none of this number.</summary>
    public async Task<RoundResult?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        return await ReadAsync(db, id, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>What opening a draft would do today.</summary>
    /// <exception cref="RoundRefusedException">A group of it has nobody, or a pupil is gone.</exception>
    public async Task<OpenedRound> PreviewAsync(Round draft, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var pupils = await AskedPupils.FindAsync(db, RoundDraft.Lines(draft.Groups), RoundDraft.Lines(draft.Keys), time.Today(), cancellationToken);
        var invited = await AskedPupils.InviteAsync(db, draft.Id, pupils, time.Today(), cancellationToken);
        return new(pupils.Count, invited.Count, invited.Count(one => one.Guardian?.Email is not null));
    }

    /// <summary>How many people's letters of a round are not sent yet.</summary>
    public async Task<int> CountWaitingAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await RoundLetters.WaitingAsync(db, id, cancellationToken)).Count;
    }

    /// <summary>The language to ask parents in: Dutch, unless all on record read English.</summary>
    public async Task<string> LanguageOfParentsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Guardians.AnyAsync(cancellationToken) && await db.Guardians.AllAsync(guardian => guardian.Language == "en", cancellationToken) ? "en" : "nl";
    }

    /// <summary><see cref="ReadAsync(long, CancellationToken)"/> in a transaction of the caller's.</summary>
    internal static async Task<RoundResult?> ReadAsync(GateDb db, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(round => round.Id == id, cancellationToken) is not { } round)
        {
            return null;
        }

        var (answers, former) = (await AnswersAsync(db, id, cancellationToken), await FormerAsync(db, id, cancellationToken));
        var invitations = (await db.RoundInvitations.AsNoTracking().Where(invitation => invitation.RoundId == id).OrderBy(invitation => invitation.Id).ToListAsync(cancellationToken)).ToLookup(invitation => invitation.PupilKey);
        var pupils = (await PupilsOf(db, id).ToListAsync(cancellationToken))
            .OrderBy(pupil => pupil.FoldedGroup, StringComparer.Ordinal).ThenBy(pupil => pupil.FoldedFullName, StringComparer.Ordinal).ThenBy(pupil => pupil.Key, StringComparer.Ordinal);
        return new RoundResult(round, round.StateAt(now), [.. pupils.Select(pupil => new RoundPupilResult(
            pupil, AnswersInRound.Weigh(Counting(answers[pupil.Key], former), pupil.BirthDate, now),
            [.. invitations[pupil.Key].Select(invitation => new InvitedGuardian(invitation, answers[pupil.Key].LastOrDefault(answer => answer.InvitationId == invitation.Id), pupil.IsAtSchool(now.Day()) && !former.Contains(invitation.Id)))]))]);
    }

    /// <summary>Whether who was asked may answer still: a guardian of the pupil, who is at school. Where the register knew nobody it is whoever was given the link.</summary>
    public static async Task<bool> MayAnswerAsync(GateDb db, RoundInvitation invitation, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await db.Pupils.AsNoTracking().SingleAsync(pupil => pupil.Key == invitation.PupilKey, cancellationToken)).IsAtSchool(now.Day())
            && !await Former(db).AnyAsync(row => row.Id == invitation.Id, cancellationToken);

    /// <summary>Who was asked as a guardian of a pupil and is none any more.</summary>
    internal static IQueryable<RoundInvitation> Former(GateDb db) =>
        db.RoundInvitations.Where(row => row.GuardianId != null && !db.Guardians.Any(guardian => guardian.Id == row.GuardianId && guardian.PupilKey == row.PupilKey));

    private static async Task<HashSet<long>> FormerAsync(GateDb db, long id, CancellationToken cancellationToken) =>
        (await Former(db).Where(row => row.RoundId == id).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();

    // The yes of who is no guardian any more lets nothing be shown. Their no stands: it is safer to heed one too many.
    private static IEnumerable<RoundAnswer> Counting(IEnumerable<RoundAnswer> answers, HashSet<long> former) =>
        answers.GroupBy(answer => answer.InvitationId).Where(one => !former.Contains(one.Key) || !one.Last().IsYes).SelectMany(one => one);

    private static IQueryable<Pupil> PupilsOf(GateDb db, long id) => from row in db.RoundPupils where row.RoundId == id join pupil in db.Pupils.AsNoTracking() on row.PupilKey equals pupil.Key select pupil;

    private static async Task<ILookup<string, RoundAnswer>> AnswersAsync(GateDb db, long id, CancellationToken cancellationToken) =>
        (await db.RoundAnswers.AsNoTracking().Where(answer => answer.RoundId == id).OrderBy(answer => answer.Id).ToListAsync(cancellationToken)).ToLookup(answer => answer.PupilKey);
}

/// <summary>A round in a list.</summary>
/// <param name="Round">The round.</param>
/// <param name="State">How far it is.</param>
/// <param name="Pupils">How many pupils it is about; 0 for a draft.</param>
/// <param name="Answered">For how many of them somebody answered.</param>
public sealed record RoundLine(Round Round, RoundState State, int Pupils, int Answered);

/// <summary>A round with its answers.</summary>
/// <param name="Round">The round.</param>
/// <param name="State">How far it is.</param>
/// <param name="Pupils">Whom it is about, by group and name; empty for a draft.</param>
public sealed record RoundResult(Round Round, RoundState State, IReadOnlyList<RoundPupilResult> Pupils)
{
    /// <summary>For how many pupils somebody answered.</summary>
    public int Answered => Pupils.Count(pupil => pupil.IsAnswered);

    /// <summary>How many pupils the answers come to this for.</summary>
    public int CountOf(ConsentState state) => Pupils.Count(pupil => pupil.Answer == state);
}

/// <summary>A pupil of a round.</summary>
/// <param name="Pupil">The pupil.</param>
/// <param name="Answer">What the answers come to.</param>
/// <param name="Invited">Who was asked, with their latest answers.</param>
public sealed record RoundPupilResult(Pupil Pupil, ConsentState Answer, IReadOnlyList<InvitedGuardian> Invited)
{
    /// <summary>Somebody answered.</summary>
    public bool IsAnswered => Invited.Any(guardian => guardian.Latest is not null);
}

/// <summary>Somebody who was asked.</summary>
/// <param name="Invitation">How.</param>
/// <param name="Latest">The latest answer; null while there is none.</param>
/// <param name="MayAnswer">False for who is no guardian any more, or whose pupil left: a yes of theirs is not taken.</param>
public sealed record InvitedGuardian(RoundInvitation Invitation, RoundAnswer? Latest, bool MayAnswer);
