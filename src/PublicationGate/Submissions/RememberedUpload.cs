namespace PublicationGate.Submissions;

/// <summary>An upload that its sender gave a key of its own, so that sending it again takes nothing in twice.</summary>
public sealed class RememberedUpload
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan For = TimeSpan.FromHours(24);

    /// <summary>Id of the account that sent it.</summary>
    public required string AccountId { get; init; }

    /// <summary>The sender's key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of its photos, their names and what is declared.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The album of its submissions.</summary>
    public required string AlbumId { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }
}
