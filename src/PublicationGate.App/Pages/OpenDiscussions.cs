using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Confirmations;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.App.Pages;

/// <summary>Posts on channels where others reply that nobody looked at since they were released (M8). Who submitted a post follows it; website managers see all, and those of folders.</summary>
internal sealed class OpenDiscussions(GateDb db)
{
    /// <summary>By when somebody should have looked.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(3);

    /// <summary>How many posts somebody has to follow.</summary>
    public Task<int> CountAsync(Account account, CancellationToken cancellationToken) => Of(account).Select(one => new { one.AlbumId, one.Channel }).Distinct().CountAsync(cancellationToken);

    /// <summary>The posts that somebody has to follow: photos of one album on one channel are one post. The oldest comes first.</summary>
    public async Task<IReadOnlyList<OpenDiscussion>> FindAsync(Account account, CancellationToken cancellationToken) =>
        [.. (await Of(account).ToListAsync(cancellationToken)).GroupBy(one => (one.AlbumId, one.Channel))
            .Select(post => new OpenDiscussion(post.Key.AlbumId, post.Key.Channel, post.First().Activity, [.. post.Select(one => one.SubmissionId)], post.Min(one => one.ReleasedAt) + Within)).OrderBy(post => post.DueAt)];

    /// <summary>When the oldest of all posts should have been looked at; null when there is none.</summary>
    public async Task<(int Count, DateTimeOffset DueAt)?> OfAllAsync(CancellationToken cancellationToken)
    {
        var found = await Open().GroupBy(one => new { one.AlbumId, one.Channel }).Select(post => post.Min(one => one.ReleasedAt)).ToListAsync(cancellationToken);
        return found.Count == 0 ? null : (found.Count, found.Min() + Within);
    }

    private IQueryable<OpenRelease> Of(Account account)
    {
        var (all, id) = ((account.Roles & Roles.WebsiteManager) != 0, account.Id);
        return Open().Where(one => all || one.SubmitterId == id);
    }

    private IQueryable<OpenRelease> Open() =>
        from release in db.Releases.AsNoTracking()
        where release.WithdrawnAt == null && Channels.WithDiscussion.Contains(release.Channel)
        where !db.Confirmations.Any(done => done.SubmissionId == release.SubmissionId && done.Scope == ConfirmationScope.Discussion && done.At >= release.ReleasedAt)
        join submission in db.Submissions on release.SubmissionId equals submission.Id
        select new OpenRelease { SubmissionId = submission.Id, AlbumId = submission.AlbumId, Channel = release.Channel, Activity = submission.Activity, SubmitterId = submission.SubmitterId, ReleasedAt = release.ReleasedAt };

    private sealed class OpenRelease
    {
        public required string SubmissionId { get; init; }

        public required string AlbumId { get; init; }

        public required string Channel { get; init; }

        public string? Activity { get; init; }

        public string? SubmitterId { get; init; }

        public required DateTimeOffset ReleasedAt { get; init; }
    }
}

/// <summary>A post that somebody has to follow.</summary>
/// <param name="AlbumId">Its album.</param>
/// <param name="Channel">Where it was posted.</param>
/// <param name="Activity">What it shows.</param>
/// <param name="SubmissionIds">Its photos.</param>
/// <param name="DueAt">By when somebody should have looked.</param>
internal sealed record OpenDiscussion(string AlbumId, string Channel, string? Activity, IReadOnlyList<string> SubmissionIds, DateTimeOffset DueAt);
