namespace PublicationGate.Rules;

/// <summary>A camera of the school, known by what it writes into its photos or by the folder that its photos arrive in.</summary>
/// <param name="Make">Maker, as EXIF has it; null where the folder tells.</param>
/// <param name="Model">Model, as EXIF has it; null for every model of the maker.</param>
/// <param name="Serial">Serial number of the body; null for every one of the model.</param>
/// <param name="Folder">Name of the folder; null where the metadata tells.</param>
public sealed record SchoolCamera(string? Make, string? Model, string? Serial, string? Folder);
