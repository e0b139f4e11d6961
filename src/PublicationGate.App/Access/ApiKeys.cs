using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.App.Access;

/// <summary>The API keys of a person.</summary>
internal sealed class ApiKeys(GateDb db, AuditTrail audit, TimeProvider time)
{
    /// <summary>Those that hold, newest first.</summary>
    public Task<List<ApiKey>> OfAsync(Account account, CancellationToken cancellationToken) =>
        db.ApiKeys.AsNoTracking().Where(key => key.AccountId == account.Id && key.RevokedAt == null).OrderByDescending(key => key.Id).ToListAsync(cancellationToken);

    /// <summary>Makes one.</summary>
    /// <returns>The key, which nobody can read again.</returns>
    public async Task<string> MakeAsync(Account account, string name, ApiScopes scopes, CancellationToken cancellationToken)
    {
        var (row, key) = ApiKey.Make(account.Id, name.Trim(), scopes, time.GetUtcNow());
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        db.ApiKeys.Add(row);
        await audit.AppendAsync(db, AuditKinds.ApiKeyMade, account.Id, new Dictionary<string, string> { ["key"] = row.Prefix, ["scopes"] = scopes.ToString() }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    /// <summary>Revokes one of the person's own keys; from the next request on it is unknown.</summary>
    public async Task RevokeAsync(Account account, long id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.ApiKeys.FirstOrDefaultAsync(key => key.Id == id && key.AccountId == account.Id && key.RevokedAt == null, cancellationToken) is not { } key)
        {
            return;
        }

        await RevokeAsync(key, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Revokes all keys of an account, within the transaction of what it is part of.</summary>
    public async Task RevokeAllAsync(Account account, CancellationToken cancellationToken)
    {
        foreach (var key in await db.ApiKeys.Where(key => key.AccountId == account.Id && key.RevokedAt == null).OrderBy(key => key.Id).ToListAsync(cancellationToken))
        {
            await RevokeAsync(key, cancellationToken);
        }
    }

    private Task RevokeAsync(ApiKey key, CancellationToken cancellationToken)
    {
        key.RevokedAt = time.GetUtcNow();
        return audit.AppendAsync(db, AuditKinds.ApiKeyRevoked, key.AccountId, new Dictionary<string, string> { ["key"] = key.Prefix }, cancellationToken);
    }
}
