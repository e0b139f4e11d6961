using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PublicationGate.App.Service;

/// <summary>
/// Writes the log, a line for each entry: for people, or as a flat JSON object with the ids that are known at that place. Of an exception its kind and where it
/// happened are told, never its own words: they may hold what somebody typed.
/// </summary>
internal sealed class LogLines(ServiceOptions options, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "gate";

    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, null);
        var ids = Ids(scopeProvider);
        textWriter.WriteLine(options.Log == "json"
            ? Json(logEntry, message, ids)
            : string.Join(' ', [Level(logEntry.LogLevel) + ":", logEntry.Category, message.ReplaceLineEndings(" "), .. ids.Select(id => $"{id.Key}={id.Value}"), .. Failure(logEntry.Exception)]));
    }

    private string Json<TState>(in LogEntry<TState> entry, string message, IEnumerable<KeyValuePair<string, object?>> ids)
    {
        var line = new Dictionary<string, object?>
        {
            ["time"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture), ["level"] = Level(entry.LogLevel), ["category"] = entry.Category,
            ["event"] = entry.EventId.Name ?? entry.EventId.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), ["message"] = message,
        };
        foreach (var (name, value) in ids)
        {
            line[name] = value;
        }

        if (entry.State is IEnumerable<KeyValuePair<string, object?>> values)
        {
            line["values"] = values.Where(value => value.Key != Template).ToDictionary(value => value.Key, value => Plain(value.Value));
        }

        if (entry.Exception is not null)
        {
            line["failure"] = string.Join(' ', Failure(entry.Exception));
        }

        return JsonSerializer.Serialize(line);
    }

    // Scopes of the framework name paths and queries: those of the gate alone are told.
    private static List<KeyValuePair<string, object?>> Ids(IExternalScopeProvider? scopes)
    {
        var ids = new List<KeyValuePair<string, object?>>();
        scopes?.ForEachScope((scope, known) => known.AddRange(scope is LogIds own ? own.Select(id => KeyValuePair.Create(id.Key, Plain(id.Value))) : []), ids);
        return ids;
    }

    private static IEnumerable<string> Failure(Exception? failure)
    {
        for (var one = failure; one is not null; one = one.InnerException)
        {
            yield return one.GetType().Name;
            yield return new StackTrace(one).ToString().ReplaceLineEndings(" ").Trim();
        }
    }

    private static object? Plain(object? value) => value is string or bool or int or long or double ? value : value?.ToString();

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
