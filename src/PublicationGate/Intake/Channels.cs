namespace PublicationGate.Intake;

/// <summary>The places a photo can be posted to, by the ids that declarations, registers and protocol files use.</summary>
public static class Channels
{
    /// <summary>The channel of a declaration that names none.</summary>
    public const string Default = "website";

    /// <summary>Channels on which others reply, so that somebody has to follow what they say.</summary>
    public static IReadOnlyList<string> WithDiscussion { get; } = ["facebook", "instagram", "x", "youtube", "linkedin", "whatsapp"];

    /// <summary>All channel ids, in the order in which people see them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "website", "website-closed", "app", "newsletter", "school-guide", "facebook", "instagram", "x", "youtube", "linkedin", "whatsapp",
        "external-pr", "press", "tv", "information-evening", "class-photo", "training", "pupil-help", "research",
    ];
}
