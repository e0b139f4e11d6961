using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PublicationGate.Data;

/// <summary>The gate's database on SQLite.</summary>
public sealed class SqliteGateDb(DbContextOptions<SqliteGateDb> options) : GateDb(options)
{
    /// <inheritdoc/>
    /// <remarks>A SQLite transaction in WAL mode is a snapshot from its first read.</remarks>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        // This level is how Microsoft.Data.Sqlite is asked for BEGIN DEFERRED; every other one takes the write lock at once.
        Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellationToken);
}
