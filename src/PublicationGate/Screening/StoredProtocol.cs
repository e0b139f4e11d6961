namespace PublicationGate.Screening;

/// <summary>A protocol file as it was when it first judged or was put in force, so that a verdict can be replayed.</summary>
public sealed class StoredProtocol
{
    /// <summary>Version, as verdicts name it.</summary>
    public required string Version { get; init; }

    /// <summary>The file's text.</summary>
    public required string Yaml { get; init; }

    /// <summary>When it first judged or was put in force; kept to the millisecond.</summary>
    public required DateTimeOffset FirstUsedAt { get; init; }
}
