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
