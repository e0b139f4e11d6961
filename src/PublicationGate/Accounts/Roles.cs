namespace PublicationGate.Accounts;

/// <summary>What people may do, as a set.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Submits, reviews, keeps the register, and releases.</summary>
    WebsiteManager = 1,

    /// <summary>Submits, and sees what was submitted by the same person.</summary>
    Teacher = 2,

    /// <summary>Opens channels, keeps the protocol, sees to incidents.</summary>
    Head = 4,

    /// <summary>Reviews what is held.</summary>
    Reviewer = 8,

    /// <summary>Keeps accounts and settings.</summary>
    Administrator = 16,

    /// <summary>All of them: the first account, until there are others.</summary>
    All = WebsiteManager | Teacher | Head | Reviewer | Administrator,
}

/// <summary>Sets of roles.</summary>
public static class RoleSets
{
    /// <summary>Each role by itself, in the order in which people see them.</summary>
    public static IReadOnlyList<Roles> Each { get; } = [Roles.WebsiteManager, Roles.Teacher, Roles.Head, Roles.Reviewer, Roles.Administrator];

    /// <summary>The roles of a set, one by one.</summary>
    public static IEnumerable<Roles> Separately(this Roles roles) => Each.Where(role => roles.HasFlag(role));
}
