using PublicationGate.Imaging;

namespace PublicationGate.TakenBack;

/// <summary>At whose wish a picture was taken back.</summary>
public enum TakenBackFor
{
    /// <summary>A parent, or the pupil shown, asked for it.</summary>
    Family,

    /// <summary>The school decided it.</summary>
    School,
}

/// <summary>
/// A picture that was taken back and must not come again, on no channel. The row stays for good, also when it was lifted; of what the picture shows only hashes are
/// kept, since that is what the wish needs to be kept by.
/// </summary>
public sealed class TakenBackPicture
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal; indexed.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>What it looks like; null for a picture too plain, or too damaged, to be known again.</summary>
    public PictureHash? PictureHash { get; init; }

    /// <summary>When it was taken back; kept to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>At whose wish.</summary>
    public required TakenBackFor For { get; init; }

    /// <summary>Why, in a person's words; shown to those who may lift it, and in no reason. Empty once the person that it names was erased.</summary>
    public required string Ground { get; init; }

    /// <summary>Id of the account that did it, or where it was done.</summary>
    public required string By { get; init; }

    /// <summary>The submission that it was taken back from; null when a file was given.</summary>
    public string? SubmissionId { get; init; }

    /// <summary>When that was lifted; null while the picture must stay away.</summary>
    public DateTimeOffset? LiftedAt { get; private set; }

    /// <summary>Why it was lifted.</summary>
    public string? LiftedGround { get; private set; }

    /// <summary>Who lifted it, as <see cref="By"/>.</summary>
    public string? LiftedBy { get; private set; }

    /// <summary>Lets the picture come again.</summary>
    /// <exception cref="InvalidOperationException">It was lifted already.</exception>
    public void Lift(DateTimeOffset at, string ground, string by)
    {
        if (LiftedAt is not null)
        {
            throw new InvalidOperationException($"Picture {Id} was lifted already.");
        }

        (LiftedAt, LiftedGround, LiftedBy) = (at, ground, by);
    }
}
