using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Keeps verdicts with their evidence, and the protocol files that they were made under.</summary>
public sealed class VerdictStore(GateDb db, TimeProvider time)
{
    /// <summary>Adds a verdict to the unit of work, with its protocol; one that is kept already stays as it is.</summary>
    public async Task KeepAsync(Verdict verdict, Protocol protocol, CancellationToken cancellationToken)
    {
        if (await db.Verdicts.AnyAsync(stored => stored.Id == verdict.Id, cancellationToken))
        {
            return;
        }

        if (!await db.Protocols.AnyAsync(stored => stored.Version == protocol.Version, cancellationToken))
        {
            db.Protocols.Add(new StoredProtocol { Version = protocol.Version, Yaml = protocol.Yaml, FirstUsedAt = time.GetUtcNow() });
        }

        db.Verdicts.Add(new StoredVerdict
        {
            Id = verdict.Id,
            ContentSha256 = verdict.Facts.ContentSha256 ?? "",
            DeclarationSha256 = verdict.Facts.Declaration.Sha256,
            ProtocolVersion = verdict.ProtocolVersion,
            Outcome = verdict.Outcome,
            Channel = verdict.Facts.Declaration.Channel,
            FileName = verdict.Facts.FileName,
            DecidedAt = time.GetUtcNow(),
            Evidence = Encoding.UTF8.GetString(Evidence.Write(verdict)),
        });
    }

    /// <summary>How many digits of an id are enough to ask for a verdict by, as long as no other begins with them.</summary>
    public const int ShortestId = 8;

    /// <summary>
    /// The verdict with an id, or with an id that begins so; null when there is none, or more than one, or one whose evidence was erased: see
    /// <see cref="FindErasedAsync"/>.
    /// </summary>
    /// <exception cref="UnreadableVerdictException">Its evidence cannot be read.</exception>
    public async Task<FoundVerdict?> FindAsync(string id, CancellationToken cancellationToken) =>
        await FindStoredAsync(id, cancellationToken) is { ErasedAt: null } stored ? FoundVerdict.Of(stored) : null;

    /// <summary>What is left of a verdict, by id as in <see cref="FindAsync"/>, whose evidence was erased; null for any other.</summary>
    public async Task<StoredVerdict?> FindErasedAsync(string id, CancellationToken cancellationToken) =>
        await FindStoredAsync(id, cancellationToken) is { ErasedAt: not null } erased ? erased : null;

    /// <summary>As <see cref="FindAsync"/>, the row as it is kept: its evidence may be unreadable, or erased.</summary>
    internal async Task<StoredVerdict?> FindStoredAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length < ShortestId)
        {
            return null;
        }

        // LIKE heeds case on PostgreSQL and not on SQLite; ids are lower case.
        var start = id.ToLowerInvariant();
        var fitting = await db.Verdicts.AsNoTracking().Where(verdict => verdict.Id.StartsWith(start)).Take(2).ToListAsync(cancellationToken);
        return fitting is [var stored] ? stored : null;
    }

    /// <summary>The protocol that a stored verdict names.</summary>
    /// <exception cref="UnreadableVerdictException">No such protocol is kept: the verdict was changed.</exception>
    public async Task<Protocol> ProtocolOfAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        var version = verdict.ProtocolVersion;
        var stored = await db.Protocols.AsNoTracking().SingleOrDefaultAsync(protocol => protocol.Version == version, cancellationToken)
            ?? throw new UnreadableVerdictException(verdict.Id, verdict.Facts.FileName, null);
        return ProtocolReader.ParseKept(stored.Yaml, version);
    }
}

/// <summary>A verdict that was looked up.</summary>
/// <param name="Verdict">As its evidence has it, under the id of its row.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="IsIntact">The evidence gives the id under which it was kept, and the row says what the evidence says; otherwise something was changed since.</param>
public sealed record FoundVerdict(Verdict Verdict, DateTimeOffset DecidedAt, bool IsIntact)
{
    internal static FoundVerdict Of(StoredVerdict stored)
    {
        try
        {
            var verdict = Evidence.Read(stored.Evidence) with { Id = stored.Id };
            return new FoundVerdict(verdict, stored.DecidedAt, verdict.ComputeId() == stored.Id && stored.AgreesWith(verdict));
        }
        catch (JsonException damaged)
        {
            throw new UnreadableVerdictException(stored.Id, stored.FileName, damaged);
        }
    }
}

/// <summary>A stored verdict is no longer one: its evidence, or the protocol that it names, is not there.</summary>
public sealed class UnreadableVerdictException(string id, string fileName, Exception? cause) : Exception("The evidence of a stored verdict cannot be read.", cause)
{
    /// <summary>What a person reads.</summary>
    public Text Reason { get; } = Texts.Get("cli.replay.unreadable", ("id", id), ("file", Printable.Of(fileName)));
}
