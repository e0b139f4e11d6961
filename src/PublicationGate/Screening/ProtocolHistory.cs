using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Which protocol is in force, and which were: a file with mistakes never takes the place of the last good one.</summary>
/// <remarks>
/// The latest act counts. A <c>protocol.yaml</c> in the data folder is an act when it first appears and whenever it changed since;
/// putting a file in force by hand is one, too, and holds against a <c>protocol.yaml</c> that lies there unchanged.
/// </remarks>
public sealed class ProtocolHistory(GateDatabase database, TimeProvider time)
{
    /// <summary>The protocol in force with its row; null when the school never put one in force.</summary>
    public async Task<(Protocol Protocol, ProtocolInForce Act)?> InForceAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        if (await db.ProtocolsInForce.AsNoTracking().OrderByDescending(act => act.Id).FirstOrDefaultAsync(cancellationToken) is not { } latest)
        {
            return null;
        }

        var stored = await db.Protocols.AsNoTracking().SingleAsync(protocol => protocol.Version == latest.Version, cancellationToken);
        return (ProtocolReader.ParseKept(stored.Yaml, stored.Version), latest);
    }

    /// <summary>Puts a protocol in force from now on.</summary>
    public async Task UseAsync(Protocol protocol, ProtocolSource source, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await AddAsync(db, protocol, source, new() { ["source"] = source.ToString() }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Puts a protocol in force that somebody made on a page out of the one in force.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="seen">Version that it was made out of; null when none was in force.</param>
    /// <param name="by">Id of the account.</param>
    /// <param name="cancellationToken">Ends it; nothing was changed then.</param>
    /// <returns>False when another one came into force meanwhile: nothing was changed.</returns>
    public async Task<bool> ReplaceAsync(Protocol protocol, string? seen, string by, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.ProtocolsInForce.OrderByDescending(act => act.Id).Select(act => act.Version).FirstOrDefaultAsync(cancellationToken) != seen)
        {
            return false;
        }

        await AddAsync(db, protocol, ProtocolSource.Page, new() { ["source"] = nameof(ProtocolSource.Page), ["by"] = by }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task AddAsync(GateDb db, Protocol protocol, ProtocolSource source, Dictionary<string, string> details, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!await db.Protocols.AnyAsync(stored => stored.Version == protocol.Version, cancellationToken))
        {
            db.Protocols.Add(new StoredProtocol { Version = protocol.Version, Yaml = protocol.Yaml, FirstUsedAt = now });
        }

        db.ProtocolsInForce.Add(new ProtocolInForce { Version = protocol.Version, Since = now, Source = source });
        await new AuditTrail(time).AppendAsync(db, AuditKinds.ProtocolInForce, protocol.Version, details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Puts the file of the data folder in force when it appeared or changed since it last was, and returns what is in force then.</summary>
    /// <exception cref="InputErrorsException">The file cannot be read or holds mistakes; nothing was changed.</exception>
    public async Task<Protocol> FollowAsync(string path, CancellationToken cancellationToken)
    {
        var protocol = ProtocolReader.Read(path);
        if (await IsNewAsync(protocol, cancellationToken))
        {
            await UseAsync(protocol, ProtocolSource.DataFolder, cancellationToken);
            return protocol;
        }

        return (await InForceAsync(cancellationToken))!.Value.Protocol;
    }

    /// <summary>True when the file of the data folder, which holds this protocol, appeared or changed since it last was put in force.</summary>
    public async Task<bool> IsNewAsync(Protocol protocol, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return protocol.Version != await db.ProtocolsInForce.Where(act => act.Source == ProtocolSource.DataFolder)
            .OrderByDescending(act => act.Id).Select(act => act.Version).FirstOrDefaultAsync(cancellationToken);
    }
}
