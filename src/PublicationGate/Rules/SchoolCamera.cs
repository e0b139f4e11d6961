namespace PublicationGate.Rules;

/// <summary>A camera of the school, as its photos tell it: what was made with it is the school's own (P5).</summary>
/// <param name="Make">Maker, as the camera writes it; null with a folder.</param>
/// <param name="Model">Model, as the camera writes it; null with a folder.</param>
/// <param name="Serial">Serial number of the body; null for every camera of that make and model.</param>
/// <param name="Folder">Name of the folder into which the camera's pictures come, instead of make and model.</param>
public sealed record SchoolCamera(string? Make, string? Model, string? Serial, string? Folder);
