namespace PublicationGate.Consent;

/// <summary>The fact that a register was taken over; the latest one's number tells which content is in force.</summary>
public sealed class RegisterImport
{
    /// <summary>Number given by the database, rising with each import.</summary>
    public long Id { get; init; }

    /// <summary>When it was taken over.</summary>
    public required DateTimeOffset ImportedAt { get; init; }
}
