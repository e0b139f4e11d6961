using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Screening;

/// <summary>What was seen in a photo: its picture, and the faces in it. It depends on nothing but the bytes and on who looked.</summary>
public sealed record PhotoLook
{
    /// <summary>Why the picture could not be looked at.</summary>
    public ImageProblem Problem { get; init; }

    /// <summary>What its header says; null when that could not be read.</summary>
    public ImageHeader? Image { get; init; }

    /// <summary>The decoder had remarks.</summary>
    public bool DecodedWithWarnings { get; init; }

    /// <summary>What travels inside the file beside its picture.</summary>
    public MetadataFacts Metadata { get; init; } = new() { Known = false };

    /// <summary>What it looks like; null when it could not be decoded, or is too plain to be known again.</summary>
    public PictureHash? PictureHash { get; init; }

    /// <summary>Faces counted.</summary>
    public FaceFacts Faces { get; init; } = new() { Known = false };
}

/// <summary>A look as it is kept, so that a photo that is screened again is not decoded and searched again.</summary>
public sealed class StoredLook
{
    /// <summary>SHA-256 of the photo's bytes.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>Program version, models and policies that looked: another of these looks anew. See <see cref="LookStore"/>.</summary>
    public required string LookedBy { get; init; }

    /// <summary>The <see cref="PhotoLook"/>, as JSON.</summary>
    public required string Seen { get; init; }
}
