using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PublicationGate.Screening;

namespace PublicationGate.Data;

/// <summary>The gate's database on PostgreSQL.</summary>
public sealed class PostgresGateDb(DbContextOptions<PostgresGateDb> options) : GateDb(options)
{
    /// <inheritdoc/>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <inheritdoc/>
    public override async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PostgresGateDatabase.LockKey}, hashtext(current_schema()))", cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>One statement is its own transaction, and without the lock of writers. What others look at is passed over, not waited for.</remarks>
    internal override Task<List<QueueItem>> ClaimAsync(QueueClaim claim, CancellationToken cancellationToken)
    {
        var (now, until, leased) = (claim.Now.ToUnixTimeMilliseconds(), claim.Until.ToUnixTimeMilliseconds(), nameof(QueueState.Leased));
        // Not waited for on the server's disk: a lease that is lost in a crash is given twice, and who decides checks it.
        // Materialised: planned into the update, the inner query could run more than once and lock more rows than it gives.
        return QueueItems.FromSql($"""
            WITH due AS MATERIALIZED (
                SELECT "Id" FROM "QueueItems" WHERE "Store" = {claim.Store} AND "ProtocolVersion" = {claim.ProtocolVersion} AND "DueAt" <= {now}
                ORDER BY "DueAt", "Id" LIMIT {claim.Most} FOR UPDATE SKIP LOCKED)
            UPDATE "QueueItems" AS item SET "State" = {leased}, "LeaseOwner" = {claim.Owner}, "Attempts" = item."Attempts" + 1, "DueAt" = {until}
            FROM due, (SELECT set_config('synchronous_commit', 'off', true)) AS quick WHERE item."Id" = due."Id" RETURNING item.*
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    internal override async Task InsertAllAsync<T>(IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var (table, columns) = TableColumn.Of<T>(this);
        var connection = (NpgsqlConnection)Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var column in columns)
            {
                await (column.ValueIn(row) is { } value ? copy.WriteAsync(value, column.StoreType, cancellationToken) : copy.WriteNullAsync(cancellationToken));
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(PostgresColumns.Collation);
        configurationBuilder.Properties<Enum>().UseCollation(PostgresColumns.Collation);
        configurationBuilder.Properties<Imaging.PictureHash>().UseCollation(PostgresColumns.Collation);
    }
}
