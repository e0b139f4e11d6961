namespace PublicationGate;

/// <summary>The one place that says on which day an instant lies: the day of UTC.</summary>
public static class Days
{
    /// <summary>The day of an instant.</summary>
    public static DateOnly Day(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    /// <summary>Today.</summary>
    public static DateOnly Today(this TimeProvider time) => time.GetUtcNow().Day();
}
