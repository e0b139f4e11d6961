using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Submissions;

namespace PublicationGate.App.Reviewing;

/// <summary>What people may see of submissions by their roles.</summary>
internal static class Viewers
{
    /// <summary>Who may review.</summary>
    public const Roles Reviewers = Roles.WebsiteManager | Roles.Reviewer;

    /// <summary>What this person sees: reviewers and heads all, others what they submitted themselves. What they may do with it the access table says.</summary>
    public static Viewer Of(Account account) => new(account.Id, (account.Roles & (Reviewers | Roles.Head)) != 0);

    /// <summary>Of what this person may change something, as its submitter or as a reviewer: heads look at all, which makes it theirs no more than it makes it a teacher's.</summary>
    public static Viewer Changing(Account account) => new(account.Id, (account.Roles & Reviewers) != 0);

    /// <summary>Whether somebody else could approve: an account that is not locked and may review. Roles are kept as words, which a database cannot take apart.</summary>
    public static async Task<bool> OthersCouldApproveAsync(GateDb db, string accountId, CancellationToken cancellationToken) =>
        (await db.Accounts.AsNoTracking().Where(account => account.Id != accountId && !account.IsLocked).Select(account => account.Roles).ToListAsync(cancellationToken)).Exists(roles => (roles & Reviewers) != 0);
}
