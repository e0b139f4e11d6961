using System.Text;
using CsvHelper;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>Reads one file of a register into rows whose columns are known; whatever is not as it should be is noted in the errors.</summary>
internal sealed class CsvTable(string file, IReadOnlyList<string> required, IReadOnlyList<string> optional, List<InputError> errors)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The sound lines, in order; null when the file cannot be read as a table of these columns.</summary>
    public IReadOnlyList<CsvRow>? Read()
    {
        var bytes = File.ReadAllBytes(file);
        if (!IsUtf8(bytes))
        {
            return null;
        }

        // No value of a register has a line break: without them a quote that is never closed spoils its own line only.
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            Separator = HeaderUsesSemicolons(bytes) ? ';' : ',',
            AllowLineBreaksInQuotes = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = Note,
        });
        var header = reader.Headers.ToArray();
        return HeaderIsSound(header) ? ReadRows(reader, header) : null;
    }

    private List<CsvRow> ReadRows(CsvReader reader, string[] header)
    {
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var values = new Dictionary<string, string>(header.Length, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < header.Length; i++)
            {
                values[header[i]] = reader.GetString(i);
            }

            rows.Add(new CsvRow(file, (int)reader.LineNumber, values, errors));
        }

        return rows;
    }

    private bool IsUtf8(byte[] bytes)
    {
        try
        {
            Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            errors.Add(new InputError(file, line, null, Texts.Get("register.not-utf8")));
            return false;
        }
    }

    private static bool HeaderUsesSemicolons(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        return bytes.AsSpan(0, end < 0 ? bytes.Length : end).Contains((byte)';');
    }

    private bool HeaderIsSound(string[] header)
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

    private void Reject(string column, string key, string columns) =>
        errors.Add(new InputError(file, 1, column, Texts.Get(key, ("columns", columns))));

    private void Note(CsvMalformedRecord record) => errors.Add(new InputError(
        file,
        (int)record.LineNumber,
        null,
        Texts.Get(record.Reason == CsvMalformedReason.FieldCountMismatch ? "register.field-count" : "register.stray-quote")));
}
