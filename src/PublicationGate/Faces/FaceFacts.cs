namespace PublicationGate.Faces;

/// <summary>What was counted in a photo. Faces are located, never compared: no likeness of a person is kept.</summary>
public sealed record FaceFacts
{
    /// <summary>False when the faces could not be counted; the lists are then empty and nothing may approve.</summary>
    public bool Known { get; init; } = true;

    /// <summary>Boxes that count as faces, in pixels of the upright original; of the frame that shows most of them.</summary>
    public IReadOnlyList<FaceBox> Sure { get; init; } = [];

    /// <summary>Boxes that may be faces: of all frames together.</summary>
    public IReadOnlyList<FaceBox> Doubtful { get; init; } = [];

    /// <summary>Name of the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>SHA-256 of the model's file.</summary>
    public string ModelSha256 { get; init; } = "";
}
