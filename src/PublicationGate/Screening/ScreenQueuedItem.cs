using System.Diagnostics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Screens an item of the queue that was claimed; verdict, audit entry and state of the queue are kept together, if the item is still the claimer's.</summary>
/// <param name="Claim">The item as it was claimed.</param>
/// <returns>The verdict; null when the lease was lost to another worker, whose verdict counts.</returns>
public sealed record ScreenQueuedItem(QueueItem Claim) : IRequest<Verdict?>, ILogged
{
    LogIds ILogged.LogIds => new() { ["item"] = Claim.Id };
}

/// <summary>Holds an item of the queue that cannot be screened.</summary>
/// <param name="Claim">The item as it was claimed.</param>
/// <param name="Reason">Why, for people.</param>
/// <returns>The verdict that holds it; null when the lease was lost.</returns>
public sealed record GiveUpQueuedItem(QueueItem Claim, Text Reason) : IRequest<Verdict?>, ILogged
{
    LogIds ILogged.LogIds => new() { ["item"] = Claim.Id };
}

/// <summary>A fact could not be found out for a reason that may pass; the item is tried again before it is held for that.</summary>
/// <param name="fact">Which one.</param>
public sealed class FactMissingException(string fact) : Exception("unknown: " + fact)
{
    /// <summary>Which one, as a word for logs.</summary>
    public string Fact { get; } = fact;
}

internal sealed class ScreenQueuedItemHandler(PhotoInspection inspection, RuleList rules, Protocol protocol, IContentStore store, QueueDecision decision, ScreeningQueue queue, GateDb db)
    : IRequestHandler<ScreenQueuedItem, Verdict?>
{
    public async Task<Verdict?> Handle(ScreenQueuedItem request, CancellationToken cancellationToken)
    {
        if (request.Claim.ProtocolVersion != protocol.Version)
        {
            // The protocol changed since it was claimed; it is carried over to the new one.
            await queue.ReleaseAsync(request.Claim, TimeSpan.Zero, cancellationToken);
            return null;
        }

        // All that takes time comes first, outside the transaction: writers wait for each other.
        var start = Stopwatch.GetTimestamp();
        var photo = QueuedPhoto.Read(request.Claim.Photo);
        // Before anything is looked up: what is added from here on may be missing in the facts.
        var seen = await SeenRegisters.NowAsync(db, cancellationToken);
        using var file = await photo.OpenAsync(request.Claim.ContentSha256, store, cancellationToken);
        var facts = await inspection.InspectAsync(file, photo.Declaration, photo.Review, cancellationToken);
        if (request.Claim.Attempts < queue.Options.MostAttempts && Missing(facts) is { } missing)
        {
            throw new FactMissingException(missing);
        }

        await KeepLookAsync(cancellationToken);
        var verdict = Verdict.Of(photo.Mistakes.Count == 0 ? facts : facts with { Obstacles = photo.Mistakes }, protocol, rules);
        return await decision.KeepAsync(request.Claim, verdict, seen, Audit.AuditKinds.ItemDecided, Stopwatch.GetElapsedTime(start), cancellationToken);
    }

    // What the photo itself cannot be blamed for.
    private static string? Missing(PhotoFacts facts) => facts switch
    {
        { Consent.Known: false } => "register",
        { Rounds.Known: false } => "rounds",
        { Recordings.Known: false } => "recordings",
        { TakenBack.Known: false } => "taken-back",
        { Wording.Known: false } => "texts",
        // Once more or a few times, not for ever: it may be the file that does it.
        { ImageProblem: Imaging.ImageProblem.DecoderFailed } => "decoder",
        { IntakeProblem: IntakeProblem.None, ImageProblem: Imaging.ImageProblem.None, Faces.Known: false } => "faces",
        _ => null,
    };

    // A look is kept for itself: it is true whatever becomes of the item, and another worker may have kept the same.
    private async Task KeepLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (!DatabaseFailure.IsPassing(failure))
        {
            db.ChangeTracker.Clear();
        }
    }
}

internal sealed class GiveUpQueuedItemHandler(RuleList rules, Protocol protocol, QueueDecision decision) : IRequestHandler<GiveUpQueuedItem, Verdict?>
{
    public Task<Verdict?> Handle(GiveUpQueuedItem request, CancellationToken cancellationToken)
    {
        var photo = QueuedPhoto.Read(request.Claim.Photo);
        var facts = new PhotoFacts
        {
            FileName = photo.FileName,
            FolderName = photo.FolderName,
            ContentSha256 = request.Claim.ContentSha256.Length == 0 ? null : request.Claim.ContentSha256,
            Declaration = photo.Declaration,
            Review = photo.Review,
            IntakeProblem = photo.Problem,
            Obstacles = [request.Reason, .. photo.Mistakes],
        };
        return decision.KeepAsync(request.Claim, Verdict.Of(facts, protocol, rules), null, Audit.AuditKinds.ItemGivenUp, TimeSpan.Zero, cancellationToken);
    }
}
