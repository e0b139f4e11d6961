namespace PublicationGate.Confirmations;

/// <summary>School years of Dutch schools: from 1 August to 31 July.</summary>
public static class SchoolYear
{
    private const int FirstMonth = 8;

    /// <summary>The instant, at midnight UTC, at which the school year of an instant began.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset now) => new(FirstYearOf(now), FirstMonth, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Its name, such as <c>2026-2027</c>.</summary>
    public static string NameOf(DateTimeOffset now) => FormattableString.Invariant($"{FirstYearOf(now)}-{FirstYearOf(now) + 1}");

    private static int FirstYearOf(DateTimeOffset now) => now.UtcDateTime.Month >= FirstMonth ? now.UtcDateTime.Year : now.UtcDateTime.Year - 1;
}
