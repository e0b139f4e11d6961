using System.Globalization;
using System.Text.RegularExpressions;

namespace PublicationGate.Rules;

/// <summary>How long something is kept: a number of days or of months, or without end.</summary>
/// <param name="Number">How many; 0 for without end.</param>
/// <param name="IsMonths">Months of the calendar, not days.</param>
public sealed partial record RetentionPeriod(int Number, bool IsMonths)
{
    /// <summary>Most days that a protocol file may ask for: ten years.</summary>
    public const int MostDays = 3650;

    /// <summary>Most months that a protocol file may ask for: fifty years.</summary>
    public const int MostMonths = 600;

    /// <summary>Kept without end.</summary>
    public static RetentionPeriod Unlimited { get; } = new(0, false);

    /// <summary>What is older than this at <paramref name="now"/> is over its period; null when nothing ever is.</summary>
    public DateTimeOffset? Start(DateTimeOffset now) => Number == 0 ? null : IsMonths ? now.AddMonths(-Number) : now.AddDays(-Number);

    /// <summary>As the protocol file writes it.</summary>
    public override string ToString() => Number == 0 ? "unlimited" : string.Create(CultureInfo.InvariantCulture, $"{Number} {(IsMonths ? "months" : "days")}");

    /// <summary>Reads what a protocol file writes; null where it is none.</summary>
    public static RetentionPeriod? Parse(string text)
    {
        if (text == "unlimited")
        {
            return Unlimited;
        }

        var match = Written().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var isMonths = match.Groups[2].Value == "month";
        return number >= 1 && number <= (isMonths ? MostMonths : MostDays) ? new(number, isMonths) : null;
    }

    [GeneratedRegex(@"^(\d{1,4}) (day|month)s?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
