using PublicationGate.Imaging;

namespace PublicationGate.Recordings;

/// <summary>By what a photo was known to be a recording.</summary>
public enum MatchedBy
{
    /// <summary>The very same bytes.</summary>
    Content,

    /// <summary>It looks the same: a copy.</summary>
    Picture,

    /// <summary>It looks much the same: perhaps a copy.</summary>
    DoubtfulPicture,
}

/// <summary>A recording that a photo is, or may be, as things were on the day of looking.</summary>
public sealed record RecordingMatch
{
    /// <summary>Number of the recording.</summary>
    public required long Id { get; init; }

    /// <summary>What it was made for.</summary>
    public required RecordingPurpose Purpose { get; init; }

    /// <summary>By what it was known.</summary>
    public required MatchedBy By { get; init; }

    /// <summary>How alike the pictures are; null where the bytes are the same.</summary>
    public PictureLikeness? Likeness { get; init; }

    /// <summary>The parents had been told by then.</summary>
    public required bool ParentsWereTold { get; init; }

    /// <summary>The day by which it had to be destroyed was past.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>It had been destroyed.</summary>
    public required bool IsDestroyed { get; init; }
}

/// <summary>Which recordings a photo is, or may be.</summary>
public sealed record RecordingFacts
{
    /// <summary>False when the recording register could not be asked; nothing may approve then.</summary>
    public bool Known { get; init; } = true;

    /// <summary>What matched, by number; none twice.</summary>
    public IReadOnlyList<RecordingMatch> Matches { get; init; } = [];
}
