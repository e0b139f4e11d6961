using Microsoft.AspNetCore.Identity;

namespace PublicationGate.Accounts;

/// <summary>A person who may sign in. Its <see cref="IdentityUser{TKey}.UserName"/> is what that person types; logs and the audit trail know only its id.</summary>
public sealed class Account : IdentityUser
{
    /// <summary>What this person may do.</summary>
    public Roles Roles { get; set; }

    /// <summary>Language of its pages, <c>nl</c> or <c>en</c>; null for what the browser asks for.</summary>
    public string? Language { get; set; }

    /// <summary>Locked by an administrator, until an administrator unlocks it; wrong passwords lock for a while only.</summary>
    public bool IsLocked { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
