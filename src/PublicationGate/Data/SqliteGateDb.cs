using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PublicationGate.Screening;

namespace PublicationGate.Data;

/// <summary>The gate's database on SQLite.</summary>
public sealed class SqliteGateDb(DbContextOptions<SqliteGateDb> options) : GateDb(options)
{
    /// <inheritdoc/>
    /// <remarks>A SQLite transaction in WAL mode is a snapshot from its first read.</remarks>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        // This level is how Microsoft.Data.Sqlite is asked for BEGIN DEFERRED; every other one takes the write lock at once.
        Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellationToken);

    /// <inheritdoc/>
    public override Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);

    /// <inheritdoc/>
    internal override async Task<List<QueueItem>> ClaimAsync(QueueClaim claim, CancellationToken cancellationToken)
    {
        var (now, until, leased) = (claim.Now.ToUnixTimeMilliseconds(), claim.Until.ToUnixTimeMilliseconds(), nameof(QueueState.Leased));
        await using var transaction = await BeginWriteAsync(cancellationToken);
        var claimed = await QueueItems.FromSql($"""
            UPDATE "QueueItems" SET "State" = {leased}, "LeaseOwner" = {claim.Owner}, "Attempts" = "Attempts" + 1, "DueAt" = {until}
            WHERE "Id" IN (
                SELECT "Id" FROM "QueueItems" WHERE "Store" = {claim.Store} AND "ProtocolVersion" = {claim.ProtocolVersion} AND "DueAt" <= {now}
                ORDER BY "DueAt", "Id" LIMIT {claim.Most})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    /// <inheritdoc/>
    public override Task OverwriteDeletedAsync(CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancellationToken);

    /// <inheritdoc/>
    internal override async Task InsertAllAsync<T>(IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var (table, columns) = TableColumn.Of<T>(this);
        await using var command = Database.GetDbConnection().CreateCommand();
        command.Transaction = Database.CurrentTransaction!.GetDbTransaction();
#pragma warning disable CA2100 // names of our own model, quoted; values are parameters
        command.CommandText =
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select(c => "@" + c.Name))})";
#pragma warning restore CA2100
        foreach (var column in columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + column.Name;
            command.Parameters.Add(parameter);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                command.Parameters[i].Value = columns[i].ValueIn(row) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
