using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;

namespace PublicationGate.Rounds;

/// <summary>Letters about rounds, in the transaction of what they tell of.</summary>
internal static class RoundLetters
{
    /// <summary>Writes to those of the invited who have an e-mail address.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>.</param>
    /// <param name="round">The round.</param>
    /// <param name="invited">To whom; their rows are saved already.</param>
    /// <param name="kind">Which letter.</param>
    /// <param name="occasion">Tells this letter from others about the same invitation.</param>
    /// <param name="school">Name of the school.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends the look for addresses.</param>
    /// <returns>How many letters there are.</returns>
    public static async Task<int> WriteAsync(
        GateDb db, Round round, IReadOnlyList<RoundInvitation> invited, string kind, string occasion, string school, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var addresses = (await db.Guardians.AsNoTracking().Where(guardian => guardian.Email != null).ToListAsync(cancellationToken)).ToDictionary(guardian => guardian.Id);
        var names = (await (from row in db.RoundPupils where row.RoundId == round.Id join pupil in db.Pupils.AsNoTracking() on row.PupilKey equals pupil.Key select pupil).ToListAsync(cancellationToken))
            .Where(pupil => pupil.IsAtSchool(now.Day())).ToDictionary(pupil => pupil.Key, pupil => pupil.FirstName);
        var start = $"round-{round.Id}-{occasion}";
        var dropped = (await db.Letters.Where(letter => letter.Key.StartsWith(start) && letter.State == LetterState.Dropped).Select(letter => letter.Key).ToListAsync(cancellationToken)).ToHashSet();
        var written = 0;
        foreach (var invitation in invited)
        {
            if (invitation.GuardianId is not { } id || !addresses.TryGetValue(id, out var guardian) || guardian.PupilKey != invitation.PupilKey || !names.TryGetValue(invitation.PupilKey, out var name))
            {
                continue;
            }

            var key = $"{start}-{invitation.Id}";
            // One that was dropped, since the address was wrong, must not stand in the way of the next.
            for (var again = 2; dropped.Contains(key); again++)
            {
                key = $"{start}+{again}-{invitation.Id}";
            }

            await Letters.WriteAsync(db, new LetterDraft(key, guardian.Email!, guardian.Language, kind)
            {
                Values = new Dictionary<string, string>
                {
                    ["school"] = school, ["name"] = name, ["round"] = round.Name, ["organisation"] = round.Organisation,
                    ["deadline"] = DayTexts.InLetters(round.Deadline).In(guardian.Language), ["explanation"] = Asked(round),
                },
                Link = new LinkDraft(LinkPurpose.Round, $"{invitation.Id}", guardian.Id, round.LinksEndAt),
            }, now, cancellationToken);
            written++;
        }

        return written;
    }

    /// <summary>Numbers of the invitations of a round whose letter is written but not sent yet.</summary>
    public static async Task<IReadOnlySet<long>> WaitingAsync(GateDb db, long roundId, CancellationToken cancellationToken)
    {
        var keys = await Of(db, roundId).Where(letter => letter.State == LetterState.Waiting || letter.State == LetterState.Leased).Select(letter => letter.Key).ToListAsync(cancellationToken);
        return keys.Select(key => long.Parse(key[(key.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture)).ToHashSet();
    }

    /// <summary>Ends the letters of a round that were not sent: what they ask can be answered no more.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> DropAsync(GateDb db, long roundId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Those given up as well, or somebody has them tried again; and those under way, since an attempt that fails would bring them back.
        var unsent = await Of(db, roundId).Where(letter => letter.State != LetterState.Sent && letter.State != LetterState.Dropped).ToListAsync(cancellationToken);
        foreach (var letter in unsent)
        {
            (letter.State, letter.DueAt, letter.LeaseOwner, letter.EndedAt) = (LetterState.Dropped, null, null, now);
            (letter.To, letter.Values, letter.Link, letter.Ground) = ("", "", null, Texts.Get("round.letter.dropped").Nl);
        }

        return unsent.Count;
    }

    // One value: letters of before the question was in them still wait, and a letter with a gap is given up.
    private static string Asked(Round round) => round.Question is { } question ? $"{round.Explanation}\n\n{question}" : round.Explanation;

    private static IQueryable<Letter> Of(GateDb db, long roundId)
    {
        var (first, again) = ($"round-{roundId}-invitation", $"round-{roundId}-reminder");
        return db.Letters.Where(letter => letter.Key.StartsWith(first) || letter.Key.StartsWith(again));
    }
}
