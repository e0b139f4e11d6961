using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Confirmations;
using PublicationGate.Data;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>What the protocol asks of people and no rule can decide: read and confirmed once a school year. Also the posts that somebody has to follow.</summary>
internal sealed class GuidanceModel(GateDb db, ConfirmationBook book, OpenDiscussions discussions, ProtocolInUse protocol, TimeProvider time) : GatePage
{
    /// <summary>What stands under which heading.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyList<string> Clauses)> Parts { get; } =
    [
        ("school", ["C3", "P1", "M6"]),
        ("own", ["M11"]),
        ("replies", ["M8", "M9", "M10"]),
        ("pupils", ["M16", "M17"]),
        ("phones", ["A1", "A2", "A3", "A5"]),
    ];

    /// <summary>Posts that this visitor has to follow.</summary>
    public IReadOnlyList<OpenDiscussion> Open { get; private set; } = [];

    /// <summary>When this visitor confirmed it in this school year; null for not yet.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Whether this visitor is asked to confirm for the school what comes from watched folders.</summary>
    public bool HasFolders { get; private set; }

    /// <summary>When somebody did so in this school year.</summary>
    public DateTimeOffset? FoldersAt { get; private set; }

    public string Year => SchoolYear.NameOf(time.GetUtcNow());

    public DateTimeOffset Now => time.GetUtcNow();

    private bool MayConfirmForSchool => (Me.Roles & (Roles.WebsiteManager | Roles.Head)) != 0;

    /// <summary>What a clause asks, in the school's words where it has its own.</summary>
    public string WordsOf(string clause) => protocol.Current.ShortTextOf(clause).In(Visit.Language);

    public async Task OnGetAsync()
    {
        Open = await discussions.FindAsync(Me, Gone);
        ReadAt = await AtAsync(ConfirmationScope.Person);
        HasFolders = MayConfirmForSchool && await db.Submissions.AnyAsync(submission => submission.Source == SubmissionSource.Folder, Gone);
        FoldersAt = HasFolders ? await AtAsync(ConfirmationScope.Folders) : null;
    }

    public Task<IActionResult> OnPostReadAsync() => ConfirmAsync("guidance.done", () => book.OfYearAsync(db, ConfirmationScope.Person, Me.Id, ConfirmationBook.OfPerson, protocol.Current.Version, Gone));

    public async Task<IActionResult> OnPostFoldersAsync() => !MayConfirmForSchool ? Forbid()
        : await ConfirmAsync("guidance.folders.done", () => book.OfYearAsync(db, ConfirmationScope.Folders, Me.Id, ConfirmationBook.OfFolders, protocol.Current.Version, Gone));

    /// <summary>Somebody looked at what was said under a post.</summary>
    public async Task<IActionResult> OnPostFollowedAsync(string? album, string? channel) =>
        (await discussions.FindAsync(Me, Gone)).FirstOrDefault(post => post.AlbumId == album && post.Channel == channel) is { } post
            ? await ConfirmAsync("guidance.follow.done", () => book.OfDiscussionsAsync(db, post.SubmissionIds, Me.Id, protocol.Current.Version, Gone))
            : GoTo("/guidance");

    private async Task<IActionResult> ConfirmAsync(string done, Func<Task> confirm)
    {
        await using var transaction = await db.BeginWriteAsync(Gone);
        await confirm();
        await db.SaveChangesAsync(Gone);
        await transaction.CommitAsync(Gone);
        Tell(done);
        return GoTo("/guidance");
    }

    private async Task<DateTimeOffset?> AtAsync(ConfirmationScope scope) =>
        await book.OfThisYear(db, scope, Me.Id).OrderBy(one => one.Id).Select(one => (DateTimeOffset?)one.At).FirstOrDefaultAsync(Gone);
}
