using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;

namespace PublicationGate.Removal;

/// <summary>What became of the pictures that somebody's no hid. A picture on two channels counts twice.</summary>
/// <param name="InLook">Hidden; whether they may come back is being looked at.</param>
/// <param name="BeingRemoved">Hidden; that they are gone everywhere is being seen to.</param>
/// <param name="Gone">Gone everywhere.</param>
/// <param name="Shown">Shown again, since all answers allow them.</param>
public sealed record WithdrawnPictures(int InLook, int BeingRemoved, int Gone, int Shown)
{
    /// <summary>Those that are not shown any more.</summary>
    public int TakenDown => InLook + BeingRemoved + Gone;

    /// <summary>What one guardian's answers about a pupil hid, ever.</summary>
    /// <param name="db">The gate's database.</param>
    /// <param name="guardian">The guardian.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<WithdrawnPictures> OfAsync(GateDb db, Guardian guardian, CancellationToken cancellationToken)
    {
        var hidden = await (from takeDown in db.TakeDowns.AsNoTracking()
                            join answer in db.Answers.AsNoTracking() on takeDown.AnswerId equals (long?)answer.Id
                            where answer.PupilKey == guardian.PupilKey
                            select new { takeDown, answer }).ToListAsync(cancellationToken);
        return Of(hidden.Where(one => GuardianView.IsBy(guardian, one.answer)).Select(one => one.takeDown));
    }

    /// <summary>How many pictures of a pupil are shown now.</summary>
    public static Task<int> StandingAsync(GateDb db, string pupilKey, CancellationToken cancellationToken) =>
        db.ReleasedPupils.CountAsync(row => row.PupilKey == pupilKey && db.Releases.Any(release => release.Id == row.ReleaseId && release.WithdrawnAt == null), cancellationToken);

    /// <summary>What became of some.</summary>
    internal static WithdrawnPictures Of(IEnumerable<TakeDown> takeDowns)
    {
        var counts = takeDowns.CountBy(row => row.EndedBy == TakeDown.ReleasedAgain ? 3 : row.EndedAt is not null ? 2 : row.ToldAt is not null ? 1 : 0).ToDictionary();
        return new(counts.GetValueOrDefault(0), counts.GetValueOrDefault(1), counts.GetValueOrDefault(2), counts.GetValueOrDefault(3));
    }
}
