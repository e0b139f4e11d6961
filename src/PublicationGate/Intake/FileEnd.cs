namespace PublicationGate.Intake;

/// <summary>Whether the end of a file is there, as far as its format tells.</summary>
public enum FileEnd
{
    /// <summary>It is there; or the format has none that the gate knows, so that standing still must be enough.</summary>
    Present,

    /// <summary>More must come: the format says so.</summary>
    Missing,

    /// <summary>There is nothing yet: no bytes, or room that was set aside and holds only zeros.</summary>
    Empty,

    /// <summary>It cannot be read now.</summary>
    Unreadable,
}
