using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Publishing;
using PublicationGate.Screening;

namespace PublicationGate.Removal;

/// <summary>
/// Keeps the index of who and what is shown by standing releases, in the transaction of the verdict, and ends take-downs of what is released again. Registered
/// after <see cref="Releases"/>.
/// </summary>
internal sealed class StandingReleases(TimeProvider time) : INotificationHandler<ItemDecided>
{
    public async Task Handle(ItemDecided decided, CancellationToken cancellationToken)
    {
        var (db, verdict) = (decided.Db, decided.Verdict);
        // Those that this verdict released or withdrew: the handler before has changed them in this context.
        foreach (var release in db.Releases.Local.ToList())
        {
            await (release.WithdrawnAt is not null ? ForgetAsync(db, release, cancellationToken)
                : db.Entry(release).State == EntityState.Added ? AddAsync(db, release, verdict, cancellationToken)
                : Task.CompletedTask);
        }
    }

    /// <summary>Takes a release out of the index, in the transaction of the context.</summary>
    internal static async Task ForgetAsync(GateDb db, Release release, CancellationToken cancellationToken)
    {
        await db.ReleasedPupils.Where(row => row.ReleaseId == release.Id).ExecuteDeleteAsync(cancellationToken);
        await db.ReleasedPictures.Where(row => row.ReleaseId == release.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task AddAsync(GateDb db, Release release, Verdict verdict, CancellationToken cancellationToken)
    {
        db.ReleasedPupils.AddRange(verdict.Facts.Consent.Pupils.Select(pupil => new ReleasedPupil
        {
            ReleaseId = release.Id, PupilKey = pupil.Key, Channel = release.Channel, InGroupPhoto = pupil.InGroupPhoto, Individually = pupil.Individually, Name = pupil.Name,
            RoundId = verdict.Facts.Rounds?.Round?.Id,
        }));
        if (verdict.Facts.PictureHash is { } hash)
        {
            db.ReleasedPictures.Add(new ReleasedPicture { ReleaseId = release.Id, PictureHash = hash });
        }

        var (now, submission, channel) = (time.GetUtcNow(), release.SubmissionId, release.Channel);
        await db.TakeDowns.Where(row => row.SubmissionId == submission && row.Channel == channel && row.EndedAt == null && row.FollowedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndedBy, TakeDown.ReleasedAgain), cancellationToken);
    }
}
