using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Audit;

/// <summary>The audit trail for people: which entries, and what they say.</summary>
public static class AuditLines
{
    /// <summary>The entries from an instant on, oldest first, of one subject or of all; read one after the other.</summary>
    /// <param name="db">The database.</param>
    /// <param name="since">The first instant; null for all.</param>
    /// <param name="subject">A subject, as entries write it, or the register key of a pupil, which finds what stands under the pupil's pseudonym; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<AuditEntry> OfAsync(GateDb db, DateTimeOffset? since, string? subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (since is { } first)
        {
            entries = entries.Where(entry => entry.At >= first);
        }

        if (subject is not null)
        {
            string[] persons = [PersonKey.OfPupil(subject), PersonKey.OfPermission(subject)];
            var keys = await db.PersonKeys.AsNoTracking().Where(key => persons.Contains(key.Person)).ToListAsync(cancellationToken);
            string[] subjects = [subject, .. keys.Select(key => key.Pseudonym)];
            entries = entries.Where(entry => subjects.Contains(entry.Subject));
        }

        await foreach (var entry in entries.OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return entry;
        }
    }

    /// <summary>An entry in one line: number, instant, what happened, to what, and more about it.</summary>
    public static string Of(AuditEntry entry, string language)
    {
        // Entries of a newer gate, and ones that somebody tampered with, are shown all the same.
        var what = Known("audit.kind.", entry.Kind, language);
        return $"{entry.Id,6}  {entry.At:yyyy-MM-dd HH:mm:ss}Z  {what}  {entry.Subject}{Details(entry, language)}";
    }

    private static string Details(AuditEntry entry, string language)
    {
        try
        {
            var details = JsonSerializer.Deserialize<SortedDictionary<string, string>>(entry.Details)!;
            return details.Count == 0 ? "" : "  " + string.Join(", ", details.Select(pair => $"{Known("audit.detail.", pair.Key, language)}: {Value(pair.Key, pair.Value, language)}"));
        }
        catch (JsonException)
        {
            return "  " + entry.Details;
        }
    }

    private static string Value(string key, string value, string language) => key switch
    {
        "outcome" => Texts.Entries.FirstOrDefault(entry => entry.Key.Equals("outcome." + value, StringComparison.OrdinalIgnoreCase)).Value?.In(language) ?? value,
        "channel" => Known("channel.name.", value, language),
        "step" => Known("review.step.", value, language),
        _ => value,
    };

    private static string Known(string start, string word, string language) => Texts.Entries.TryGetValue(start + word, out var text) ? text.In(language) : word;
}
