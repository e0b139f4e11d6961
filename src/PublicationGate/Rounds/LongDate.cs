using System.Globalization;

namespace PublicationGate.Rounds;

/// <summary>Days as people write them in a letter: Friday 27 November.</summary>
public static class LongDate
{
    /// <summary>The day, without its year.</summary>
    public static Text Of(DateOnly day) =>
        Texts.Get("date.long", ("weekday", Texts.Get("date.weekday." + (int)day.DayOfWeek)), ("day", day.Day.ToString(CultureInfo.InvariantCulture)), ("month", Texts.Get("date.month." + day.Month)));
}
