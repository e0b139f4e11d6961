namespace PublicationGate.Consent;

/// <summary>What a recorded permission is about.</summary>
public enum PermissionSubject
{
    /// <summary>To publish what somebody else made (M7).</summary>
    Work,

    /// <summary>To quote somebody (M14).</summary>
    Quote,

    /// <summary>To share somebody's post (M14).</summary>
    Repost,
}

/// <summary>A permission that the school has on file, which a declaration refers to by its key.</summary>
/// <param name="Key">Key, as declarations write it.</param>
/// <param name="Subject">What it allows.</param>
/// <param name="GivenBy">Who gave it.</param>
public sealed record PermissionOnFile(string Key, PermissionSubject Subject, string GivenBy);

/// <summary>A permission as the register keeps it.</summary>
public sealed record PermissionRecord
{
    /// <summary>Key, unique among permissions, as declarations write it.</summary>
    public required string Key { get; init; }

    /// <summary>What it allows.</summary>
    public required PermissionSubject Subject { get; init; }

    /// <summary>Who gave it.</summary>
    public required string GivenBy { get; init; }

    /// <summary>What was allowed, in words.</summary>
    public required string Text { get; init; }

    /// <summary>The first day on which it counts.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The last day on which it counts; null for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether it counts on <paramref name="day"/>.</summary>
    public bool IsInForce(DateOnly day) => Date <= day && (Until is null || Until >= day);
}
