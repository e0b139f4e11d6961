using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Audit;

/// <summary>The append-only record of what the gate did: one hash chain, written in the transaction of what it records.</summary>
/// <param name="time">Clock of the entries.</param>
public sealed class AuditTrail(TimeProvider time)
{
    /// <summary>What the first entry is chained to.</summary>
    public const string Start = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds an entry to the unit of work.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>: entries are numbered one after another, so only one writer may be at it.</param>
    /// <param name="kind">One of <see cref="AuditKinds"/>.</param>
    /// <param name="subject">What it is about: an id or a pseudonym, never a name.</param>
    /// <param name="details">More about it; keys are sorted. No names.</param>
    /// <param name="cancellationToken">Ends the look for the entry before.</param>
    /// <exception cref="InvalidOperationException">The context is in no transaction.</exception>
    public async Task AppendAsync(GateDb db, string kind, string subject, IReadOnlyDictionary<string, string>? details, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An audit entry is written in the transaction of what it records.");
        }

        // Those saved by this context before may not be the last any more: others have written since.
        var last = db.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).MaxBy(entry => entry.Id)
            ?? await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Id).FirstOrDefaultAsync(cancellationToken);
        var json = new JsonObject((details ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        var entry = new AuditEntry
        {
            Id = (last?.Id ?? 0) + 1,
            At = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
            Kind = kind,
            Subject = subject,
            Details = json.ToJsonString(Options),
            Previous = last?.Hash ?? Start,
            Hash = "",
        };
        db.AuditEntries.Add(Hashed(entry));
    }

    /// <summary>The hash that an entry must have.</summary>
    public static string HashOf(AuditEntry entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["at"] = entry.At.ToUnixTimeMilliseconds(),
        ["details"] = entry.Details,
        ["id"] = entry.Id,
        ["kind"] = entry.Kind,
        ["previous"] = entry.Previous,
        ["subject"] = entry.Subject,
    }.ToJsonString(Options))));

    private static AuditEntry Hashed(AuditEntry entry) => new()
    {
        Id = entry.Id, At = entry.At, Kind = entry.Kind, Subject = entry.Subject, Details = entry.Details, Previous = entry.Previous, Hash = HashOf(entry),
    };
}
