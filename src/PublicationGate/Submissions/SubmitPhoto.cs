using MediatR;
using PublicationGate.Audit;
using PublicationGate.Confirmations;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Submissions;

/// <summary>Takes in a photo that somebody submits, whose bytes the store has already or could not take; it is screened as soon as its turn comes. A refusal of the same bytes that stands elsewhere stands here too.</summary>
/// <param name="Content">What the store made of the bytes.</param>
/// <param name="FileName">Name of the file, without folders.</param>
/// <param name="Declaration">What is said of it.</param>
/// <param name="Source">The entrance.</param>
/// <param name="SubmitterId">Id of the account.</param>
/// <param name="AlbumId">The album that it belongs to; null for one of its own.</param>
/// <returns>The submission; wait for its verdict with <see cref="ScreeningQueue.Decisions"/>.</returns>
/// <exception cref="QueueFullException">Too many photos wait.</exception>
public sealed record SubmitPhoto(StoredContent Content, string FileName, Declaration Declaration, SubmissionSource Source, string SubmitterId, string? AlbumId = null) : IRequest<Submission>;

internal sealed class SubmitPhotoHandler(
    GateDb db, ScreeningQueue queue, IContentStore store, AuditTrail audit, ConfirmationBook confirmations, Protocol protocol, SubmissionOptions options, TimeProvider time, IMediator mediator) : IRequestHandler<SubmitPhoto, Submission>
{
    public async Task<Submission> Handle(SubmitPhoto request, CancellationToken cancellationToken)
    {
        if (await queue.CountUndecidedAsync(store.Id, cancellationToken) is var waiting && waiting >= options.MostWaiting)
        {
            throw new QueueFullException(waiting);
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var sha256 = request.Content.Sha256 ?? "";
        var photo = new QueuedPhoto { FileName = request.FileName, Declaration = request.Declaration, Problem = request.Content.Problem, Length = request.Content.Length };
        var refusal = await StandingRefusals.FindAsync(db, sha256, cancellationToken);
        var item = await queue.AddAsync(db, sha256, refusal is null ? photo : photo with { Review = new() { Refusal = refusal } }, protocol.Version, store.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await Submission.MoveAllAsync(db, item.Id, item.Id, cancellationToken);
        var submission = Of(request, sha256, item);
        db.Submissions.Add(submission);
        var details = new Dictionary<string, string> { ["by"] = request.SubmitterId, ["content"] = sha256, ["declaration"] = item.DeclarationSha256, ["item"] = $"item-{item.Id}" };
        await audit.AppendAsync(db, AuditKinds.PhotoSubmitted, submission.Id, details, cancellationToken);
        await confirmations.OfPhotoAsync(db, submission.Id, request.SubmitterId, request.Declaration.Confirms, protocol.Version, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (refusal is not null)
        {
            await mediator.Publish(new RefusalCarriedOver(db, submission, refusal, photo), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        queue.Added.Raise();
        GateMetrics.Took(request.Source);
        return submission;
    }

    private Submission Of(SubmitPhoto request, string sha256, QueueItem item)
    {
        var id = Submission.NewId(time.GetUtcNow());
        return new Submission
        {
            Id = id, SubmittedAt = time.GetUtcNow(), Source = request.Source, SubmitterId = request.SubmitterId, AlbumId = request.AlbumId ?? id, FileName = request.FileName,
            ContentSha256 = sha256, Channel = request.Declaration.Channel, Activity = request.Declaration.Activity, QueueItemId = item.Id,
        };
    }
}
