using System.Globalization;

namespace PublicationGate;

/// <summary>Days and moments as people read them. Files, programs and logs have ISO 8601 and UTC instead.</summary>
public static class DayTexts
{
    /// <summary>Friday 27 November, without its year.</summary>
    public static Text InLetters(DateOnly day) =>
        Texts.Get("date.long", ("weekday", Texts.Get("date.weekday." + (int)day.DayOfWeek)), ("day", day.Day.ToString(CultureInfo.InvariantCulture)), ("month", Texts.Get("date.month." + day.Month)));

    /// <summary>27-11-2026, in English 27 Nov 2026.</summary>
    public static Text InLists(DateOnly day) =>
        new(day.ToString("d-M-yyyy", CultureInfo.InvariantCulture), day.ToString("d MMM yyyy", CultureInfo.InvariantCulture));

    /// <summary>Day and time on the clock of this machine (its zone, or that of <c>TZ</c>): 27-11-2026 14:05.</summary>
    public static Text Moment(DateTimeOffset instant)
    {
        var local = instant.ToLocalTime();
        var time = local.ToString(" HH:mm", CultureInfo.InvariantCulture);
        var day = InLists(DateOnly.FromDateTime(local.DateTime));
        return new(day.Nl + time, day.En + time);
    }
}
