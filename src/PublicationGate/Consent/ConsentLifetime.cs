namespace PublicationGate.Consent;

/// <summary>How long an answer of yes counts.</summary>
public enum ConsentLifetimeKind
{
    /// <summary>Until it is taken back.</summary>
    Unlimited,

    /// <summary>Until the end of the school year (31 July) in which it was given.</summary>
    SchoolYear,

    /// <summary>A number of months from the day it was given.</summary>
    Months,
}

/// <summary>How long a yes counts on a channel; a no counts always.</summary>
/// <param name="Kind">Kind of period.</param>
/// <param name="Months">Months, for <see cref="ConsentLifetimeKind.Months"/>.</param>
public sealed record ConsentLifetime(ConsentLifetimeKind Kind, int Months = 0)
{
    /// <summary>Until it is taken back.</summary>
    public static ConsentLifetime Unlimited { get; } = new(ConsentLifetimeKind.Unlimited);

    // Longer than anyone is at school, and short enough that no calendar ends before it does.
    private const int MostMonths = 1200;

    /// <summary>Whether a yes of <paramref name="given"/> still counts on <paramref name="day"/>.</summary>
    public bool Covers(DateOnly given, DateOnly day) => Kind switch
    {
        ConsentLifetimeKind.Unlimited => true,
        ConsentLifetimeKind.SchoolYear => day <= new DateOnly(given.Month > 7 ? given.Year + 1 : given.Year, 7, 31),
        ConsentLifetimeKind.Months => day < given.AddMonths(Math.Clamp(Months, 0, MostMonths)),
        _ => false,
    };
}
