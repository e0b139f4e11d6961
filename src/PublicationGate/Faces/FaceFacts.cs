namespace PublicationGate.Faces;

/// <summary>What was counted in a photo. Faces are located, never compared: no likeness of a person is kept.</summary>
public sealed record FaceFacts
{
    /// <summary>False when the faces could not be counted; the lists are then empty and nothing may approve.</summary>
    public bool Known { get; init; } = true;

    /// <summary>Boxes that count as faces, in pixels of the upright original; of the frame that shows most of them.</summary>
    public IReadOnlyList<FaceBox> Sure { get; init; } = [];

    /// <summary>Boxes that may be faces: of all frames together, and those on which two models differ.</summary>
    public IReadOnlyList<FaceBox> Doubtful { get; init; } = [];

    /// <summary>How each of <see cref="Sure"/> stands in the picture, in the same order.</summary>
    public IReadOnlyList<FaceGeometry> Geometry { get; init; } = [];

    /// <summary>False when the picture is so small or dark that a face could be in it unseen: "no faces" then means nothing.</summary>
    public bool IsClearEnough { get; init; } = true;

    /// <summary>The models that looked, with the SHA-256 of each.</summary>
    public IReadOnlyList<ModelIdentity> Models { get; init; } = [];
}

/// <summary>Which model looked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its weights.</param>
public sealed record ModelIdentity(string Name, string Sha256);
