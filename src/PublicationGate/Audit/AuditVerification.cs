using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Audit;

/// <summary>Walks the audit trail from its first entry to its last, holds each entry against its hash, the one before it and the checkpoints. One walk, one object.</summary>
/// <remarks>Memory does not grow with the trail, only with the checkpoints: some hundred bytes a thousand entries.</remarks>
public sealed class AuditVerification(CheckpointFolder folder)
{
    /// <summary>How many faults are told; the others are counted.</summary>
    public const int MostFaults = 20;

    private readonly List<AuditFault> faults = [];
    private readonly SortedDictionary<long, Checkpoint> checkpoints = [];
    private long count;
    private long vouchedTo;

    /// <summary>Walks it, as it is at this moment.</summary>
    /// <exception cref="IOException">A checkpoint cannot be read from the disk.</exception>
    /// <exception cref="CryptographicException">The key is no key.</exception>
    public async Task<AuditReport> WalkAsync(GateDatabase database, CancellationToken cancellationToken)
    {
        // Before the trail is looked at: what a writer signs meanwhile is then not taken for a cut tail.
        ReadCheckpoints();
        var (entries, last) = await WalkEntriesAsync(database, cancellationToken);
        CompareEnd(last);
        return new AuditReport { Entries = entries, Checkpoints = checkpoints.Count, VouchedTo = vouchedTo, Faults = [.. faults.OrderBy(fault => fault.Entry ?? long.MaxValue)], FaultCount = count };
    }

    private void ReadCheckpoints()
    {
        using var key = folder.PublicKey();
        foreach (var (entry, path) in folder.Files())
        {
            var file = Path.GetFileName(path);
            if (Checkpoint.Read(File.ReadAllText(path)) is not { } checkpoint || checkpoint.Entry != entry)
            {
                Add(null, "audit.fault.checkpoint-unreadable", ("file", file));
            }
            else if (key is null || !checkpoint.IsSignedBy(key))
            {
                Add(null, "audit.fault.checkpoint-not-signed", ("file", file));
            }
            else
            {
                checkpoints[entry] = checkpoint;
            }
        }

        foreach (var checkpoint in checkpoints.Values.Where(checkpoint => checkpoint.After is { } before && !checkpoints.ContainsKey(before)))
        {
            Add(null, "audit.fault.checkpoint-missing", ("entry", checkpoint.After!), ("later", checkpoint.Entry));
        }
    }

    private async Task<(long Entries, AuditEntry? Last)> WalkEntriesAsync(GateDatabase database, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var (entries, last) = (0L, (AuditEntry?)null);
        try
        {
            await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                entries++;
                Compare(entry, last);
                last = entry;
            }
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // A value of another type than was ever written there.
            Add((last?.Id ?? 0) + 1, "audit.fault.unreadable");
        }

        return (entries, last);
    }

    private void Compare(AuditEntry entry, AuditEntry? before)
    {
        var expected = (before?.Id ?? 0) + 1;
        if (entry.Id != expected)
        {
            Add(expected, entry.Id == expected + 1 ? "audit.fault.missing" : "audit.fault.missing-several", ("last", entry.Id - 1));
        }
        else if (entry.Previous != (before?.Hash ?? AuditTrail.Start))
        {
            Add(entry.Id, "audit.fault.not-chained", ("before", entry.Id - 1));
        }

        if (AuditTrail.HashOf(entry) != entry.Hash)
        {
            Add(entry.Id, "audit.fault.changed");
        }

        if (checkpoints.TryGetValue(entry.Id, out var checkpoint))
        {
            if (checkpoint.Hash == entry.Hash)
            {
                vouchedTo = entry.Id;
            }
            else
            {
                Add(entry.Id, "audit.fault.not-as-signed", ("at", At(checkpoint)));
            }
        }
    }

    private void CompareEnd(AuditEntry? last)
    {
        if (checkpoints.Values.LastOrDefault() is { } newest && newest.Entry > (last?.Id ?? 0))
        {
            Add((last?.Id ?? 0) + 1, "audit.fault.cut", ("last", last?.Id ?? 0), ("signed", newest.Entry), ("at", At(newest)), ("count", newest.Entry - (last?.Id ?? 0)));
        }

        if (checkpoints.Count == 0 && last is not null && folder.HasKey)
        {
            Add(null, "audit.fault.no-checkpoints", ("folder", folder.Folder));
        }
    }

    private void Add(long? entry, string key, params (string Name, object Value)[] values)
    {
        count++;
        if (faults.Count < MostFaults)
        {
            faults.Add(new AuditFault(entry, Texts.Get(key, [("id", entry ?? 0), .. values])));
        }
    }

    private static string At(Checkpoint checkpoint) => $"{checkpoint.At:yyyy-MM-dd HH:mm:ss} UTC";
}
