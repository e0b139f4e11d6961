using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Rounds;

/// <summary>The pupils that a round is about.</summary>
internal static class AskedPupils
{
    /// <summary>Everybody of the groups who is at school, and the pupils named besides.</summary>
    /// <exception cref="RoundRefusedException">A group has nobody, or a name fits nobody or several.</exception>
    public static async Task<IReadOnlyList<Pupil>> FindAsync(GateDb db, IReadOnlyList<string> groups, IReadOnlyList<string> entries, DateOnly today, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Pupil>();
        foreach (var group in groups)
        {
            var folded = NameFolding.Fold(group);
            var members = (await db.Pupils.AsNoTracking().Where(pupil => pupil.FoldedGroup == folded).ToListAsync(cancellationToken)).Where(pupil => pupil.IsAtSchool(today)).ToList();
            if (members.Count == 0)
            {
                throw new RoundRefusedException("groups", Texts.Get("round.mistake.group", ("group", group)));
            }

            members.ForEach(pupil => found[pupil.Key] = pupil);
        }

        var named = await NamedAsync(db, entries, today, cancellationToken);
        foreach (var pupil in named)
        {
            found[pupil.Key] = pupil;
        }

        return [.. found.Values.OrderBy(pupil => pupil.Key, StringComparer.Ordinal)];
    }

    /// <summary>Who is asked about pupils: their guardians, from 16 on the pupil; somebody without a name where the register knows nobody.</summary>
    /// <returns>Rows that are not added yet, by pupil, with the guardian of each; null where there is none.</returns>
    public static async Task<IReadOnlyList<(RoundInvitation Row, Guardian? Guardian)>> InviteAsync(GateDb db, long roundId, IReadOnlyList<Pupil> pupils, DateOnly today, CancellationToken cancellationToken)
    {
        var guardians = (await db.Guardians.AsNoTracking().OrderBy(guardian => guardian.Id).ToListAsync(cancellationToken)).ToLookup(guardian => guardian.PupilKey);
        var invited = new List<(RoundInvitation, Guardian?)>();
        foreach (var pupil in pupils)
        {
            var decides = pupil.BirthDate?.AddYears(ConsentQuestion.AgeOfDeciding) <= today;
            var known = guardians[pupil.Key].Where(guardian => guardian.IsPupil == decides).ToList();
            // Nobody is on record: staff print a link, or write down what comes on paper.
            invited.AddRange(known.Count == 0
                ? [(new RoundInvitation { RoundId = roundId, PupilKey = pupil.Key, Name = "", IsPupil = decides }, null)]
                : known.Select(guardian => (new RoundInvitation { RoundId = roundId, PupilKey = pupil.Key, GuardianId = guardian.Id, Name = guardian.Name, IsPupil = decides }, (Guardian?)guardian)));
        }

        return invited;
    }

    /// <summary>The pupils of these keys or names.</summary>
    /// <exception cref="RoundRefusedException">One fits nobody or several.</exception>
    public static async Task<IReadOnlyList<Pupil>> NamedAsync(GateDb db, IReadOnlyList<string> entries, DateOnly today, CancellationToken cancellationToken)
    {
        var named = await DeclaredPeople.FindAsync(db, new Declaration { People = entries }, today, cancellationToken);
        var wrong = named.NotFound.Concat(named.Adults.Select(adult => adult.FirstName)).Select(name => ("round.mistake.not-found", name)).Concat(named.Ambiguous.Select(name => ("round.mistake.ambiguous", name))).ToList();
        return wrong.Count == 0 ? [.. named.Pupils] : throw new RoundRefusedException("pupils", Texts.Get(wrong[0].Item1, ("name", wrong[0].name)));
    }
}
