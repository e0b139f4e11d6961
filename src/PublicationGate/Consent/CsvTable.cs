using System.Text;
using CsvHelper;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>Reads one file of a register into rows whose columns are known; whatever is not as it should be is noted in the errors.</summary>
internal sealed class CsvTable(string file, IReadOnlyList<string> required, IReadOnlyList<string> optional, List<InputError> errors)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] bytes = [];
    private string[] header = [];
    private string[]? lines;

    /// <summary>The sound lines, in order; null when the file cannot be read as a table of these columns.</summary>
    public IReadOnlyList<CsvRow>? Read()
    {
        bytes = File.ReadAllBytes(file);
        if (!IsUtf8())
        {
            return null;
        }

        // No value of a register has a line break: without them a quote that is never closed spoils its own line only.
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            Separator = Separator,
            AllowLineBreaksInQuotes = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = Note,
        });
        header = reader.Headers.ToArray();
        return HeaderIsSound() ? ReadRows(reader) : null;
    }

    /// <summary>Notes a mistake in a column of a line.</summary>
    public void Reject(int line, string column, string key, params (string Name, object Value)[] values) =>
        errors.Add(new InputError(file, line, column, Texts.Get(key, values), FieldPlaces.Of(LineAt(line), Separator, Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase)))));

    private char Separator => field != default ? field : field = HeaderUsesSemicolons(bytes) ? ';' : ',';

    private List<CsvRow> ReadRows(CsvReader reader)
    {
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var values = new Dictionary<string, string>(header.Length, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < header.Length; i++)
            {
                values[header[i]] = reader.GetString(i);
            }

            rows.Add(new CsvRow(this, (int)reader.LineNumber, values));
        }

        return rows;
    }

    private bool IsUtf8()
    {
        try
        {
            Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length));
            var lineStart = before.LastIndexOf((byte)'\n') + 1;
            errors.Add(new InputError(file, 1 + before.Count((byte)'\n'), null, Texts.Get("register.not-utf8"), 1 + Encoding.UTF8.GetCharCount(before[lineStart..])));
            return false;
        }
    }

    private static bool HeaderUsesSemicolons(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        return bytes.AsSpan(0, end < 0 ? bytes.Length : end).Contains((byte)';');
    }

    private bool HeaderIsSound()
    {
        if (errors.Count > 0)
        {
            return false; // a stray quote in the header, noted while it was read: what follows is no header
        }

        var known = required.Concat(optional).ToList();
        var all = string.Join(", ", known);
        foreach (var column in header.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            Reject(column, "register.unknown-column", all);
        }

        foreach (var column in header.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(c => c.Count() > 1))
        {
            Reject(column.Key, "register.column-twice", all);
        }

        var missing = required.Except(header, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var column in missing)
        {
            Reject(column, "register.missing-column", all);
        }

        return missing.Count == 0;
    }

    private void Reject(string column, string key, string columns) => Reject(1, column, key, ("columns", columns));

    // A line of which the fields cannot be told apart is wrong from its beginning.
    private void Note(CsvMalformedRecord record) => errors.Add(new InputError(
        file,
        (int)record.LineNumber,
        null,
        Texts.Get(record.Reason == CsvMalformedReason.FieldCountMismatch ? "register.field-count" : "register.stray-quote"),
        Column: 1));

    private string LineAt(int line)
    {
        lines ??= Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n');
        return lines.ElementAtOrDefault(line - 1) ?? "";
    }
}
