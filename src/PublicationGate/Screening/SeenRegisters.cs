using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>How far the registers were when facts were looked up in them: an approval must not be kept that a no, or a picture taken back, has overtaken meanwhile.</summary>
/// <param name="Answer">Number of the newest answer.</param>
/// <param name="Import">Number of the newest import.</param>
/// <param name="TakenBack">Number of the newest picture taken back.</param>
/// <param name="Recording">Number of the newest recording with a purpose.</param>
/// <param name="InRound">Number of the newest answer in a round.</param>
internal sealed record SeenRegisters(long Answer, long Import, long TakenBack, long Recording, long InRound)
{
    /// <summary>How far they are now. Writers of all of them stand in line, so that their numbers are in the order of their commits.</summary>
    public static async Task<SeenRegisters> NowAsync(GateDb db, CancellationToken cancellationToken) => new(
        await db.Answers.MaxAsync(answer => (long?)answer.Id, cancellationToken) ?? 0,
        await db.RegisterImports.MaxAsync(import => (long?)import.Id, cancellationToken) ?? 0,
        await db.TakenBackPictures.MaxAsync(picture => (long?)picture.Id, cancellationToken) ?? 0,
        await db.Recordings.MaxAsync(recording => (long?)recording.Id, cancellationToken) ?? 0,
        await db.RoundAnswers.MaxAsync(answer => (long?)answer.Id, cancellationToken) ?? 0);

    /// <summary>Whether something was added since that facts may not know of: an answer about somebody in the photo, in the register or in a round, or anything of the other registers.</summary>
    public async Task<bool> AreOvertakenAsync(GateDb db, PhotoFacts facts, CancellationToken cancellationToken)
    {
        var now = await NowAsync(db, cancellationToken);
        if (now with { Answer = Answer, InRound = InRound } != this)
        {
            return true;
        }

        var (seen, inRound, keys) = (Answer, InRound, facts.Consent.Pupils.Select(pupil => pupil.Key).ToList());
        return (now.Answer != seen && await db.Answers.AnyAsync(answer => answer.Id > seen && keys.Contains(answer.PupilKey), cancellationToken))
            || (now.InRound != inRound && facts.Rounds?.Round is not null && await db.RoundAnswers.AnyAsync(answer => answer.Id > inRound && keys.Contains(answer.PupilKey), cancellationToken));
    }
}
