using PublicationGate.Accounts;
using PublicationGate.Submissions;

namespace PublicationGate.App.Reviewing;

/// <summary>What people may see of submissions by their roles.</summary>
internal static class Viewers
{
    /// <summary>Who may review.</summary>
    public const Roles Reviewers = Roles.WebsiteManager | Roles.Reviewer;

    /// <summary>What this person sees: reviewers all, others what they submitted themselves.</summary>
    public static Viewer Of(Account account) => new(account.Id, (account.Roles & Reviewers) != 0);
}
