namespace PublicationGate.Intake;

/// <summary>A file to screen, found or named, with what its declarations say together.</summary>
/// <param name="Path">Full path, for <see cref="MediaFile.ReadAsync(string, string, IntakeOptions, CancellationToken)"/>.</param>
/// <param name="ShownPath">Path as shown to people: as they gave it, or below the folder they gave.</param>
/// <param name="Declaration">All declarations that hold for it, laid over each other; all defaults when there are none.</param>
public sealed record FoundPhoto(string Path, string ShownPath, Declaration Declaration);
