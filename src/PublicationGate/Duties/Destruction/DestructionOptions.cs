using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Duties.Destruction;

/// <summary>When people are reminded of recordings that must be destroyed.</summary>
public sealed record DestructionOptions
{
    /// <summary>Days before the last day; default 7, range 1 to 90. Who is reminded a week ahead can still find the camera.</summary>
    [Range(1, 90)]
    public int DaysBefore { get; init; } = 7;
}
