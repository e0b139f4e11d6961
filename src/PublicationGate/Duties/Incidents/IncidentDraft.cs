namespace PublicationGate.Duties.Incidents;

/// <summary>What somebody reports.</summary>
/// <param name="What">What happened.</param>
/// <param name="Where">Where it stands: an address, a photo; null when nobody says.</param>
/// <param name="On">The day of it; null when nobody says.</param>
public sealed record IncidentReport(string What, string? Where, DateOnly? On);

/// <summary>What the head adds to an incident.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">The words.</param>
/// <param name="On">The day of it; null when nobody says.</param>
/// <param name="Severity">How grave; with <see cref="IncidentEntryKind.Severity"/> only.</param>
/// <param name="Corrects">The entry that it takes the place of, of the same incident and kind; null for none.</param>
public sealed record IncidentAddition(IncidentEntryKind Kind, string Words, DateOnly? On = null, IncidentSeverity? Severity = null, long? Corrects = null);

/// <summary>Something cannot be said of an incident; nothing was changed.</summary>
/// <param name="field">The field of the form that is concerned; empty for all of it.</param>
/// <param name="reason">Why, and what to do.</param>
public sealed class IncidentRefusedException(string field, Text reason) : Exception("refused"), IRefusal
{
    /// <summary>The field of the form that is concerned; empty for all of it.</summary>
    public string Field { get; } = field;

    /// <inheritdoc/>
    public Text Reason { get; } = reason;
}
