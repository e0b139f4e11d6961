using System.Globalization;

namespace PublicationGate.Consent;

/// <summary>One line of a register file. A value that is wrong is noted in the errors and read as a blank one.</summary>
internal sealed class CsvRow(CsvTable table, int line, Dictionary<string, string> values)
{
    public int Line => line;

    public string Optional(string column) => values.GetValueOrDefault(column, "");

    /// <summary>The value, or null where there is none.</summary>
    public string? OrNull(string column) => Optional(column) is { Length: > 0 } value ? value : null;

    public string Required(string column)
    {
        var value = Optional(column);
        if (value.Length == 0)
        {
            Reject(column, "register.missing-value");
        }

        return value;
    }

    /// <summary>The one of <paramref name="choices"/> that stands in the column, in any case; the first when none does.</summary>
    public string OneOf(string column, IReadOnlyList<string> choices, string key = "register.not-a-choice")
    {
        var value = Required(column);
        var choice = choices.FirstOrDefault(c => c.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (choice is null && value.Length > 0)
        {
            Reject(column, key, ("value", value), ("choices", string.Join(", ", choices)));
        }

        return choice ?? choices[0];
    }

    /// <summary>As <see cref="OneOf(string, IReadOnlyList{string}, string)"/>; the first of <paramref name="choices"/> where the column is blank or missing.</summary>
    public string OptionalOneOf(string column, IReadOnlyList<string> choices) => Optional(column).Length == 0 ? choices[0] : OneOf(column, choices);

    public DateOnly Date(string column)
    {
        var value = Required(column);
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && value.Length > 0)
        {
            Reject(column, "register.bad-date", ("value", value));
        }

        return date;
    }

    public DateOnly? OptionalDate(string column) => Optional(column).Length == 0 ? null : Date(column);

    public void Reject(string column, string key, params (string Name, object Value)[] reasons) => table.Reject(line, column, key, reasons);
}
