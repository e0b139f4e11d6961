using System.Globalization;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>One line of a register file. A value that is wrong is noted in the errors and read as a blank one.</summary>
internal sealed class CsvRow(string file, int line, Dictionary<string, string> values, List<InputError> errors)
{
    public int Line => line;

    public string Optional(string column) => values.GetValueOrDefault(column, "");

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

    public void Reject(string column, string key, params (string Name, object Value)[] values) =>
        errors.Add(new InputError(file, line, column, Texts.Get(key, values)));
}
