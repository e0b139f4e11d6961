using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Mailing;

namespace PublicationGate.Removal;

/// <summary>
/// Tells website managers and guardians what became of the pictures that a no hid, once all of them are decided. Found by looking at take-downs of which
/// nobody was told, whichever entrance the no came by, so that a crash loses none and tells nothing twice.
/// </summary>
/// <param name="db">A context without changes.</param>
/// <param name="audit">What is told of.</param>
/// <param name="time">The clock.</param>
public sealed class WithdrawalReports(GateDb db, AuditTrail audit, TimeProvider time)
{
    /// <summary>Tells of each no whose pictures are decided.</summary>
    /// <returns>How many of them there were.</returns>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        // Looked at without a lock first: what waits for a verdict may wait for long.
        if ((await DecidedAsync(cancellationToken)).Count == 0)
        {
            return 0;
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var decided = await DecidedAsync(cancellationToken);
        foreach (var withdrawal in decided)
        {
            await TellAsync(withdrawal, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return decided.Count;
    }

    // What one person said at one moment is one withdrawal, however many answers it took.
    private async Task<List<Withdrawal>> DecidedAsync(CancellationToken cancellationToken)
    {
        var hidden = await (from takeDown in db.TakeDowns.AsNoTracking()
                            where takeDown.ToldAt == null && takeDown.AnswerId != null
                            join answer in db.Answers.AsNoTracking() on takeDown.AnswerId equals (long?)answer.Id into answers
                            from answer in answers.DefaultIfEmpty()
                            join submission in db.Submissions.AsNoTracking() on takeDown.SubmissionId equals submission.Id into submissions
                            from submission in submissions.DefaultIfEmpty()
                            orderby takeDown.Id
                            select new { takeDown, answer, IsDecided = takeDown.FollowedAt != null && (submission == null || submission.Outcome != null) }).ToListAsync(cancellationToken);
        return
        [
            .. hidden.GroupBy(one => one.answer is null ? null : new { one.answer.PupilKey, By = NameFolding.Fold(one.answer.GivenBy), IsPupil = one.answer.By == AnswerBy.Pupil, one.answer.RecordedAt })
                .Where(act => act.All(one => one.IsDecided)).Select(act => new Withdrawal(act.First().answer, [.. act.Select(one => one.takeDown)])),
        ];
    }

    private async Task TellAsync(Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        db.TakeDowns.AttachRange(withdrawal.TakeDowns);
        withdrawal.TakeDowns.ForEach(row => row.ToldAt = now);
        // Erased meanwhile: nobody is left to tell, and the take-downs stand on their page.
        if (withdrawal.Answer is not { } answer)
        {
            return;
        }

        var pictures = WithdrawnPictures.Of(withdrawal.TakeDowns);
        var standing = await WithdrawnPictures.StandingAsync(db, answer.PupilKey, cancellationToken);
        var key = string.Create(CultureInfo.InvariantCulture, $"withdrawal/{withdrawal.TakeDowns[0].Id}");
        await Letters.WriteToRolesAsync(db, Roles.WebsiteManager, new LetterDraft(key, "", "", "withdrawal-staff") { Values = ForStaff(withdrawal, pictures), Spoken = Channels(withdrawal) }, now, cancellationToken);
        var guardians = await GuardiansAsync(answer, cancellationToken);
        var pupil = await db.Pupils.AsNoTracking().SingleAsync(row => row.Key == answer.PupilKey, cancellationToken);
        foreach (var guardian in guardians)
        {
            await Letters.WriteAsync(db, new LetterDraft($"{key}/guardian-{guardian.Id}", guardian.Email!, guardian.Language, "withdrawal") { Values = For(guardian, pupil, pictures, standing), Spoken = Channels(withdrawal) }, now, cancellationToken);
        }

        var details = new Dictionary<string, string> { ["hidden"] = $"{withdrawal.TakeDowns.Count}", ["taken-down"] = $"{pictures.TakenDown}", ["letters"] = $"{guardians.Count}" };
        await audit.AppendAsync(db, AuditKinds.WithdrawalTold, await PersonKey.PseudonymAsync(db, PersonKey.OfPupil(answer.PupilKey), cancellationToken), details, cancellationToken);
    }

    // Who answered; where that is nobody of the list, as with "father" on an old form, everybody on it.
    private async Task<List<Guardian>> GuardiansAsync(Answer answer, CancellationToken cancellationToken)
    {
        var all = await db.Guardians.AsNoTracking().Where(guardian => guardian.PupilKey == answer.PupilKey).ToListAsync(cancellationToken);
        var own = all.FindAll(guardian => GuardianView.IsBy(guardian, answer));
        return (own.Count > 0 ? own : all).FindAll(guardian => guardian.Email is not null);
    }

    // Numbers and channels: a letter is no place for names of files.
    private static Dictionary<string, string> ForStaff(Withdrawal withdrawal, WithdrawnPictures pictures) => new()
    {
        ["hidden"] = $"{withdrawal.TakeDowns.Count}",
        ["down"] = $"{pictures.TakenDown}",
        ["again"] = $"{pictures.Shown}",
        ["ids"] = string.Join(", ", withdrawal.TakeDowns.Where(row => row.EndedBy != TakeDown.ReleasedAgain).Select(row => row.Id).DefaultIfEmpty().Select(id => id == 0 ? "–" : $"{id}")),
    };

    private static Dictionary<string, string> For(Guardian guardian, Pupil pupil, WithdrawnPictures pictures, int standing) => new()
    {
        ["guardian"] = guardian.Name,
        ["name"] = pupil.FirstName,
        ["down"] = $"{pictures.TakenDown}",
        ["stay"] = $"{standing}",
        // By this erasure finds the letter, however common the first name is.
        ["pupil"] = pupil.Key,
    };

    private static Dictionary<string, Text> Channels(Withdrawal withdrawal)
    {
        var names = withdrawal.Channels.Select(Texts.ChannelName).ToList();
        return new() { ["channels"] = new(string.Join(", ", names.Select(name => name.Nl)), string.Join(", ", names.Select(name => name.En))) };
    }

    private sealed record Withdrawal(Answer? Answer, List<TakeDown> TakeDowns)
    {
        public IEnumerable<string> Channels => TakeDowns.Select(row => row.Channel).Distinct().Order(StringComparer.Ordinal);
    }
}
