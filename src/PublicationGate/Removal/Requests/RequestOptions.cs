using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Removal.Requests;

/// <summary>How requests for removal are treated.</summary>
public sealed record RequestOptions
{
    /// <summary>School days, Monday to Friday, within which a request is answered; default 3, range 1 to 20: the law gives a month (GDPR, article 12).</summary>
    [Range(1, 20)]
    public int AnswerDays { get; init; } = 3;

    /// <summary>Releases that requests hide by themselves in 24 hours; default 30, range 1 to 1000. What comes after that waits for a person, who is told.</summary>
    [Range(1, 1000)]
    public int HidesADay { get; init; } = 30;

    /// <summary>The same from one address on the net; default 10, range 1 to 1000.</summary>
    [Range(1, 1000)]
    public int HidesASource { get; init; } = 10;

    /// <summary>Days after which a closed request no longer says who asked; default 30, range 1 to 365.</summary>
    [Range(1, 365)]
    public int KeptDays { get; init; } = 30;

    /// <summary>The day by which what comes on a day is answered.</summary>
    public DateOnly AnswerBy(DateOnly day)
    {
        for (var left = AnswerDays; left > 0;)
        {
            day = day.AddDays(1);
            left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return day;
    }
}
