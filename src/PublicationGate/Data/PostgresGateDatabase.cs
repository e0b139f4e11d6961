using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PublicationGate.Data;

/// <summary>The gate's database on a PostgreSQL server, in one schema of one database: the first of the search path, <c>public</c> where none is given.</summary>
public sealed class PostgresGateDatabase : GateDatabase
{
    /// <summary>First half of the gate's advisory locks, so that they are nobody else's; the second half is the schema's hash.</summary>
    internal const int LockKey = 0x47617465;

    private const string History = "__EFMigrationsHistory";

    private readonly string connectionString;
    private readonly DbContextOptions<PostgresGateDb> options;
    private readonly string schema;

    private PostgresGateDatabase(NpgsqlConnectionStringBuilder connection)
    {
        schema = PostgresConnection.SchemaOf(connection);
        // This schema alone: a second one could lend the tables of another gate.
        connection.SearchPath = Quoted(schema);
        Place = $"{connection.Host}:{connection.Port}/{connection.Database ?? connection.Username ?? Environment.UserName} (schema {schema})";
        connectionString = connection.ConnectionString;
        options = GateMigrations.UsedBy(new DbContextOptionsBuilder<PostgresGateDb>().UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(History, schema)).AddInterceptors(new AuditedCommits(this))).Options;
    }

    /// <inheritdoc/>
    public override string Place { get; }

    /// <summary>The database that a connection string names.</summary>
    /// <param name="connection">Npgsql's <c>Host=…;Database=…;Username=…;Password=…</c>, or a URI <c>postgres://user:password@host:port/database</c>.</param>
    /// <exception cref="GateDatabaseException">It cannot be read.</exception>
    public static PostgresGateDatabase At(string connection) => new(PostgresConnection.Parse(connection));

    /// <inheritdoc/>
    public override GateDb CreateDbContext() => new PostgresGateDb(options);

    /// <inheritdoc/>
    public override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await VersionAsync(cancellationToken) is var version && version != GateMigrations.Newest)
            {
                RefuseNewer(version);
                await MigrateSchemaAsync(cancellationToken);
            }
        }
        catch (PostgresException failure) when (Remedy(failure) is { } key)
        {
            throw new GateDatabaseException(Texts.Get(key, ("place", Place), ("detail", failure.MessageText)), failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Plain VACUUM leaves bytes behind in pages, so tables are written anew; ANALYZE, since the planner's statistics hold samples of what stood
    /// there. The server's own write-ahead log and its backups are beyond the gate.
    /// </remarks>
    public override async Task<bool> ForgetDeletedAsync(CancellationToken cancellationToken)
    {
        await using var db = CreateDbContext();
        var tables = string.Join(", ", db.Model.GetEntityTypes().Select(table => Quoted(table.GetTableName()!)));
        await using var connection = await ConnectAsync(cancellationToken);
        await using var wait = Command(connection, "SET lock_timeout = '1min'");
        await wait.ExecuteNonQueryAsync(cancellationToken);
        await using var vacuum = Command(connection, $"VACUUM (FULL, ANALYZE) {tables}");
        vacuum.CommandTimeout = 0;
        try
        {
            await vacuum.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        finally
        {
            await using var reset = Command(connection, "RESET lock_timeout");
            await reset.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public override async Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        return new DatabaseDescription("PostgreSQL " + connection.PostgreSqlVersion, Place, await VersionAsync(cancellationToken));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Remedy(PostgresException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "database.login-refused",
        PostgresErrorCodes.InvalidCatalogName => "database.missing",
        PostgresErrorCodes.InsufficientPrivilege => "database.no-rights",
        _ => null,
    };

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

#pragma warning disable CA2100 // Names cannot be parameters: the schema's is quoted.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100

    // Read at every start, so plain SQL: asking EF for pending migrations takes half a second.
    private async Task<int> VersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = Command(connection, $"SELECT max(\"MigrationId\") FROM {Quoted(schema)}.\"{History}\"");
        try
        {
            var newest = await command.ExecuteScalarAsync(cancellationToken) as string;
            await CheckSchemaAsync(connection, cancellationToken);
            return newest is null ? 0 : GateMigrations.NumberOf(newest);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return 0;
        }
    }

    private async Task MigrateSchemaAsync(CancellationToken cancellationToken)
    {
        // A lock of the transaction: the server ends it when this process dies. Another connection migrates meanwhile.
        await using var connection = await ConnectAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var wait = Command(connection, "SET LOCAL lock_timeout = '1min'; SELECT pg_advisory_xact_lock(@gate, hashtext(@schema))");
        wait.Parameters.AddWithValue("gate", LockKey);
        wait.Parameters.AddWithValue("schema", schema);
        wait.CommandTimeout = 0;
        await wait.ExecuteNonQueryAsync(cancellationToken);
        // Who held the lock may have been a newer gate.
        RefuseNewer(await VersionAsync(cancellationToken));
        await MakeSchemaAsync(cancellationToken);
        await using var db = CreateDbContext();
        await db.Database.MigrateAsync(cancellationToken);
    }

    // Asked first: IF NOT EXISTS wants the right to make schemas also where there is one already.
    private async Task MakeSchemaAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var look = Command(connection, "SELECT count(*) FROM pg_namespace WHERE nspname = @schema");
        look.Parameters.AddWithValue("schema", schema);
        if (await look.ExecuteScalarAsync(cancellationToken) is 0L)
        {
            await using var make = Command(connection, $"CREATE SCHEMA {Quoted(schema)}");
            await make.ExecuteNonQueryAsync(cancellationToken);
        }

        await CheckSchemaAsync(connection, cancellationToken);
    }

    // A connection pooler may drop the search path: then these would be the tables of another gate.
    private async Task CheckSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var look = Command(connection, "SELECT current_schema()");
        if (await look.ExecuteScalarAsync(cancellationToken) is var found && found as string != schema)
        {
            throw new GateDatabaseException(Texts.Get("database.other-schema", ("place", Place), ("found", found ?? "-")));
        }
    }
}
