using PublicationGate.Consent;

namespace PublicationGate.Removal;

/// <summary>A pupil who was declared to be in what is released, with the consent that it was released on: found by who takes consent back. Gone with the release.</summary>
public sealed class ReleasedPupil
{
    /// <summary>The release; it stands.</summary>
    public required string ReleaseId { get; init; }

    /// <summary>Register key.</summary>
    public required string PupilKey { get; init; }

    /// <summary>Channel of the release.</summary>
    public required string Channel { get; init; }

    /// <summary>The round that it was released under; null for none.</summary>
    public long? RoundId { get; init; }

    /// <summary><see cref="PupilConsent.InGroupPhoto"/> at the release.</summary>
    public required ConsentState InGroupPhoto { get; init; }

    /// <summary><see cref="PupilConsent.Individually"/> at the release.</summary>
    public required ConsentState Individually { get; init; }

    /// <summary><see cref="PupilConsent.Name"/> at the release.</summary>
    public required ConsentState Name { get; init; }
}

/// <summary>What a released picture looks like: found by who has a copy of it. Gone with the release.</summary>
public sealed class ReleasedPicture
{
    /// <summary>The release; it stands.</summary>
    public required string ReleaseId { get; init; }

    /// <summary>What the original looks like.</summary>
    public required Imaging.PictureHash PictureHash { get; init; }
}
