namespace PublicationGate.Duties.Incidents;

/// <summary>An entry as it is now, with what it was before.</summary>
/// <param name="Now">The newest version.</param>
/// <param name="Before">Earlier versions, newest first.</param>
public sealed record IncidentLine(IncidentEntry Now, IReadOnlyList<IncidentEntry> Before)
{
    /// <summary>When it was first written.</summary>
    public DateTimeOffset FirstAt => Before.Count == 0 ? Now.At : Before[^1].At;

    /// <summary>Id of the account of who first wrote it.</summary>
    public string FirstBy => Before.Count == 0 ? Now.By : Before[^1].By;
}

/// <summary>An incident and all that was said of it.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Entries">Every entry, in the order in which they were written.</param>
/// <param name="Destroyed">That its file was destroyed; null while it is there.</param>
public sealed record IncidentFile(Incident Incident, IReadOnlyList<IncidentEntry> Entries, DestroyedIncident? Destroyed)
{
    /// <summary>The entries as they are now, in the order in which they were first written.</summary>
    public IReadOnlyList<IncidentLine> Lines { get; } = LinesOf(Entries);

    /// <summary>How grave the head found it last; null when nobody judged.</summary>
    public IncidentSeverity? Severity => Lines.LastOrDefault(line => line.Now.Kind == IncidentEntryKind.Severity)?.Now.Severity;

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed => Destroyed is not null || Entries.LastOrDefault(entry => entry.Corrects is null && entry.Kind is IncidentEntryKind.Closed or IncidentEntryKind.Reopened)?.Kind == IncidentEntryKind.Closed;

    private static List<IncidentLine> LinesOf(IReadOnlyList<IncidentEntry> entries)
    {
        var lines = new List<List<IncidentEntry>>();
        foreach (var entry in entries)
        {
            if (entry.Corrects is { } corrected && lines.Find(line => line.Exists(version => version.Id == corrected)) is { } line)
            {
                line.Insert(0, entry);
            }
            else
            {
                lines.Add([entry]);
            }
        }

        return lines.ConvertAll(line => new IncidentLine(line[0], line[1..]));
    }
}
