using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Publishing;
using PublicationGate.TakenBack;

namespace PublicationGate.Removal;

/// <summary>Takes a picture back: hides every standing release of it and of copies of it, and has it never come again, until that is lifted.</summary>
/// <param name="ContentSha256">SHA-256 of its bytes.</param>
/// <param name="Hash">What it looks like; null when that cannot be told: then only these bytes are known again.</param>
/// <param name="For">At whose wish.</param>
/// <param name="Ground">Why.</param>
/// <param name="By">Id of the account, or where it is done.</param>
/// <param name="SubmissionId">The submission that it is taken back from; null when a file was given.</param>
/// <returns>The picture, and how many releases were hidden.</returns>
/// <exception cref="RemovalRefusedException">There is no ground, or one that is too long.</exception>
public sealed record TakeBackPicture(string ContentSha256, PictureHash? Hash, TakenBackFor For, string Ground, string By, string? SubmissionId = null) : IRequest<(TakenBackPicture Picture, int Hidden)>;

/// <summary>Lets a picture come again that was taken back. What was hidden stays hidden until somebody submits it anew.</summary>
/// <param name="Id">Its number on the list.</param>
/// <param name="Ground">Why.</param>
/// <param name="By">Id of the account, or where it is done.</param>
/// <returns>The picture; null when none of that number must stay away.</returns>
/// <exception cref="RemovalRefusedException">There is no ground, or one that is too long.</exception>
public sealed record LiftPicture(long Id, string Ground, string By) : IRequest<TakenBackPicture?>;

/// <summary>Notes that a hidden picture is gone where it was posted.</summary>
/// <param name="Id">Number of the take-down.</param>
/// <param name="By">Id of the account, or where it is done.</param>
/// <returns>The take-down; null when none of that number is open.</returns>
public sealed record EndTakeDown(long Id, string By) : IRequest<TakeDown?>;

internal sealed class TakeBackPictureHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<TakeBackPicture, (TakenBackPicture Picture, int Hidden)>
{
    public async Task<(TakenBackPicture Picture, int Hidden)> Handle(TakeBackPicture request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var (picture, hidden) = await TakeBackAsync(db, audit, time, request, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (picture, hidden.Count);
    }

    /// <summary>Takes a picture back in the transaction of the context.</summary>
    /// <returns>The picture, and the releases that were hidden.</returns>
    /// <inheritdoc cref="TakeBackPicture" path="/exception"/>
    internal static async Task<(TakenBackPicture Picture, IReadOnlyList<Release> Hidden)> TakeBackAsync(GateDb db, AuditTrail audit, TimeProvider time, TakeBackPicture request, CancellationToken cancellationToken)
    {
        var ground = RemovalRefusedException.GroundOf(request.Ground);
        var picture = new TakenBackPicture
        {
            ContentSha256 = request.ContentSha256, PictureHash = request.Hash, At = time.GetUtcNow(), For = request.For, Ground = ground, By = request.By, SubmissionId = request.SubmissionId,
        };
        db.TakenBackPictures.Add(picture);
        var releases = await StandingAsync(db, request, cancellationToken);
        Hide(db, releases, TakeDownWhy.TakenBack, time.GetUtcNow());
        // Its number is given by the database, and the trail tells of it by that.
        await db.SaveChangesAsync(cancellationToken);
        var details = new Dictionary<string, string> { ["by"] = request.By, ["content"] = request.ContentSha256, ["hidden"] = $"{releases.Count}", ["submission"] = request.SubmissionId ?? "" };
        await audit.AppendAsync(db, AuditKinds.PictureTakenBack, $"taken-back-{picture.Id}", details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return (picture, releases);
    }

    /// <summary>Withdraws releases, and leaves a take-down for each to be followed. In the transaction of the context.</summary>
    internal static void Hide(GateDb db, IReadOnlyList<Release> releases, TakeDownWhy why, DateTimeOffset now)
    {
        foreach (var release in releases)
        {
            release.WithdrawnAt = now;
            db.TakeDowns.Add(new TakeDown { ReleaseId = release.Id, SubmissionId = release.SubmissionId, Channel = release.Channel, Why = why, HiddenAt = now });
        }
    }

    private static async Task<List<Release>> StandingAsync(GateDb db, TakeBackPicture request, CancellationToken cancellationToken)
    {
        var copies = request.Hash is null ? [] : await CopiesAsync(db, request.Hash, cancellationToken);
        return await db.Releases.Where(release => release.WithdrawnAt == null && (release.ContentSha256 == request.ContentSha256 || copies.Contains(release.Id))).ToListAsync(cancellationToken);
    }

    // Doubtful copies too: they are hidden, and then held for a person to look at.
    private static async Task<List<string>> CopiesAsync(GateDb db, PictureHash hash, CancellationToken cancellationToken)
    {
        var pictures = await db.ReleasedPictures.AsNoTracking().ToListAsync(cancellationToken);
        return [.. new PictureHashIndex([.. pictures.Select(picture => picture.PictureHash)]).Find(hash).Select(found => pictures[found.Picture].ReleaseId)];
    }
}

internal sealed class LiftPictureHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<LiftPicture, TakenBackPicture?>
{
    public async Task<TakenBackPicture?> Handle(LiftPicture request, CancellationToken cancellationToken)
    {
        var ground = RemovalRefusedException.GroundOf(request.Ground);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.TakenBackPictures.SingleOrDefaultAsync(picture => picture.Id == request.Id && picture.LiftedAt == null, cancellationToken) is not { } picture)
        {
            return null;
        }

        picture.Lift(time.GetUtcNow(), ground, request.By);
        await audit.AppendAsync(db, AuditKinds.PictureLifted, $"taken-back-{picture.Id}", new Dictionary<string, string> { ["by"] = request.By }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return picture;
    }
}

internal sealed class EndTakeDownHandler(GateDb db, AuditTrail audit, TimeProvider time) : IRequestHandler<EndTakeDown, TakeDown?>
{
    public async Task<TakeDown?> Handle(EndTakeDown request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.TakeDowns.SingleOrDefaultAsync(row => row.Id == request.Id && row.EndedAt == null, cancellationToken) is not { } takeDown)
        {
            return null;
        }

        (takeDown.EndedAt, takeDown.EndedBy) = (time.GetUtcNow(), request.By);
        await audit.AppendAsync(db, AuditKinds.TakeDownEnded, takeDown.ReleaseId, new Dictionary<string, string> { ["by"] = request.By, ["channel"] = takeDown.Channel }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return takeDown;
    }
}
