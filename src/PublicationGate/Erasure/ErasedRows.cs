using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Publishing;
using PublicationGate.Removal;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Watching;

namespace PublicationGate.Erasure;

/// <summary>A table of which every row goes that mentions the person, or that is of a photo that shows the person.</summary>
internal abstract class ErasedRows(string name)
{
    /// <summary>
    /// The tables, all but those that erasure treats in a way of their own. A new table that may hold a person's name, a declaration or the hash
    /// of a photo gets one line here.
    /// </summary>
    public static IReadOnlyList<ErasedRows> All { get; } =
    [
        new ErasedRows<ReviewAct>("review-acts", db => db.ReviewActs, act => [act.Words, act.Before], _ => null),
        new ErasedRows<ReleasedPupil>("released-pupils", db => db.ReleasedPupils, row => [row.PupilKey], _ => null),
        new ErasedPublications(),
        new ErasedRounds(),
        new ErasedAddresses(),
        new ErasedRows<AccessLink>("access-links", db => db.AccessLinks, link => [link.Purpose == LinkPurpose.Answers ? link.Subject : null], _ => null),
        new ErasedRows<Letter>("letters", db => db.Letters, letter => [letter.Values, letter.Link, letter.Ground], _ => null),
        new ErasedRequests(),
        new ErasedRows<Release>("releases", db => db.Releases, _ => [], release => release.ContentSha256),
        new ErasedRows<Submission>("submissions", db => db.Submissions, submission => [submission.FileName, submission.Activity], submission => submission.ContentSha256),
        new ErasedRows<RememberedUpload>("remembered-uploads", db => db.RememberedUploads, upload => [upload.Key], _ => null),
        new ErasedRows<TakenFile>("taken-files", db => db.TakenFiles, file => [file.Name], file => file.ContentSha256),
        new ErasedRows<QueueItem>("queue-items", db => db.QueueItems, item => [item.Photo], item => item.ContentSha256),
        new ErasedRows<StoredLook>("looks", db => db.Looks, look => [look.Seen], look => look.ContentSha256),
    ];

    /// <summary>What receipts call the rows.</summary>
    public string Name => name;

    /// <summary>Finds the rows and, unless it is a dry run, deletes them in the transaction of the context. How many there are.</summary>
    public abstract Task<int> EraseAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, bool isDryRun, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <param name="name">What receipts call the rows.</param>
/// <param name="table">The table.</param>
/// <param name="texts">All texts of a row, JSON or plain.</param>
/// <param name="content">SHA-256 of the photo that a row is about; null for none.</param>
internal sealed class ErasedRows<T>(string name, Func<GateDb, DbSet<T>> table, Func<T, IEnumerable<string?>> texts, Func<T, string?> content) : ErasedRows(name)
    where T : class
{
    /// <inheritdoc/>
    public override async Task<int> EraseAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, bool isDryRun, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        await foreach (var row in table(db).AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if ((content(row) is { } sha256 && contents.Contains(sha256)) || texts(row).Any(text => text is not null && person.AreInJson(text)))
            {
                found.Add(row);
            }
        }

        if (!isDryRun)
        {
            table(db).RemoveRange(found);
            await db.SaveChangesAsync(cancellationToken);
        }

        return found.Count;
    }
}

/// <summary>What was published of photos that show the person is taken down, before the releases go; events hold nobody's name but in the ground of who dropped one.</summary>
internal sealed class ErasedPublications() : ErasedRows("outbox")
{
    /// <inheritdoc/>
    public override async Task<int> EraseAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, bool isDryRun, CancellationToken cancellationToken)
    {
        var grounds = (await db.OutboxEvents.Where(row => row.Ground != null).ToListAsync(cancellationToken)).Where(row => person.AreIn(row.Ground)).ToList();
        var releases = (await db.Releases.AsNoTracking().Where(release => db.OutboxEvents.Any(row => row.ReleaseId == release.Id)).ToListAsync(cancellationToken))
            .Where(release => contents.Contains(release.ContentSha256)).Select(release => release.Id).ToList();
        if (isDryRun)
        {
            return await db.OutboxEvents.CountAsync(
                row => releases.Contains(row.ReleaseId) && row.Kind == OutboxEventKind.Publish && row.Attempts > 0
                    && !db.OutboxEvents.Any(other => other.ReleaseId == row.ReleaseId && other.Output == row.Output && other.Kind == OutboxEventKind.TakeDown), cancellationToken);
        }

        grounds.ForEach(row => row.Ground = "");
        var added = await ReleaseEvents.WithdrawnAsync(db, releases, TimeProvider.System, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }
}
