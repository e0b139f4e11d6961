using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>The photos that are held, those that wait for a reviewer first.</summary>
internal sealed class HeldPhotosModel(GateDb db, TimeProvider time) : GatePage
{
    private const int PageSize = 50;

    /// <summary>One channel; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? For { get; set; }

    /// <summary>One album; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Album { get; set; }

    /// <summary>Held for so many days at least.</summary>
    [BindProperty(SupportsGet = true)]
    public int Days { get; set; }

    /// <summary>Which part of the list, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int Part { get; set; } = 1;

    public HeldFilter Filter => new(For, Album, Days);

    public IReadOnlyList<HeldRow> Rows { get; private set; } = [];

    /// <summary>How many wait for a reviewer, and for a submitter's answer, in this filter.</summary>
    public (int Reviewer, int Submitter) Count { get; private set; }

    /// <summary>How many are held for each channel that any is held for.</summary>
    public IReadOnlyList<(string Channel, int Count)> Channels { get; private set; } = [];

    public bool HasMore => Count.Reviewer + Count.Submitter > Part * PageSize;

    public async Task OnGetAsync()
    {
        Part = Math.Clamp(Part, 1, 10_000);
        var (all, held) = (new HeldFilter(null, null, 0).Of(db.Submissions, time.GetUtcNow()), Filter.Of(db.Submissions, time.GetUtcNow()));
        var turns = await held.GroupBy(submission => submission.Turn).Select(turn => new { turn.Key, Count = turn.Count() }).ToListAsync(Gone);
        Count = (turns.Find(turn => turn.Key == SubmissionTurn.Reviewer)?.Count ?? 0, turns.Find(turn => turn.Key == SubmissionTurn.Submitter)?.Count ?? 0);
        Channels = [.. (await all.GroupBy(submission => submission.Channel).Select(channel => new { channel.Key, Count = channel.Count() }).ToListAsync(Gone))
            .Select(channel => (channel.Key, channel.Count)).OrderBy(channel => channel.Key, StringComparer.Ordinal)];
        Rows = await (
            from submission in held
            join account in db.Accounts on submission.SubmitterId equals account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            orderby submission.Turn, submission.Id
            select new HeldRow(
                submission.Id, submission.FileName, submission.Channel, submission.Activity, submission.SubmittedAt, submission.Turn, submission.AlbumId,
                db.Submissions.Count(other => other.AlbumId == submission.AlbumId), account == null ? null : account.UserName)).Skip((Part - 1) * PageSize).Take(PageSize).ToListAsync(Gone);
    }

    /// <summary>How long ago, in the largest unit.</summary>
    public string Ago(DateTimeOffset then) => (time.GetUtcNow() - then) switch
    {
        { TotalDays: >= 2 } age => T("review.days-ago", ("count", (int)age.TotalDays)),
        { TotalHours: >= 2 } age => T("review.hours-ago", ("count", (int)age.TotalHours)),
        { TotalMinutes: >= 2 } age => T("review.minutes-ago", ("count", (int)age.TotalMinutes)),
        _ => T("review.just-now"),
    };
}

/// <summary>One held photo in the list.</summary>
internal sealed record HeldRow(string Id, string FileName, string Channel, string? Activity, DateTimeOffset SubmittedAt, SubmissionTurn Turn, string AlbumId, int InAlbum, string? Submitter);
